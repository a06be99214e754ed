// SPDX-License-Identifier: Apache-2.0
/**
 * Requests in flight: one row for each, whose state moves by pure decisions in durable steps, from
 * the user's octets to a named end.
 */
@NullMarked
package org.meterbox.dsp.requests;

import org.jspecify.annotations.NullMarked;
