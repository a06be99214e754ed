// SPDX-License-Identifier: Apache-2.0
/**
 * What carries messages that do not travel in one piece: General Block Transfer, the framing inside
 * the home, and firmware images (GBCS sections 10 and 11).
 */
@NullMarked
package org.meterbox.gbcs.transfer;

import org.jspecify.annotations.NullMarked;
