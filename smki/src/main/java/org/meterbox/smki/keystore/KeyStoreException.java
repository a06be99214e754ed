// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.keystore;

/** A key store file cannot be used. The message says why, without any of its keys. */
public final class KeyStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeyStoreException(String message) {
    super(message);
  }
}
