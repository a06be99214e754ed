// SPDX-License-Identifier: Apache-2.0
/** The load switch and what moves it. */
@NullMarked
package org.meterbox.devices.esme.supply;

import org.jspecify.annotations.NullMarked;
