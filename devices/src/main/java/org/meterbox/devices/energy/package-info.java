// SPDX-License-Identifier: Apache-2.0
/**
 * What a home uses and a meter measures: deterministic curves of load, generation and voltage, and
 * the timetables by which rates and switches change.
 */
@NullMarked
package org.meterbox.devices.energy;

import org.jspecify.annotations.NullMarked;
