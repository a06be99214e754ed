// SPDX-License-Identifier: Apache-2.0
/** The non-volatile memory of devices: what survives a loss of power. */
@NullMarked
package org.meterbox.devices.memory;

import org.jspecify.annotations.NullMarked;
