// SPDX-License-Identifier: Apache-2.0
/** The Smart Metering Inventory: which devices there are, where they stand, whom they know. */
@NullMarked
package org.meterbox.dsp.inventory;

import org.jspecify.annotations.NullMarked;
