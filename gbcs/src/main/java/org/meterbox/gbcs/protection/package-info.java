// SPDX-License-Identifier: Apache-2.0
/**
 * Signing, MACing, verifying, encrypting and decrypting GBCS messages in the words of its parties
 * (GBCS sections 4 to 8).
 */
@NullMarked
package org.meterbox.gbcs.protection;

import org.jspecify.annotations.NullMarked;
