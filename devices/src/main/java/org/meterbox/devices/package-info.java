// SPDX-License-Identifier: Apache-2.0
/**
 * Virtual devices in virtual homes. A device is a state machine: (state, message, now) gives (new
 * state, events, answers). What it must not forget lies in its {@linkplain
 * org.meterbox.devices.memory non-volatile memory} before it answers.
 */
@NullMarked
package org.meterbox.devices;

import org.jspecify.annotations.NullMarked;
