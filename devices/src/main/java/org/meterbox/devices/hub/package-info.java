// SPDX-License-Identifier: Apache-2.0
/**
 * The communications hub: its function, the gas proxy function, and the way of messages between the
 * SM WAN and the devices of one home.
 */
@NullMarked
package org.meterbox.devices.hub;

import org.jspecify.annotations.NullMarked;
