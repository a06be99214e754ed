// SPDX-License-Identifier: Apache-2.0
/** Electricity Smart Metering Equipment: its objects, its load switch, its use cases. */
@NullMarked
package org.meterbox.devices.esme;

import org.jspecify.annotations.NullMarked;
