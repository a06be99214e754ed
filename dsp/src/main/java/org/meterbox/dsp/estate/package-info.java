// SPDX-License-Identifier: Apache-2.0
/**
 * Device estate management: the services by which users announce, install, correct, read and take
 * down devices, and what follows from each change of the Smart Metering Inventory.
 */
@NullMarked
package org.meterbox.dsp.estate;

import org.jspecify.annotations.NullMarked;
