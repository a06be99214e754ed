// SPDX-License-Identifier: Apache-2.0
/** What is owed, paid and charged. */
@NullMarked
package org.meterbox.devices.gas.payment;

import org.jspecify.annotations.NullMarked;
