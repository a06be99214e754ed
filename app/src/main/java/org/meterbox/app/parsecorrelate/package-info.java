// SPDX-License-Identifier: Apache-2.0
/** {@code meterbox parse-correlate}: Parse and Correlate as an HTTP service. */
@NullMarked
package org.meterbox.app.parsecorrelate;

import org.jspecify.annotations.NullMarked;
