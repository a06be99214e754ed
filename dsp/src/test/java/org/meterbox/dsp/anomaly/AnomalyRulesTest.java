// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterbox.dsp.anomaly.Threshold.Amount;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.ServiceReferenceVariant;

/** Which threshold and limit is in effect, and what breaks it. */
final class AnomalyRulesTest {
  private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
  private static final ServiceReferenceVariant SERVICE = new ServiceReferenceVariant("1.5");
  private static final CountedParty ALL = new CountedParty.AllUsers();

  private static Instant hour(int hour) {
    return NOON.plus(Duration.ofHours(hour));
  }

  private static Threshold threshold(long requests, int from, Optional<Integer> until) {
    return new Threshold(
        ALL,
        SERVICE,
        new Amount.Requests(requests),
        24,
        Optional.empty(),
        new Validity(hour(from), until.map(AnomalyRulesTest::hour)));
  }

  // For example a rise while prices change, which ends by itself.
  @Test
  void aTemporaryThresholdGivesWayAgain() {
    AnomalyRules rules =
        new AnomalyRules(
            List.of(threshold(500, 2, Optional.of(4)), threshold(10, 0, Optional.empty())),
            List.of());
    assertThat(rules.threshold(ALL, SERVICE, hour(-1))).isEmpty();
    assertThat(passing(rules, 0)).isEqualTo(10);
    assertThat(passing(rules, 2)).isEqualTo(500);
    assertThat(passing(rules, 3)).isEqualTo(500);
    assertThat(passing(rules, 4)).isEqualTo(10);
    assertThat(rules.threshold(new CountedParty.CosParty(), SERVICE, NOON)).isEmpty();
    assertThat(rules.threshold(ALL, new ServiceReferenceVariant("7.2"), NOON)).isEmpty();
  }

  private static long passing(AnomalyRules rules, int hour) {
    return rules.threshold(ALL, SERVICE, hour(hour)).orElseThrow().amount().requests();
  }

  @Test
  void ofTwoThatBeginTogetherTheOneSetLastCounts() {
    AnomalyRules rules =
        new AnomalyRules(
            List.of(threshold(1, 0, Optional.empty()), threshold(2, 0, Optional.empty())),
            List.of());
    assertThat(passing(rules, 1)).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"10, 20000, 2000", "0.5, 199, 0", "150, 3, 4", "0, 5, 0"})
  void aPercentageIsRoundedDown(BigDecimal percent, long expected, long requests) {
    assertThat(new Amount.PercentOfMonth(percent, expected).requests()).isEqualTo(requests);
  }

  @Test
  void whatIsNoThresholdIsRefused() {
    assertThatThrownBy(() -> new Amount.Requests(-1)).hasMessageContaining("from 0 to");
    assertThatThrownBy(() -> new Amount.PercentOfMonth(new BigDecimal("-1"), 5))
        .hasMessageContaining("percentage");
    assertThatThrownBy(() ->
            new Threshold(
                ALL,
                SERVICE,
                new Amount.Requests(5),
                745,
                Optional.empty(),
                new Validity(NOON, Optional.empty())))
        .hasMessageContaining("hours is from 1 to 744");
    assertThatThrownBy(() ->
            new Threshold(
                ALL,
                SERVICE,
                new Amount.Requests(5),
                24,
                Optional.of(6L),
                new Validity(NOON, Optional.empty())))
        .hasMessageContaining("warning");
    assertThatThrownBy(() -> new Validity(NOON, Optional.of(NOON)))
        .hasMessageContaining("until must be later");
  }

  @ParameterizedTest
  @CsvSource({
    "-10, true",
    "10, true",
    "10.000, true",
    "10.001, false",
    "-11, false",
    "1E999999999, false",
    "ten, false",
    "'', false"
  })
  void aValueOutsideBreaksItsLimit(String value, boolean within) {
    ValueLimit limit =
        new ValueLimit(
            ALL,
            SERVICE,
            "AdjustMeterBalance",
            Optional.of(new BigDecimal(-10)),
            Optional.of(BigDecimal.TEN),
            new Validity(NOON, Optional.empty()));
    XmlElement body =
        XmlElement.of(
            "UpdateMeterBalance",
            XmlElement.of("CreditMode", XmlElement.leaf("AdjustMeterBalance", value)));
    assertThat(limit.brokenBy(body).isEmpty()).isEqualTo(within);
    // The reason is kept and shown: it says the limit, never the value.
    limit
        .brokenBy(body)
        .ifPresent(why -> assertThat(why).isEqualTo("AdjustMeterBalance is outside -10 to 10"));
  }
}
