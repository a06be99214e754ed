// SPDX-License-Identifier: Apache-2.0
/** The meter's own view of its time. */
@NullMarked
package org.meterbox.devices.esme.clock;

import org.jspecify.annotations.NullMarked;
