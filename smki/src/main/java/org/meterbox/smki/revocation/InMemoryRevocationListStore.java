// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.revocation;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.meterbox.smki.repository.DistinguishedName;

/** Keeps the latest lists for client tools and tests; gone with the process. */
public final class InMemoryRevocationListStore implements RevocationListStore {
  private final Map<DistinguishedName, SignedRevocationList> latest = new HashMap<>();

  @Override
  public synchronized Optional<SignedRevocationList> latest(DistinguishedName issuer) {
    return Optional.ofNullable(latest.get(issuer));
  }

  @Override
  public synchronized boolean add(SignedRevocationList list) {
    SignedRevocationList present = latest.get(list.issuer());
    if (present != null && present.number() >= list.number()) {
      return false;
    }
    latest.put(list.issuer(), list);
    return true;
  }
}
