// SPDX-License-Identifier: Apache-2.0
/** Firmware of devices: receiving an image and activating it (CS06). */
@NullMarked
package org.meterbox.devices.firmware;

import org.jspecify.annotations.NullMarked;
