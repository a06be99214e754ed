// SPDX-License-Identifier: Apache-2.0
/**
 * Correlate: what every critical request must look like as a Pre-Command, octet by octet, and the
 * comparison with what the DSP made of it. A model of its own, never the translator's.
 */
@NullMarked
package org.meterbox.correlate.check;

import org.jspecify.annotations.NullMarked;
