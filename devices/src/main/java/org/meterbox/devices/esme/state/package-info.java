// SPDX-License-Identifier: Apache-2.0
/**
 * What an electricity meter holds, in parts, and what a function of the meter is: the frame into
 * which each function puts its own state, objects and sense of time.
 */
@NullMarked
package org.meterbox.devices.esme.state;

import org.jspecify.annotations.NullMarked;
