// SPDX-License-Identifier: Apache-2.0
/** The home around a gas meter: what it burns, and what leaks. */
@NullMarked
package org.meterbox.devices.gas.home;

import org.jspecify.annotations.NullMarked;
