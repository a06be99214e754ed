// SPDX-License-Identifier: Apache-2.0
/** Losses of supply and their end. */
@NullMarked
package org.meterbox.devices.esme.outage;

import org.jspecify.annotations.NullMarked;
