// SPDX-License-Identifier: Apache-2.0
/** Joining and unjoining devices of one home, and the device log (CS03A1, CS04AC, CS07). */
@NullMarked
package org.meterbox.devices.joining;

import org.jspecify.annotations.NullMarked;
