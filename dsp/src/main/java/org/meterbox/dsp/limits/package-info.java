// SPDX-License-Identifier: Apache-2.0
/**
 * How much one user, one device and one document may take, so that nobody's flood keeps others out,
 * and reads never keep supply commands and top-ups out.
 */
@NullMarked
package org.meterbox.dsp.limits;

import org.jspecify.annotations.NullMarked;
