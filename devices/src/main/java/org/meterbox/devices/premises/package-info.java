// SPDX-License-Identifier: Apache-2.0
/** A home: a communications hub and its devices, manufactured once and switched on again. */
@NullMarked
package org.meterbox.devices.premises;

import org.jspecify.annotations.NullMarked;
