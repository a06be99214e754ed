// SPDX-License-Identifier: Apache-2.0
/**
 * Device payloads as the use cases read them: values taken out with their types checked, so that
 * whatever is not as the use case prescribes is noticed and never shown as something else.
 */
@NullMarked
package org.meterbox.correlate.content;

import org.jspecify.annotations.NullMarked;
