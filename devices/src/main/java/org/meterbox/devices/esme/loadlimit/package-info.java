// SPDX-License-Identifier: Apache-2.0
/** The limit of the load, and what comes of exceeding it. */
@NullMarked
package org.meterbox.devices.esme.loadlimit;

import org.jspecify.annotations.NullMarked;
