// SPDX-License-Identifier: Apache-2.0
/**
 * What a home uses and a meter measures: deterministic load curves, integrated exactly, so that any
 * register at any instant follows from a seed and the history of the supply.
 */
@NullMarked
package org.meterbox.devices.energy;

import org.jspecify.annotations.NullMarked;
