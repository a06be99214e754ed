// SPDX-License-Identifier: Apache-2.0
/** Registers, and the logs that follow from them. */
@NullMarked
package org.meterbox.devices.esme.metering;

import org.jspecify.annotations.NullMarked;
