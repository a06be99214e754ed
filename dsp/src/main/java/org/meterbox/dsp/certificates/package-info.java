// SPDX-License-Identifier: Apache-2.0
/**
 * Whose certificates the DSP trusts now, read from the SMKI Repository and kept for a short time.
 */
@NullMarked
package org.meterbox.dsp.certificates;

import org.jspecify.annotations.NullMarked;
