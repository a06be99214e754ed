// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.utrn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.crypto.SoftwareAgreementKey;
import org.meterbox.gbcs.utrn.TokenValue.ValueClass;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.OriginatorCounter;

/** GBCS section 14, with the worked values of the published test keys. */
class UtrnTest {
  private static final long SEED = 20;
  private static final Eui64 SUPPLIER = Eui64.parse("90B3D51F30010000");
  private static final Eui64 ELECTRICITY_METER = Eui64.parse("00DB1234567890A0");
  private static final Eui64 GAS_METER = Eui64.parse("00DB1234567890A1");
  private static final SoftwareAgreementKey TOP_UP_KEY =
      new SoftwareAgreementKey(
          P256.privateKey(
              number("39BC607F0213BBE33035A5148510A494A9BEA6E3957E8BAF5F4D4AC6DF2B2254")),
          point(
              "05D9453CD909279A11C4D9BBF57344C41E9C39DF138D0B48E05333DB1E0A97F2",
              "DF7EB8A6BD222B9F6BEBD0AAB86ACCE0BBA8DCABEF10F3BF15FA5057C763E421"));
  private static final SharedSecret WITH_ELECTRICITY_METER =
      TOP_UP_KEY.agree(
          point(
              "8F2052985D2DB939A9371C8FEF58ACB6814B35D5BF2AA25F97F8D198B26DFE60",
              "1ADD893FC4A1D98291F68E8429B715852367DC0F2C4902E6FF8A736DDC29C134"));
  private static final SharedSecret WITH_GAS_METER =
      TOP_UP_KEY.agree(
          point(
              "343D7D36DE0B2CF0BDFED228C4045EB6A304DB3E76BC8A22DE3423FDBEDC4D17",
              "042ACC796121BCA2FCA6FCDC1B5B19CC8886AC378D2C041531C039923B7DF026"));

