// SPDX-License-Identifier: Apache-2.0
/**
 * The gas side of a home: the gas meter (GSME), which sleeps and wakes each half hour, and the gas
 * proxy function (GPF), which answers for it from what it learned when the meter was last awake.
 * Money, tokens, the positions of the supply and logs of samples are those of the electricity
 * meter.
 */
@NullMarked
package org.meterbox.devices.gas;

import org.jspecify.annotations.NullMarked;
