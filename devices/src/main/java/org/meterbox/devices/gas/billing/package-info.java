// SPDX-License-Identifier: Apache-2.0
/** The billing calendar. */
@NullMarked
package org.meterbox.devices.gas.billing;

import org.jspecify.annotations.NullMarked;
