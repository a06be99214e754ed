// SPDX-License-Identifier: Apache-2.0
/** {@code meterbox correlate}: files with Pre-Commands are compared with the requests for them. */
@NullMarked
package org.meterbox.app.correlate;

import org.jspecify.annotations.NullMarked;
