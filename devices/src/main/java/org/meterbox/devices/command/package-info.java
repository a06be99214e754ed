// SPDX-License-Identifier: Apache-2.0
/**
 * What a device does with a message before it carries anything out: is it for this device, is it
 * known, is it authentic, may its sender do this, is it new (GBCS sections 14 and 17).
 */
@NullMarked
package org.meterbox.devices.command;

import org.jspecify.annotations.NullMarked;
