// SPDX-License-Identifier: Apache-2.0
/**
 * Anomaly detection (SEC appendix AA): requests are counted against thresholds and their values
 * compared with limits; what exceeds them waits in quarantine until two people decide.
 */
@NullMarked
package org.meterbox.dsp.anomaly;

import org.jspecify.annotations.NullMarked;
