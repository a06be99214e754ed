// SPDX-License-Identifier: Apache-2.0
/** The gas meter's own view of its time. */
@NullMarked
package org.meterbox.devices.gas.clock;

import org.jspecify.annotations.NullMarked;
