// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.crypto.Cipher;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.smki.Installation;
import org.meterbox.smki.profile.CertificateContents;
import org.meterbox.smki.vault.Pkcs12Vault;

final class AuthoritiesTest {
  @TempDir Path folder;

  private static List<X509Certificate> certificates(Authorities authorities) {
    return authorities.all().stream().map(CertificateAuthority::certificate).toList();
  }

  @Test
  void keepsEveryAuthorityOverARestart() {
    Installation first = new Installation(folder);
    first.authorities.openNextIssuingDca(first.authorities.issuingDca());
    List<X509Certificate> made = certificates(first.authorities);
    assertThat(certificates(new Installation(folder).authorities)).isEqualTo(made).hasSize(10);
  }

  // Killed after any step of the first start, the next one completes the set and changes nothing
  // of what was there.
  @Test
  void completesAnInterruptedFirstStart() {
    Installation first = new Installation(folder);
    Pkcs12Vault vault = Pkcs12Vault.openIn(folder, "smki", first.random);
    List.of("dccki-users", "issuing-dca-1").forEach(vault::destroy);
    Authorities second = new Installation(folder).authorities;
    assertThat(second.rootOca().certificate()).isEqualTo(first.authorities.rootOca().certificate());
    assertThat(second.all()).hasSize(9);
    assertThat(second.issuingDca().certificate())
        .isNotEqualTo(first.authorities.issuingDca().certificate());
  }

  @Test
  void opensOneNextAuthorityForManyWhoFindTheSameOneFull() {
    Authorities authorities = new Installation(folder).authorities;
    CertificateAuthority full = authorities.issuingDca();
    CertificateAuthority next = authorities.openNextIssuingDca(full);
    assertThat(authorities.openNextIssuingDca(full)).isSameAs(next);
    assertThat(authorities.issuingDcas()).containsExactly(full, next);
    assertThat(next.certificate().getSubjectX500Principal().getName()).isEqualTo("CN=D002");
  }

  // The JDK's own path validation agrees that each chain leads to its root.
  @Test
  void chainsEveryAuthorityToItsRoot() throws Exception {
    CertPathValidator validator = CertPathValidator.getInstance("PKIX");
    for (CertificateAuthority authority : new Installation(folder).authorities.all()) {
      X509Certificate root = authority.chain().getLast();
      PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(Installation.START));
      var path =
          CertificateFactory.getInstance("X.509")
              .generateCertPath(authority.chain().subList(0, authority.chain().size() - 1));
      validator.validate(path, parameters);
      assertThat(CertificateContents.read(authority.certificate()).kind())
          .isEqualTo(authority.kind());
    }
  }

  @Test
  void livesAsLongAsItsProfileSays() {
    Authorities authorities = new Installation(folder).authorities;
    assertThat(authorities.rootOca().certificate().getNotAfter().toInstant())
        .isEqualTo(Instant.parse("2076-03-01T09:59:59Z"));
    assertThat(authorities.issuingDca().certificate().getNotAfter().toInstant())
        .isEqualTo(Instant.parse("2051-03-01T09:59:59Z"));
    assertThat(authorities.rootOca().certificate().getNotBefore().toInstant())
        .isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
  }

  // A device that is given the symmetric key finds the contingency public key in the root that it
  // carries; without it the key is hidden.
  @Test
  void hidesTheContingencyKeyInTheRootOca() throws Exception {
    Installation smki = new Installation(folder);
    Pkcs12Vault vault = Pkcs12Vault.openIn(folder, "smki", smki.random);
    byte[] extension =
        smki.authorities.rootOca().certificate().getExtensionValue("1.3.6.1.5.5.7.1.20");
    ASN1Sequence apexContingencyKey =
        ASN1Sequence.getInstance(ASN1OctetString.getInstance(extension).getOctets());
    assertThat(AlgorithmIdentifier.getInstance(apexContingencyKey.getObjectAt(0)).getAlgorithm())
        .hasToString("2.16.840.1.101.3.4.1.48");
    byte[] wrapped = ASN1OctetString.getInstance(apexContingencyKey.getObjectAt(1)).getOctets();
    Cipher unwrap = Cipher.getInstance("AES/KWP/NoPadding");
    unwrap.init(Cipher.DECRYPT_MODE, vault.findSecret("contingency-wrapping").orElseThrow());
    assertThat(unwrap.doFinal(wrapped))
        .isEqualTo(vault.find("contingency").orElseThrow().signing().publicKey().getEncoded());
  }

  @Test
  void drawsSerialNumbersOfSixteenOctets() {
    Installation smki = new Installation(folder);
    for (int i = 0; i < 1000; i++) {
      assertThat(CertificateAuthority.newSerial(smki.random).toByteArray())
          .hasSize(CertificateAuthority.SERIAL_OCTETS);
    }
  }
}
