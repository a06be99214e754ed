// SPDX-License-Identifier: Apache-2.0
/** The physical condition of a meter: covers, wiring, faults. */
@NullMarked
package org.meterbox.devices.esme.condition;

import org.jspecify.annotations.NullMarked;
