// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.meterbox.crypto.P256;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.authority.Authorities;
import org.meterbox.smki.issuing.CertificateIssuer;
import org.meterbox.smki.issuing.Entitlements;
import org.meterbox.smki.issuing.Entitlements.Entitlement;
import org.meterbox.smki.issuing.EuiRange;
import org.meterbox.smki.repository.CertificateRepository;
import org.meterbox.smki.repository.InMemoryCertificateRepository;
import org.meterbox.smki.vault.Pkcs12Vault;

/** A small SMKI for one test: authorities in a folder of their own, a clock that is set by hand. */
public final class Installation {
  public static final Instant START = Instant.parse("2026-03-01T10:00:00.250Z");
  public static final Eui64 SUPPLIER = Eui64.parse("90B3D51F30010000");
  public static final Eui64 BROKER = Eui64.parse("90B3D51F30000002");
  public static final Eui64 DEVICE = Eui64.parse("00DB123456789001");
  private static final Eui64 LAST_DEVICE = Eui64.parse("00DB12345678FFFF");

  public final SecureRandom random = new SecureRandom();
  public final CertificateRepository repository;
  public final Authorities authorities;
  public Instant now = START;
  public final InstantSource clock = () -> now;

  public Installation(Path folder) {
    this(folder, new InMemoryCertificateRepository());
  }

  public Installation(Path folder, CertificateRepository repository) {
    this.repository = repository;
    authorities =
        Authorities.openOrCreate(Pkcs12Vault.openIn(folder, "smki", random), clock, random);
  }

  /** A supplier with a range of devices, and the broker. */
  public static Entitlements entitlements() {
    return Entitlements.fixed(
        List.of(
            new Entitlement(
                SUPPLIER,
                Set.of(RemotePartyRole.SUPPLIER, RemotePartyRole.XML_SIGNING),
                List.of(EuiRange.of(SUPPLIER)),
                List.of(new EuiRange(DEVICE, LAST_DEVICE))),
            new Entitlement(
                BROKER,
                Set.of(RemotePartyRole.ACCESS_CONTROL_BROKER, RemotePartyRole.WAN_PROVIDER),
                List.of(EuiRange.of(BROKER)),
                List.of())));
  }

  public CertificateIssuer issuer() {
    return issuer(CertificateIssuer.DCA_CERTIFICATES_MAX);
  }

  public CertificateIssuer issuer(int dcaCertificatesMax) {
    return new CertificateIssuer(
        authorities, repository, entitlements(), clock, dcaCertificatesMax);
  }

  public KeyPair newPair() {
    return P256.generate(random);
  }

  public ECPublicKey newKey() {
    return P256.publicKey(newPair().getPublic());
  }
}
