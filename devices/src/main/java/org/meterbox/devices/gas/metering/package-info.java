// SPDX-License-Identifier: Apache-2.0
/** Counting gas, and charging for it, as it flows. */
@NullMarked
package org.meterbox.devices.gas.metering;

import org.jspecify.annotations.NullMarked;
