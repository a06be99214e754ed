// SPDX-License-Identifier: Apache-2.0
/**
 * What the DSP pushes to its users: stored first, pushed at once, again every five minutes for two
 * days, then given up under a name.
 */
@NullMarked
package org.meterbox.dsp.delivery;

import org.jspecify.annotations.NullMarked;
