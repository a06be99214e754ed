// SPDX-License-Identifier: Apache-2.0
/** Auxiliary controllers, their calendar, and the boost button. */
@NullMarked
package org.meterbox.devices.esme.control;

import org.jspecify.annotations.NullMarked;
