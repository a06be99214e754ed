// SPDX-License-Identifier: Apache-2.0
/**
 * The DSP's translator: a Service Request in, the GBCS Pre-Command or command of the fitting use
 * case out. Pure: no keys, no clock, no store. Shares nothing with {@code correlate}, which checks
 * its work.
 */
@NullMarked
package org.meterbox.transform;

import org.jspecify.annotations.NullMarked;
