// SPDX-License-Identifier: Apache-2.0
/** Where private keys live: a PKCS#12 file by default. Keys are used there and never shown. */
@NullMarked
package org.meterbox.smki.vault;

import org.jspecify.annotations.NullMarked;
