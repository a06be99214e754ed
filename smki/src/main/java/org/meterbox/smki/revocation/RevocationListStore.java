// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.revocation;

import java.util.Optional;
import org.meterbox.smki.repository.DistinguishedName;

/** Keeps every revocation list that was signed. */
public interface RevocationListStore {
  /** The issuer's list with the highest number. */
  Optional<SignedRevocationList> latest(DistinguishedName issuer);

  /**
   * Keeps a list.
   *
   * @return whether its number was free; if not, another process was faster and nothing changed
   */
  boolean add(SignedRevocationList list);
}
