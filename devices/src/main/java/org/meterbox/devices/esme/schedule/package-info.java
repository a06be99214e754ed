// SPDX-License-Identifier: Apache-2.0
/** Schedules of scripts (class 10) with their special days. */
@NullMarked
package org.meterbox.devices.esme.schedule;

import org.jspecify.annotations.NullMarked;
