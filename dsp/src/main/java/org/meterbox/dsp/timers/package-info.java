// SPDX-License-Identifier: Apache-2.0
/** Timers that survive the process: rows of the durable scheduler, never sleeping threads. */
@NullMarked
package org.meterbox.dsp.timers;

import org.jspecify.annotations.NullMarked;
