// SPDX-License-Identifier: Apache-2.0
/** The valve, its leak test, the battery and the sensors that watch the case. */
@NullMarked
package org.meterbox.devices.gas.valve;

import org.jspecify.annotations.NullMarked;
