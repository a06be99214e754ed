// SPDX-License-Identifier: Apache-2.0
/** DSP schedules: reads that the DSP runs again and again in their owner's name (DUIS 5.1-5.3). */
@NullMarked
package org.meterbox.dsp.schedules;

import org.jspecify.annotations.NullMarked;
