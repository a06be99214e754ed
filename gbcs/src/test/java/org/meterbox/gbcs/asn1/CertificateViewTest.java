// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.asn1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.meterbox.gbcs.HostileOctets;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;

/** SMKI certificate profiles. */
class CertificateViewTest {
  private static final long SEED = 509;

  private final Certificate organisation =
      TestCertificates.organisation(
          Asn1Samples.SUPPLIER, "02", KeyUsage.DIGITAL_SIGNATURE, Asn1Samples.KEY);
  private final Certificate device =
      TestCertificates.device(Asn1Samples.DEVICE, KeyUsage.KEY_AGREEMENT, Asn1Samples.KEY);

  @Test
  void anOrganisationIsNamedInTheSubject() throws DecodeException {
    CertificateView view = organisation.view();

    assertThat(view.subject()).contains(Asn1Samples.SUPPLIER);
    assertThat(view.role()).contains(RemotePartyRole.SUPPLIER);
    assertThat(view.keyUsage()).contains(KeyUsage.DIGITAL_SIGNATURE);
    assertThat(view.keyUsage().orElseThrow().has(0)).isTrue();
    assertThat(view.keyUsage().orElseThrow().has(4)).isFalse();
    assertThat(view.issuer()).isEqualTo("CN=Z1");
    assertThat(view.serialNumber()).isEqualTo(0x1234567);
    assertThat(view.notBefore()).isEqualTo(Instant.parse("2015-01-01T00:00:00Z"));
    assertThat(view.notAfter()).isEqualTo(Instant.parse("9999-12-31T23:59:59Z"));
    assertThat(view.publicKey().getW()).isEqualTo(Asn1Samples.KEY.getW());
    assertThat(view.subjectKeyId()).contains(Octets.ofHex("4102030405060708"));
    assertThat(view.authorityKeyId()).contains(Octets.ofHex("4909090909090909"));
  }

  @Test
  void aDeviceIsNamedByItsHardwareModule() throws DecodeException {
    CertificateView view = device.view();

    assertThat(view.subject()).contains(Asn1Samples.DEVICE);
    assertThat(view.role()).isEmpty();
    assertThat(view.keyUsage()).contains(KeyUsage.KEY_AGREEMENT);
  }

  @Test
  void anUnknownRoleIsNone() throws DecodeException {
    for (String role : new String[] {"ZZ", "7E", "2", "Supplier"}) {
      Certificate certificate =
          TestCertificates.organisation(
              Asn1Samples.SUPPLIER, role, KeyUsage.KEY_AGREEMENT, Asn1Samples.KEY);
      assertThat(certificate.view().role()).isEmpty();
    }
  }

  @Test
  void whatIsNoCertificateIsRefused() {
    assertThatThrownBy(() -> new Certificate(Octets.ofHex("3003020105")).view())
        .isInstanceOf(DecodeException.class);
    assertThatThrownBy(() -> new Certificate(Octets.EMPTY).view())
        .isInstanceOf(DecodeException.class);
  }

  /** The view encodes to nothing, so only the exceptions are of interest. */
  @Test
  void damagedCertificatesLetNoOtherExceptionEscape() {
    for (Certificate certificate : new Certificate[] {organisation, device}) {
      HostileOctets.checkOpenEnded(
          certificate.octets(),
          SEED,
          octets -> {
            CertificateView view = new Certificate(octets).view();
            assertThat(view.publicKey()).isNotNull();
            return octets;
          });
    }
  }
}
