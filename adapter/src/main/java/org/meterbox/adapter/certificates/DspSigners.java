// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.certificates;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.meterbox.adapter.certificates.SmkiRepositoryClient.Holder;
import org.meterbox.adapter.certificates.SmkiRepositoryClient.Usage;
import org.meterbox.crypto.VerificationException;
import org.meterbox.duis.signature.IssuerSerial;
import org.meterbox.duis.signature.Signer;
import org.meterbox.duis.signature.SignerDirectory;
import org.meterbox.kernel.Eui64;

/**
 * Knows the certificates by which the DSP signs, from the SMKI Repository. What the trusted
 * authorities vouched for once is kept: the DSP has a handful.
 */
public final class DspSigners implements SignerDirectory {
  private final SmkiRepositoryClient repository;
  private final TrustedAuthorities authorities;
  private final Eui64 dsp;
  private final Map<IssuerSerial, Signer> known = new ConcurrentHashMap<>();

  /** Looks for certificates of this party only. */
  public DspSigners(SmkiRepositoryClient repository, TrustedAuthorities authorities, Eui64 dsp) {
    this.repository = repository;
    this.authorities = authorities;
    this.dsp = dsp;
  }

  @Override
  public Optional<Signer> find(IssuerSerial name) {
    Optional<Signer> found = Optional.ofNullable(known.get(name)).or(() -> ask(name));
    found.ifPresent(signer -> known.put(name, signer));
    return found.filter(signer -> authorities.vouchFor(signer.certificate()));
  }

  private Optional<Signer> ask(IssuerSerial name) {
    try {
      for (X509Certificate certificate : repository.find(Holder.ORGANISATION, dsp, Usage.DS)) {
        if (name.names(certificate) && authorities.vouchFor(certificate)) {
          return Optional.of(Signer.of(certificate));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("the SMKI Repository cannot be asked", e);
    } catch (VerificationException notForSigning) {
      return Optional.empty();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
