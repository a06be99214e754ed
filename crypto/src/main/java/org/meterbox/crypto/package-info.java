// SPDX-License-Identifier: Apache-2.0
/**
 * Cryptography in the domain's words: sign and verify, agree on secrets, derive keys, compute MACs,
 * encrypt sensitive content. Callers never name an algorithm; the algorithms are fixed by GBCS
 * sections 4 and 5 (suite 1: P-256, SHA-256, AES-128-GCM).
 */
@NullMarked
package org.meterbox.crypto;

import org.jspecify.annotations.NullMarked;
