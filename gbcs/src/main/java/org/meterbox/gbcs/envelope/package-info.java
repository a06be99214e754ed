// SPDX-License-Identifier: Apache-2.0
/**
 * The envelope of every GBCS message: MAC header, grouping header, other information, signature and
 * MAC (GBCS sections 7.2 and 13).
 */
@NullMarked
package org.meterbox.gbcs.envelope;

import org.jspecify.annotations.NullMarked;
