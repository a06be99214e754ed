// SPDX-License-Identifier: Apache-2.0
/**
 * Prepayment tokens: the Unique Transaction Reference Number of twenty digits that a consumer may
 * type into the meter, or that a top-up command carries (GBCS section 14).
 */
@NullMarked
package org.meterbox.gbcs.utrn;

import org.jspecify.annotations.NullMarked;
