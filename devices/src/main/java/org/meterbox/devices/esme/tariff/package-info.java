// SPDX-License-Identifier: Apache-2.0
/** Rates, blocks and prices, and when which of them holds. */
@NullMarked
package org.meterbox.devices.esme.tariff;

import org.jspecify.annotations.NullMarked;
