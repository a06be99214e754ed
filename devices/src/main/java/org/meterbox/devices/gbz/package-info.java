// SPDX-License-Identifier: Apache-2.0
/** Devices that speak ZigBee in GBCS messages: what a use case may contain, and how it is done. */
@NullMarked
package org.meterbox.devices.gbz;

import org.jspecify.annotations.NullMarked;
