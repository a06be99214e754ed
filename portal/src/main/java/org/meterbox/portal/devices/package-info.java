// SPDX-License-Identifier: Apache-2.0
/** Devices of the Smart Metering Inventory as pages show them. */
@NullMarked
package org.meterbox.portal.devices;

import org.jspecify.annotations.NullMarked;
