// SPDX-License-Identifier: Apache-2.0
/** Virtual devices in virtual homes. */
@NullMarked
package org.meterbox.devices;

import org.jspecify.annotations.NullMarked;