  // A meter takes each counter once and begins at 1; a token of nothing would only use one up.
  @Test
  void makesNoTokenForCounterZeroOrForNothing() {
    TokenValue penny = TokenValue.ofPence(1);
    TokenCounter first = new TokenCounter(1);
    assertThatThrownBy(() ->
            Utrn.issue(
                WITH_ELECTRICITY_METER, SUPPLIER, ELECTRICITY_METER, new TokenCounter(0), penny))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1");
    TokenValue nothing = TokenValue.ofPence(0);
    assertThatThrownBy(
            () -> Utrn.issue(WITH_ELECTRICITY_METER, SUPPLIER, ELECTRICITY_METER, first, nothing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least a penny");
    assertThat(
            Utrn.issue(WITH_ELECTRICITY_METER, SUPPLIER, ELECTRICITY_METER, first, penny).value())
        .isEqualTo(penny);
  }

  @ParameterizedTest
  @CsvSource({
    "1, POUNDS, 100, 73943333457189043313",
    "3, POUNDS, 10, 73946144332040217315",
    "4, PENCE, 1234, 73947252416745201637"
  })
  void makesTheWorkedTokens(long counter, ValueClass unit, int units, String digits) {
    TokenCounter tokenCounter = new TokenCounter(counter);
    TokenValue value = new TokenValue(unit, units);
    Utrn token =
        Utrn.issue(WITH_ELECTRICITY_METER, SUPPLIER, ELECTRICITY_METER, tokenCounter, value);

    assertThat(token.digits()).isEqualTo(digits);
    assertThat(token.value()).isEqualTo(value);
    assertThat(token.truncatedCounter()).isEqualTo((int) counter);
  }

  @Test
  void checksAWorkedTokenOfAGasMeter() {
    Utrn token = new Utrn("73950067887105178605");
    TokenCounter six = new TokenCounter(6);

    assertThat(token.value()).isEqualTo(TokenValue.ofPence(1250));
    assertThat(token.isAuthentic(WITH_GAS_METER, SUPPLIER, GAS_METER, six)).isTrue();
    // Another counter, meter, supplier or key: each alone spoils the token.
    assertThat(token.isAuthentic(WITH_GAS_METER, SUPPLIER, GAS_METER, new TokenCounter(7)))
        .isFalse();
    assertThat(token.isAuthentic(WITH_GAS_METER, SUPPLIER, GAS_METER, new TokenCounter(6 + 1024)))
        .isFalse();
    assertThat(token.isAuthentic(WITH_GAS_METER, SUPPLIER, ELECTRICITY_METER, six)).isFalse();
    assertThat(token.isAuthentic(WITH_GAS_METER, GAS_METER, GAS_METER, six)).isFalse();
    assertThat(token.isAuthentic(WITH_ELECTRICITY_METER, SUPPLIER, GAS_METER, six)).isFalse();
  }

  @Test
  void everyTokenReadsAsItWasMade() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    for (int run = 0; run < 500; run++) {
      TokenCounter counter = new TokenCounter(random.nextLong(1L << 32));
      TokenValue value =
          new TokenValue(
              random.nextBoolean() ? ValueClass.PENCE : ValueClass.POUNDS,
              random.nextInt(TokenValue.MAX_UNITS + 1));
      Utrn token = Utrn.issue(WITH_ELECTRICITY_METER, SUPPLIER, ELECTRICITY_METER, counter, value);
      String as = String.format(Locale.ROOT, "seed %d, run %d", SEED, run);

      assertThat(token.digits()).as(as).hasSize(Utrn.DIGITS).startsWith("7");
      assertThat(Utrn.faultOf(token.digits())).as(as).isEmpty();
      assertThat(token.value()).as(as).isEqualTo(value);
      assertThat(token.truncatedCounter()).as(as).isEqualTo(counter.truncated());
      assertThat(token.isAuthentic(WITH_ELECTRICITY_METER, SUPPLIER, ELECTRICITY_METER, counter))
          .as(as)
          .isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7394333345718904331",
        "739433334571890433133",
        "7394333345718904331x",
        "73943333457189043 13",
        "７３943333457189043313"
      })
  void refusesWhatAreNotTwentyDigits(String text) {
    assertThat(Utrn.faultOf(text)).contains(Utrn.Fault.FORM);
    assertThatThrownBy(() -> new Utrn(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesDigitsThatNoTokenHas() {
    // Below and above what 57 bits reach, and in a unit of value that has no name.
    for (String nineteen :
        new String[] {
          "7394156990786306047",
          "0000000000000000000",
          Long.toUnsignedString(7394156990786306048L + (1L << 57)),
          "9999999999999999999",
          Long.toUnsignedString(7394156990786306048L + (2L << 45)),
          Long.toUnsignedString(7394156990786306048L + (3L << 45))
        }) {
      String digits = nineteen + CheckDigit.of(nineteen);
      assertThat(Utrn.faultOf(digits)).as(digits).contains(Utrn.Fault.RANGE);
    }
    String greatest = Long.toUnsignedString(7394156990786306048L + (1L << 57) - 1 - (3L << 45));
    assertThat(Utrn.faultOf(greatest + CheckDigit.of(greatest))).isEmpty();
  }

  @Test
  void everyWrongDigitAndEveryExchangeOfNeighboursShows() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    for (int run = 0; run < 300; run++) {
      StringBuilder nineteen = new StringBuilder();
      for (int i = 0; i < Utrn.DIGITS - 1; i++) {
        nineteen.append((char) ('0' + random.nextInt(10)));
      }
      String digits = nineteen.toString() + CheckDigit.of(nineteen.toString());
      assertThat(CheckDigit.holds(digits)).isTrue();
      for (int at = 0; at < digits.length(); at++) {
        for (char wrong = '0'; wrong <= '9'; wrong++) {
          String changed = digits.substring(0, at) + wrong + digits.substring(at + 1);
          assertThat(CheckDigit.holds(changed)).as(changed).isEqualTo(changed.equals(digits));
        }
      }
      for (int at = 0; at + 1 < digits.length(); at++) {
        String exchanged =
            digits.substring(0, at)
                + digits.charAt(at + 1)
                + digits.charAt(at)
                + digits.substring(at + 2);
        assertThat(CheckDigit.holds(exchanged)).as(exchanged).isEqualTo(exchanged.equals(digits));
      }
    }
  }

  @Test
  void valuesAreCarriedInTheFinestUnitThatReaches() {
    assertThat(TokenValue.ofPence(0)).isEqualTo(new TokenValue(ValueClass.PENCE, 0));
    assertThat(TokenValue.ofPence(8191)).isEqualTo(new TokenValue(ValueClass.PENCE, 8191));
    assertThat(TokenValue.ofPence(8200)).isEqualTo(new TokenValue(ValueClass.POUNDS, 82));
    assertThat(TokenValue.ofPence(819_100).pence()).isEqualTo(819_100);
    assertThatThrownBy(() -> TokenValue.ofPence(8192)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TokenValue.ofPence(819_200))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TokenValue.ofPence(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theCounterIsTheUpperHalfOfTheOriginatorCounter() {
    TokenCounter counter = new TokenCounter(0xFFFF_FFFFL);
    assertThat(counter.originatorCounter())
        .isEqualTo(new OriginatorCounter(0xFFFF_FFFF_0000_0000L));
    assertThat(TokenCounter.of(counter.originatorCounter())).isEqualTo(counter);
    assertThatThrownBy(() -> TokenCounter.of(new OriginatorCounter(0x3_0000_0001L)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TokenCounter(1L << 32))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTokenIsNotPrintedWhole() {
    assertThat(new Utrn("73943333457189043313").toString()).doesNotContain("457189043313");
  }

  private static BigInteger number(String hex) {
    return new BigInteger(hex, 16);
  }

  private static ECPublicKey point(String x, String y) {
    return P256.publicKey(number(x), number(y));
  }
}
