// SPDX-License-Identifier: Apache-2.0
/**
 * Faults of our own that a background thread met and survived: counted, so that operators see them.
 */
@NullMarked
package org.meterbox.kernel.faults;

import org.jspecify.annotations.NullMarked;
