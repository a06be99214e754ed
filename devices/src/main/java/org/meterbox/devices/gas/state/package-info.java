// SPDX-License-Identifier: Apache-2.0
/** What a gas meter holds, in parts, and what a function of the meter is. */
@NullMarked
package org.meterbox.devices.gas.state;

import org.jspecify.annotations.NullMarked;
