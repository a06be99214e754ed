// SPDX-License-Identifier: Apache-2.0
/** Commands that take effect at a later time. */
@NullMarked
package org.meterbox.devices.gas.futuredated;

import org.jspecify.annotations.NullMarked;
