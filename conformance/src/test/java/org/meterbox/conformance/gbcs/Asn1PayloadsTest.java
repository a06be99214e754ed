// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.gbcs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.meterbox.conformance.gbcs.ReferenceMessages.Reference;
import org.meterbox.gbcs.asn1.Asn1Content;
import org.meterbox.gbcs.asn1.Asn1Payload;
import org.meterbox.gbcs.asn1.Certificate;
import org.meterbox.gbcs.asn1.CertificateView;
import org.meterbox.gbcs.asn1.CredentialContent.UpdateCredentials;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.DeviceCertificate;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.UpdateDeviceCertificate;
import org.meterbox.gbcs.asn1.DeviceLogContent.Join;
import org.meterbox.gbcs.asn1.LengthForms;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;

/** Every ASN.1 payload of the reference messages comes back, and its certificates are read. */
class Asn1PayloadsTest {
  @Test
  void everyPayloadComesBackToTheOctet() throws DecodeException {
    Set<String> types = new TreeSet<>();
    int payloads = 0;
    int longForms = 0;
    int certificates = 0;
    for (Reference reference : ReferenceMessages.all()) {
      GbcsMessage message = GbcsMessage.decode(reference.octets());
      Octets octets = message.content().payload();
      if (isAsn1(octets)) {
        Asn1Payload payload =
            Asn1Payload.decode(octets, message.header().messageCode(), message.header().craFlag());
        payloads++;
        types.add(payload.content().getClass().getSimpleName());
        longForms += payload.lengthForms().equals(LengthForms.SHORTEST) ? 0 : 1;
        certificates += checkCertificates(reference, payload.content());

        assertThat(payload.encode()).as(reference.file()).isEqualTo(octets);
        assertThat(payload.content()).isNotInstanceOf(Asn1Content.Unrecognised.class);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "ASN.1: %d payloads of %d types identical, %d with lengths in a longer form,"
            + " %d certificates read%n",
        payloads,
        types.size(),
        longForms,
        certificates);
    assertThat(payloads).isPositive();
    assertThat(longForms).isPositive();
  }

  private static int checkCertificates(Reference reference, Asn1Content content)
      throws DecodeException {
    List<Certificate> certificates = new ArrayList<>();
    switch (content) {
      case UpdateCredentials update -> {
        update.replacements().forEach(replacement -> certificates.add(replacement.certificate()));
        certificates.addAll(update.certificationPath());
      }
      case DeviceCertificate held -> certificates.add(held.certificate());
      case UpdateDeviceCertificate update -> certificates.add(update.certificate());
      case Join join -> join.otherDeviceCertificate().ifPresent(certificates::add);
      case Asn1Content ignored -> {}
    }
    for (Certificate certificate : certificates) {
      CertificateView view = certificate.view();
      assertThat(view.keyUsage()).as(reference.file()).isPresent();
    }
    return certificates.size();
  }

  private static boolean isAsn1(Octets payload) {
    return switch (payload.at(0)) {
      case 0xD9, 0xDA, 0x0F, 0x01 -> false;
      default -> true;
    };
  }
}
