// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.kernel.DecodeException;

final class DistinguishedNameTest {
  // Clients print issuer names with and without blanks; all of them mean the same authority.
  @ParameterizedTest
  @ValueSource(strings = {"CN=Z1,OU=07", "CN=Z1, OU=07", " cn = Z1 ,\tou=07 ", "CN=\"Z1\",OU=07"})
  void equalsHoweverItIsSpaced(String text) {
    assertThat(DistinguishedName.parse(text)).isEqualTo(DistinguishedName.parse("CN=Z1,OU=07"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"OU=07,CN=Z1", "CN=Z1", "CN=Z1,OU=08", "CN=Z1,OU=07,O=x", "CN=Z1+OU=07"})
  void differsInPartsOrTheirOrder(String text) {
    assertThat(DistinguishedName.parse(text)).isNotEqualTo(DistinguishedName.parse("CN=Z1,OU=07"));
  }

  // The public test authority writes its name as PrintableString in old certificates and as
  // UTF8String in newer ones: one authority all the same.
  @Test
  void ignoresTheStringTypeInTheEncoding() throws Exception {
    var printable = new X500NameBuilder();
    printable.addRDN(BCStyle.OU, new DERPrintableString("07"));
    printable.addRDN(BCStyle.CN, new DERPrintableString("Z1"));
    var utf8 = new X500NameBuilder();
    utf8.addRDN(BCStyle.OU, new DERUTF8String("07"));
    utf8.addRDN(BCStyle.CN, new DERUTF8String("Z1"));
    assertThat(decoded(printable))
        .isEqualTo(decoded(utf8))
        .isEqualTo(DistinguishedName.parse("CN=Z1,OU=07"));
  }

  @Test
  void readsAnEuiInAUniqueIdentifierInAnyCase() {
    assertThat(DistinguishedName.parse("2.5.4.45=#03090090b3d51f30010000,OU=02"))
        .isEqualTo(DistinguishedName.parse("2.5.4.45=#03090090B3D51F30010000, OU=02"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CN", "=,=", "CN=a,,OU=b", "2.5.4.45=#0309", "CN=\\"})
  void refusesWhatIsNoName(String text) {
    assertThatThrownBy(() -> DistinguishedName.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesMoreTextThanAnyNameHas() {
    assertThatThrownBy(
            () -> DistinguishedName.parse("CN=" + "a".repeat(DistinguishedName.TEXT_LENGTH_MAX)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "0", "1x", "+1", "1e3"})
  void refusesWhatIsNoSerialNumber(String serial) {
    assertThatThrownBy(() -> CertificateId.parse("CN=Z1,OU=07", serial))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void boundsTheSerialNumberAtTwentyOctets() {
    BigInteger largest = BigInteger.ONE.shiftLeft(160).subtract(BigInteger.ONE);
    assertThat(CertificateId.parse("CN=Z1", largest.toString()).serial()).isEqualTo(largest);
    assertThatThrownBy(() -> CertificateId.parse("CN=Z1", largest.add(BigInteger.ONE).toString()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static DistinguishedName decoded(X500NameBuilder name)
      throws DecodeException, java.io.IOException {
    return DistinguishedName.of(
        new javax.security.auth.x500.X500Principal(name.build().getEncoded()));
  }
}
