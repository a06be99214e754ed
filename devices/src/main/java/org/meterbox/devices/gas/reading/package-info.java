// SPDX-License-Identifier: Apache-2.0
/** What a gas meter and its mirror in the hub answer to reads. */
@NullMarked
package org.meterbox.devices.gas.reading;

import org.jspecify.annotations.NullMarked;
