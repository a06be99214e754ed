// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.transform.Transform;
import org.meterbox.transform.TransformResult;
import org.meterbox.transform.TransformResult.Critical;
import org.meterbox.transform.TransformResult.NonCritical;
import org.meterbox.transform.TransformResult.NotYetTranslated;

/** Every official request whose message is known: translated, it is that message's octets. */
class ReferencePairsTest {
  /** Raised with every family that is added, never lowered. */
  private static final int IDENTICAL_FLOOR = 221;

  /**
   * Pairs that contradict themselves, so that no rule makes the message of the request: ECS25a and
   * ECS25b (the masks do not name the request's three-phase alerts), CS02b and CS02g (other
   * certificates than the request's), CS08 (another user), GCS09, GCS15c and GCS61 (other dates).
   */
  static final Set<String> CONTRADICTORY =
      Set.of(
          "CS02bACBByACB_8.5_SUCCESS",
          "CS02bNOByNO_6.15.1_SUCCESS",
          "CS02bSupplierBySupplier_6.15.1_CANCELLATION_SUCCESS",
          "CS02bSupplierBySupplier_6.15.1_FUTURE_DATED_SUCCESS",
          "CS02gLoadControllerBySupplier_6.15.1_CANCELLATION_SUCCESS",
          "CS02gLoadControllerBySupplier_6.15.1_FUTURE_DATED_SUCCESS",
          "CS02bNOByNOHandover_6.21_SUCCESS",
          "CS02bSupplierBySupplierHandover_6.21_SUCCESS",
          "CS02bSupplierByTransCoS_6.23_CANCELLATION_SUCCESS",
          "CS02bSupplierByTransCoS_6.23_IMMEDIATE_SUCCESS",
          "CS08_11.2_SUCCESS",
          "ECS25a_6.22_SUCCESS",
          "ECS25b_6.22_SUCCESS",
          "GCS09_3.2_SUCCESS",
          "GCS15c_4.4.3_SUCCESS",
          "GCS61_4.17_SUCCESS");

  /** Commands of failed exchanges that say something else than the request of the good one. */
  private static final Set<String> OTHER_VALUES =
      Set.of(
          "CS02bSupplierBySupplier_6.15.1_IMMEDIATE_ERROR",
          "CS02d_6.15.2_ERROR",
          "CS02gLoadControllerBySupplier_6.15.1_FUTURE_DATED_ERROR",
          "CS02gLoadControllerBySupplier_6.15.1_IMMEDIATE_ERROR",
          "CS06_11.3_FUTURE_DATED_ERROR",
          "ECS25a3_6.22_ERROR",
          "GCS05_2.1_FUTURE_DATED_ERROR",
          "GCS15d_4.4.4_ERROR",
          "GCS15d_4.4.4_NOT_FOUND",
          "GCS17_4.8.1_NOT_FOUND",
          "GCS23_6.6_ERROR",
          "GCS28Commission_8.1.1_ERROR",
          "GCS61_4.17_NOT_FOUND");

  /** So many commands of failed exchanges are those of the requests that succeeded. */
  private static final int FAILED_EXCHANGES_FLOOR = 65;

  private enum Verdict {
    IDENTICAL,
    NOT_YET,
    DIFFERENT,
    CONTRADICTORY
  }

  @Test
  void everyTranslatedRequestIsTheReferenceMessage() {
    Map<String, Map<Verdict, Integer>> table = new TreeMap<>();
    List<String> different = new ArrayList<>();
    for (ReferencePair pair : ReferencePair.all()) {
      Verdict verdict = verdict(pair, different);
      table
          .computeIfAbsent(
              pair.request().serviceReferenceVariant().toString(),
              srv -> new EnumMap<>(Verdict.class))
          .merge(verdict, 1, Integer::sum);
    }

    table.forEach((variant, counts) -> System.out.println("transform " + variant + " " + counts));
    int identical = sum(table, Verdict.IDENTICAL);
    System.out.printf(
        Locale.ROOT,
        "transform: %d identical, %d not yet, %d different, %d contradictory%n",
        identical,
        sum(table, Verdict.NOT_YET),
        different.size(),
        sum(table, Verdict.CONTRADICTORY));
    assertThat(different).isEmpty();
    assertThat(sum(table, Verdict.NOT_YET)).isZero();
    assertThat(identical).isGreaterThanOrEqualTo(IDENTICAL_FLOOR);
  }

  @Test
  void theRequestsOfGoodExchangesMakeTheCommandsOfFailedOnes() {
    List<String> different = new ArrayList<>();
    int identical = 0;
    for (List<ReferencePair> pairs : ReferencePair.ofFailedExchanges()) {
      List<String> differences = new ArrayList<>();
      if (pairs.stream().anyMatch(pair -> verdict(pair, differences) == Verdict.IDENTICAL)) {
        identical++;
      } else if (pairs.stream().noneMatch(pair -> OTHER_VALUES.contains(pair.stem()))) {
        different.addAll(differences);
      }
    }

    System.out.printf(
        Locale.ROOT, "transform: %d commands of failed exchanges identical%n", identical);
    assertThat(different).isEmpty();
    assertThat(identical).isGreaterThanOrEqualTo(FAILED_EXCHANGES_FLOOR);
  }

  /** How many pairs are identical through the translator alone. */
  static int identical() {
    List<String> different = new ArrayList<>();
    return (int)
        ReferencePair.all().stream()
            .filter(pair -> verdict(pair, different) == Verdict.IDENTICAL)
            .count();
  }

  private static int sum(Map<String, Map<Verdict, Integer>> table, Verdict verdict) {
    return table.values().stream().mapToInt(counts -> counts.getOrDefault(verdict, 0)).sum();
  }

  private static Verdict verdict(ReferencePair pair, List<String> different) {
    if (CONTRADICTORY.contains(pair.stem())) {
      return Verdict.CONTRADICTORY;
    }
    TransformResult result =
        Transform.standard().translate(pair.translationRequest(), pair.originator());
    GroupedContent content;
    switch (result) {
      case Critical critical -> content = critical.preCommand().content();
      case NonCritical nonCritical -> content = nonCritical.command().content();
      case NotYetTranslated not -> {
        return Verdict.NOT_YET;
      }
      case TransformResult.Refused refused -> {
        different.add(pair.stem() + " is refused: " + refused.reason());
        return Verdict.DIFFERENT;
      }
    }
    if (content.signedOctets().equals(pair.content().signedOctets())) {
      return Verdict.IDENTICAL;
    }
    different.add(
        String.format(
            Locale.ROOT,
            "%s%n is  %s%n not %s",
            pair.stem(),
            content.signedOctets().hex(),
            pair.content().signedOctets().hex()));
    return Verdict.DIFFERENT;
  }
}
