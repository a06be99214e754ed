// SPDX-License-Identifier: Apache-2.0
/** Logs of entries with a time. */
@NullMarked
package org.meterbox.devices.esme.log;

import org.jspecify.annotations.NullMarked;
