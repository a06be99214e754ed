// SPDX-License-Identifier: Apache-2.0
/**
 * Whole messages: envelope and payload decoded to values that encode to the same octets, and the
 * verdicts on MAC, signature and encrypted parts under the keys at hand.
 */
@NullMarked
package org.meterbox.gbcs.decode;

import org.jspecify.annotations.NullMarked;
