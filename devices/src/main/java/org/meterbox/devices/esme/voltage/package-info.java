// SPDX-License-Identifier: Apache-2.0
/** The supply voltage, watched against the network operator's thresholds. */
@NullMarked
package org.meterbox.devices.esme.voltage;

import org.jspecify.annotations.NullMarked;
