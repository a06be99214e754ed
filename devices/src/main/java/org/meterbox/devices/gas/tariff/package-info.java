// SPDX-License-Identifier: Apache-2.0
/** Prices, and when which of them holds. */
@NullMarked
package org.meterbox.devices.gas.tariff;

import org.jspecify.annotations.NullMarked;
