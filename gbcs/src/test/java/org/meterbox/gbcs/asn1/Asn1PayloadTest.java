// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.asn1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.meterbox.gbcs.HostileOctets;
import org.meterbox.gbcs.asn1.Asn1Samples.Sample;
import org.meterbox.gbcs.asn1.LengthForms.Deviation;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.Octets;

/** GBCS section 13 and the use cases in ASN.1. */
class Asn1PayloadTest {
  private static final long SEED = 8_824;
  private static final int NOISE_RUNS = 4_000;

  static List<Sample> samples() {
    return Asn1Samples.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void readsWhatItWrites(Sample sample) throws DecodeException {
    Asn1Payload payload = Asn1Payload.of(sample.content());

    assertThat(Asn1Payload.decode(payload.encode(), sample.messageCode(), sample.flag()))
        .isEqualTo(payload);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void survivesDamage(Sample sample) {
    HostileOctets.check(
        Asn1Payload.of(sample.content()).encode(),
        SEED,
        octets -> Asn1Payload.decode(octets, sample.messageCode(), sample.flag()).encode());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void noiseSurvives(Sample sample) {
    HostileOctets.checkNoise(
        NOISE_RUNS,
        40,
        Asn1Payload.of(sample.content()).encode().slice(0, 1),
        SEED,
        octets -> Asn1Payload.decode(octets, sample.messageCode(), sample.flag()).encode());
  }

  @Test
  void noTypeIsWithoutASample() {
    Set<String> seen = new TreeSet<>();
    samples().forEach(sample -> seen.add(sample.content().getClass().getName()));
    Set<String> all = new TreeSet<>();
    for (Class<?> part : Asn1Content.class.getPermittedSubclasses()) {
      if (part.isInterface()) {
        for (Class<?> type : part.getPermittedSubclasses()) {
          all.add(type.getName());
        }
      }
    }
    assertThat(seen).isEqualTo(all).hasSizeGreaterThan(30);
  }

  // Complete payloads put together by hand.
  @ParameterizedTest
  @CsvSource({
    "000A, COMMAND, 3004 03020780",
    "000A, RESPONSE, 020103",
    "000D, COMMAND, 3010 020100 0408 00DB00000000009A 020104",
    "000F, COMMAND, 0408 00DB000000000099",
    "0013, COMMAND, 0500",
    "0012, RESPONSE, 0500",
    "0012, RESPONSE, 3009 020100 0404 0123ABCE",
    "007F, COMMAND, 3022 180F 32303134313233313233333030305A 180F 32303135303130313030333030305A",
    "0102, RESPONSE, 3002 0500",
    "00CA, ALERT, 3025 0203008F66 180F 32303330303131353039303030305A 020203E9 3009 020100 0404 0123ABCF"
  })
  void knownPayloadsKeepTheirOctets(String code, CraFlag flag, String hex) throws DecodeException {
    Octets octets = Octets.ofHex(hex);
    Asn1Payload payload =
        Asn1Payload.decode(octets, new MessageCode(Integer.parseInt(code, 16)), flag);

    assertThat(payload.content()).isNotInstanceOf(Asn1Content.Unrecognised.class);
    assertThat(payload.lengthForms()).isEqualTo(LengthForms.SHORTEST);
    assertThat(payload.encode()).isEqualTo(octets);
  }

  @Test
  void lengthsThatAreNotInTheShortestFormComeBackAsTheyWere() throws DecodeException {
    // A device log whose SEQUENCE, list, second entry and last identifier say more than need be.
    Octets exact =
        Octets.ofHex(
            """
            30 82 002B
              02 01 00
              30 83 000023
                30 0D 04 08 0102030405060708 02 01 01
                30 81 11 04 84 00000008 00DB000000000005 02 01 05
            """);
    Asn1Payload payload = decode(0x13, CraFlag.RESPONSE, exact);

    assertThat(payload.lengthForms().deviations())
        .containsExactly(
            new Deviation(0, 3), new Deviation(2, 4), new Deviation(6, 2), new Deviation(7, 5));
    assertThat(payload.encode()).isEqualTo(exact);
    assertThat(Asn1Payload.of(payload.content()).encode().length()).isLessThan(exact.length());
  }

  @Test
  void certificatesAreKeptOctetForOctet() throws DecodeException {
    // What stands for a certificate here has a length of its own form; nothing looks inside.
    Octets octets = Octets.ofHex("30 83 000003 020105");
    Asn1Payload payload = decode(0x0B, CraFlag.COMMAND, octets);

    assertThat(payload.content())
        .isEqualTo(new DeviceCertificateContent.UpdateDeviceCertificate(new Certificate(octets)));
    assertThat(payload.encode()).isEqualTo(octets);
  }

  @Test
  void otherMessageCodesAreKeptAsTheyAre() throws DecodeException {
    Octets octets = Octets.ofHex("300302010530");
    Asn1Payload payload = decode(0x7777, CraFlag.COMMAND, octets);

    assertThat(payload.content()).isEqualTo(new Asn1Content.Unrecognised(octets));
    assertThat(payload.encode()).isEqualTo(octets);
  }

  @Test
  void refusesNumbersThatDerDoesNotAllow() {
    assertRefused(0x0B, "02020005", Fault.UNEXPECTED_VALUE); // padded
    assertRefused(0x0B, "0201FF", Fault.UNEXPECTED_VALUE); // negative
    assertRefused(0x0B, "0200", Fault.TRUNCATED); // no content
    assertRefused(0x0B, "02020100", Fault.UNEXPECTED_VALUE); // beyond what a code may be
    assertRefused(0x0B, "020A01000000000000000000", Fault.UNEXPECTED_VALUE); // beyond 64 bits
    assertRefused(0x0B, "0280", Fault.BAD_LENGTH); // indefinite
    assertRefused(0x0B, "02850000000001", Fault.BAD_LENGTH);
    assertRefused(0x0B, "0284FFFFFFFF", Fault.TRUNCATED);
    assertRefused(0x0B, "040101", Fault.UNKNOWN_TAG);
    assertRefused(0x0B, "02010000", Fault.LEFT_OVER);
    assertRefused(0x0B, "", Fault.TRUNCATED);
  }

  @Test
  void unnamedCodesKeepTheirNumber() throws DecodeException {
    DeviceLogContent.JoinResult result =
        (DeviceLogContent.JoinResult)
            decode(0x0D, CraFlag.RESPONSE, Octets.ofHex("020163")).content();
    assertThat(result.name()).isEqualTo("code 99");
    assertThat(new DeviceLogContent.JoinResult(11).name()).isEqualTo("invalidOrMissingCertificate");
    assertThat(new CellStatus(25).name()).isEqualTo("trustAnchorNotFound");
    assertThat(CredentialControl.modeName(7)).isEqualTo("supplierByTransCoS");
    assertThat(DeviceLogEntry.typeName(6)).isEqualTo("type2");
  }

  @Test
  void timesThatNoCalendarKnowsAreKept() throws DecodeException {
    assertThat(new GeneralizedTime("20250230000000Z").instant()).isEmpty();
    assertThat(Asn1Samples.TIME.instant()).contains(Instant.parse("2025-01-01T12:00:00Z"));
    assertThat(GeneralizedTime.of(Instant.parse("2025-01-01T12:00:00.9Z")))
        .isEqualTo(Asn1Samples.TIME);
    assertThatThrownBy(() -> new GeneralizedTime("2025010112000Z"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new GeneralizedTime("20250101120000+"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theSymmetricKeyIsNotPrinted() {
    assertThat(Asn1Samples.updateCredentials(Optional.of(Asn1Samples.TIME)).control().toString())
        .contains("supplierBySupplier")
        .doesNotContain("00112233");
  }

  private static void assertRefused(int code, String hex, Fault fault) {
    assertThatThrownBy(() -> decode(code, CraFlag.RESPONSE, Octets.ofHex(hex)))
        .isInstanceOfSatisfying(
            DecodeException.class, refusal -> assertThat(refusal.fault()).isEqualTo(fault));
  }

  private static Asn1Payload decode(int code, CraFlag flag, Octets octets) throws DecodeException {
    return Asn1Payload.decode(octets, new MessageCode(code), flag);
  }
}
