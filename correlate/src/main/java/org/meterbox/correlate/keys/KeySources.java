// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.keys;

import java.util.List;
import java.util.Optional;
import org.meterbox.crypto.AgreementKey;
import org.meterbox.kernel.Eui64;

/**
 * Several sources of keys as one, asked in their order: for example a security module with the own
 * keys, a directory, and the SMKI repository for what neither has.
 */
public final class KeySources implements PartyKeys {
  private final List<PartyKeys> sources;

  private KeySources(List<PartyKeys> sources) {
    this.sources = List.copyOf(sources);
  }

  /** No keys at all: everything is read that can be read without. */
  public static PartyKeys none() {
    return new KeySources(List.of());
  }

  /** These sources in this order; a source is asked only where those before it know nothing. */
  public static PartyKeys of(List<PartyKeys> sources) {
    return sources.size() == 1 ? sources.getFirst() : new KeySources(sources);
  }

  @Override
  public List<PartyCertificate> certificates(Eui64 holder, KeyUse use) {
    for (PartyKeys source : sources) {
      List<PartyCertificate> found = source.certificates(holder, use);
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  @Override
  public Optional<AgreementKey> agreementKey(Eui64 party) {
    for (PartyKeys source : sources) {
      Optional<AgreementKey> found = source.agreementKey(party);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
