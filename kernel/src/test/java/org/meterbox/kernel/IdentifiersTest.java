// SPDX-License-Identifier: Apache-2.0
package org.meterbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The identifiers of DUIS and GBCS in their text and octet forms. */
final class IdentifiersTest {
  private static final int VALUES = 500;

  // Both forms of an EUI-64 stand for the same device, whatever the case of the digits.
  @Test
  void readsAnEui64InEachForm() throws DecodeException {
    Eui64 eui = Eui64.parse("90-B3-D5-1F-30-01-00-00");
    assertThat(eui)
        .isEqualTo(Eui64.parse("90b3d51f30010000"))
        .isEqualTo(new Eui64(0x90B3D51F30010000L));
    assertThat(eui.octets()).isEqualTo(Octets.ofHex("90B3D51F30010000"));
    assertThat(Eui64.read(eui.octets().reader())).isEqualTo(eui);
    assertThat(eui.dashed()).isEqualTo("90-B3-D5-1F-30-01-00-00").isEqualTo(eui.toString());
    assertThat(eui.hex()).isEqualTo("90B3D51F30010000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "90-B3-D5-1F-30-01-00",
        "90-B3-D5-1F-30-01-00-0",
        "90-B3-D5-1F-30-01-00-00-00",
        "90:B3:D5:1F:30:01:00:00",
        "9-0B3-D5-1F-30-01-00-00",
        "-90B3-D5-1F-30-01-00-00",
        "90-B3-D5-1F-30-01-00-0G",
        "90-B3-D5-1F-30-01-00--0",
        "90B3D51F3001000",
        "90B3D51F300100000",
        "+0B3D51F30010000",
        "90B3D51F3001000٣",
        " 90B3D51F30010000"
      })
  void refusesWhatIsNotAnEui64(String text) {
    assertThatThrownBy(() -> Eui64.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("EUI-64");
  }

  // FF-... lies above 00-...: ranges of identifiers are ranges of unsigned numbers.
  @Test
  void ordersEui64sUnsigned() {
    assertThat(Eui64.parse("FFFFFFFFFFFFFFFE")).isGreaterThan(Eui64.parse("0000000000000001"));
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void readsBackEveryIdentifierItPrints(long seed) throws DecodeException {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < VALUES; i++) {
      Eui64 originator = new Eui64(random.nextLong());
      Eui64 target = new Eui64(random.nextLong());
      MessageId id = new MessageId(originator, target, new OriginatorCounter(random.nextLong()));
      assertThat(MessageId.parse(id.toString())).as("seed %d", seed).isEqualTo(id);
      assertThat(Eui64.parse(originator.hex())).isEqualTo(originator);
      OctetWriter writer = new OctetWriter();
      target.write(writer);
      assertThat(Eui64.read(writer.toOctets().reader())).isEqualTo(target);
      assertThat(id.answered().answered()).isEqualTo(id);
    }
  }

  // The answer bears the same counter with the parties exchanged.
  @Test
  void namesTheAnswer() {
    MessageId id = MessageId.parse("90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:1000");
    assertThat(id.answered()).hasToString("00-DB-12-34-56-78-90-A0:90-B3-D5-1F-30-01-00-00:1000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "::",
        "90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0",
        "90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:",
        "90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:1:2",
        "90B3D51F30010000:00DB1234567890A0:1000",
        "90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:-1",
        "90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:01",
        "90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:0x10"
      })
  void refusesWhatIsNotAMessageId(String text) {
    assertThatThrownBy(() -> MessageId.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  // The counter is an unsigned 64-bit number up to its very last value.
  @Test
  void readsCountersUpToTheLast() {
    assertThat(OriginatorCounter.parse("0").value()).isZero();
    assertThat(OriginatorCounter.parse("18446744073709551615").value()).isEqualTo(-1L);
    assertThat(new OriginatorCounter(-1)).hasToString("18446744073709551615");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "+1",
        "00",
        "01",
        "1.0",
        " 1",
        "1e3",
        "18446744073709551616",
        "99999999999999999999",
        "184467440737095516150",
        "٣"
      })
  void refusesWhatIsNotACounter(String text) {
    assertThatThrownBy(() -> OriginatorCounter.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // Protection against replay: only a greater counter is new, also past the signed half.
  @Test
  void comparesCountersUnsigned() {
    OriginatorCounter signedMax = new OriginatorCounter(Long.MAX_VALUE);
    OriginatorCounter next = new OriginatorCounter(Long.MIN_VALUE);
    assertThat(next.exceeds(signedMax)).isTrue();
    assertThat(signedMax.exceeds(next)).isFalse();
    assertThat(next.exceeds(next)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"4.1.1,4.1", "7.4,7.4", "11.2,11.2", "8.14.1,8.14", "12.2,12.2"})
  void knowsTheServiceReferenceOfAVariant(String variant, String reference) {
    ServiceReferenceVariant read = new ServiceReferenceVariant(variant);
    assertThat(read.serviceReference()).isEqualTo(reference);
    assertThat(read).hasToString(variant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "4", "4.", ".1", "4.1.", "4.1.1.1", "0.1", "4.01", "4.100", "a.b", "4.1.1\n"})
  void refusesWhatIsNotAServiceReferenceVariant(String text) {
    assertThatThrownBy(() -> new ServiceReferenceVariant(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // 13 digits are electricity, up to ten are gas; eleven and twelve are neither.
  @Test
  void tellsMpansFromMprns() {
    assertThat(new Mpxn("1200000000001").isMpan()).isTrue();
    assertThat(new Mpxn("1234567890").isMpan()).isFalse();
    assertThat(new Mpxn("1").isMpan()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "12345678901", "123456789012", "12345678901234", "12A", "-1", "١٢"})
  void refusesWhatIsNotAMeterPoint(String text) {
    assertThatThrownBy(() -> new Mpxn(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource
  void findsACommandVariantByItsNumber(CommandVariant variant) {
    assertThat(CommandVariant.of(variant.number())).contains(variant);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, -1})
  void knowsNoOtherCommandVariants(int number) {
    assertThat(CommandVariant.of(number)).isEmpty();
  }

  // The numbers of the trust anchor cells, as the messages carry them.
  @Test
  void findsARemotePartyRoleByItsCode() {
    assertThat(Arrays.stream(RemotePartyRole.values()).map(RemotePartyRole::code))
        .doesNotHaveDuplicates();
    for (RemotePartyRole role : RemotePartyRole.values()) {
      assertThat(RemotePartyRole.ofCode(role.code())).contains(role);
    }
    assertThat(RemotePartyRole.ofCode(2)).contains(RemotePartyRole.SUPPLIER);
    assertThat(RemotePartyRole.ofCode(9)).isEmpty();
  }

  // A top-up goes before everything, bulk work after everything.
  @Test
  void ordersPrioritiesByUrgency() {
    assertThat(Priority.values())
        .containsExactly(Priority.SUPPLY, Priority.CRITICAL, Priority.ON_DEMAND, Priority.BULK);
  }
}
