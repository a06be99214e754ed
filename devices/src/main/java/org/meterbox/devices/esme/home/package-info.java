// SPDX-License-Identifier: Apache-2.0
/** The home around an electricity meter: what it draws, generates and supplies. */
@NullMarked
package org.meterbox.devices.esme.home;

import org.jspecify.annotations.NullMarked;
