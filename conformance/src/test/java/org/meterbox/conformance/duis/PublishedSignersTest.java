// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.duis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.meterbox.conformance.ReferenceData;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.crypto.VerificationException;
import org.meterbox.duis.DocumentCheck;
import org.meterbox.duis.DocumentVerdict;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading;
import org.meterbox.duis.Reading.Refused;
import org.meterbox.duis.Reading.Valid;
import org.meterbox.duis.signature.IssuerSerial;
import org.meterbox.duis.signature.Signer;
import org.meterbox.duis.signature.XmlSigner;
import org.meterbox.duis.signature.XmlVerifier;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;

/** The published test certificates and keys sign and verify the official example requests. */
class PublishedSignersTest {
  private static final String KEYS = "zaz1-signing";

  @Test
  void rolesAndPartiesOfThePublishedCertificatesAreUnderstood() {
    Map<String, RemotePartyRole> roles = new TreeMap<>();
    for (Path file : files(KEYS, "ds.pem")) {
      roles.put(file.getFileName().toString(), signer(file).role());
    }
    signer(ReferenceData.path(KEYS).resolve("dsp-xml-sign-90B3D51F30000002-ds-pre-1.4.1.pem"));

    assertThat(roles)
        .containsEntry("xml-sign-90B3D51F30010000-ds.pem", RemotePartyRole.XML_SIGNING)
        .containsEntry("dsp-xml-sign-90B3D51F30000002-ds.pem", RemotePartyRole.DSP_XML_SIGNING)
        .containsEntry("Z1-supplier-ds.pem", RemotePartyRole.SUPPLIER)
        .containsEntry("Z1-networkOperator-ds.pem", RemotePartyRole.NETWORK_OPERATOR)
        .containsEntry("Z1-accessControlBroker-ds.pem", RemotePartyRole.ACCESS_CONTROL_BROKER);
  }

  @Test
  void everyOfficialExampleIsSignedAndVerifiedWithItsOriginatorsKey() {
    DocumentCheck check = new DocumentCheck(new DuisReader());
    List<Path> certificates = files(KEYS, "ds.pem").stream().filter(this::isUsers).toList();
    int verified = 0;
    for (Path template : files("rtds/duis", ".XML")) {
      Octets example = octets(template);
      for (Path certificate : certificates) {
        Signer signer = signer(certificate);
        XmlVerifier verifier =
            new XmlVerifier(
                name -> name.names(signer.certificate()) ? Optional.of(signer) : Optional.empty());
        Octets signed = signed(check, example, certificate, signer);
        DocumentVerdict verdict = check.verify(template.toString(), signed, verifier);
        if (originator(example).equals(signer.eui64().dashed())) {
          assertThat(verdict.error()).as(verdict.toString()).isEmpty();
          verified++;
        } else {
          assertThat(verdict.valid()).as(verdict.toString()).isFalse();
        }
      }
    }
    System.out.println("official examples signed and verified with published keys: " + verified);
    assertThat(verified).isGreaterThan(200);
  }

  /** One certificate a party is enough: those made for signing XML. */
  private boolean isUsers(Path certificate) {
    return certificate.getFileName().toString().startsWith("xml-sign-");
  }

  private static Octets signed(
      DocumentCheck check, Octets example, Path certificate, Signer signer) {
    XmlSigner xmlSigner =
        new XmlSigner(
            new SoftwareSigningKey(
                P256.privateKeyFromPkcs8(octets(sibling(certificate, ".key")).toArray()),
                signer.key()),
            IssuerSerial.of(signer.certificate()));
    Reading<Octets> signing = check.sign(example, xmlSigner);
    return switch (signing) {
      case Valid<Octets>(Octets document) -> document;
      case Refused<Octets> refused -> throw new AssertionError(refused.refusal());
    };
  }

  private static String originator(Octets example) {
    String text = new String(example.toArray(), StandardCharsets.UTF_8);
    int start = text.indexOf("RequestID>") + "RequestID>".length();
    return text.substring(start, start + 23);
  }

  private static Signer signer(Path file) {
    try (InputStream stream = Files.newInputStream(file)) {
      return Signer.of(
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(stream));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (CertificateException | VerificationException e) {
      throw new IllegalStateException(file.toString(), e);
    }
  }

  private static Path sibling(Path file, String ending) {
    return file.resolveSibling(file.getFileName().toString().replace(".pem", ending));
  }

  private static Octets octets(Path file) {
    try {
      return Octets.of(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(String directory, String ending) {
    try (Stream<Path> files = Files.list(ReferenceData.path(directory))) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
