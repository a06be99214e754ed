// SPDX-License-Identifier: Apache-2.0
/**
 * The state machine that every device is: what it holds, what a message makes of it, and how it is
 * kept over a loss of power.
 */
@NullMarked
package org.meterbox.devices.machine;

import org.jspecify.annotations.NullMarked;
