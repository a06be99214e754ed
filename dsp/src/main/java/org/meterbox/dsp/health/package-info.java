// SPDX-License-Identifier: Apache-2.0
/** What operators ask for: readiness of each part, faults of background threads, metrics. */
@NullMarked
package org.meterbox.dsp.health;

import org.jspecify.annotations.NullMarked;
