// SPDX-License-Identifier: Apache-2.0
/** What a gas meter has counted and what is owed for it, and the logs that keep both. */
@NullMarked
package org.meterbox.devices.gas.register;

import org.jspecify.annotations.NullMarked;
