// SPDX-License-Identifier: Apache-2.0
/**
 * Parse and Correlate, the DCC User's own check on what passes through the DSP: device messages
 * become MMC XML with a verdict on their origin, and a Pre-Command is compared with the request
 * that it claims to carry out. Shares no code and no table with the DSP's translator, so that a
 * fault in one is not hidden by the same fault in the other.
 */
@NullMarked
package org.meterbox.correlate;

import org.jspecify.annotations.NullMarked;
