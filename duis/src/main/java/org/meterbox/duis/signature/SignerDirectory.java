// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.signature;

import java.util.Optional;

/**
 * Knows the certificates by which documents may be signed. Answers only with those that are trusted
 * now: issued under the right root, within their dates, not revoked.
 */
@FunctionalInterface
public interface SignerDirectory {
  /**
   * The signer whose certificate is named so. The name must be compared by decoded value, as {@link
   * IssuerSerial#names} does.
   */
  Optional<Signer> find(IssuerSerial certificate);
}
