// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.anomaly;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.meterbox.kernel.ServiceReferenceVariant;

/** Thresholds and value limits, those of the future too. */
public final class AnomalyRules {
  private final List<Threshold> thresholds;
  private final List<ValueLimit> limits;
  private final Map<Key, List<Threshold>> thresholdsByKey;
  private final Map<Key, List<ValueLimit>> limitsByKey;

  private record Key(CountedParty counted, ServiceReferenceVariant service) {}

  /** Both in the order in which they were set. */
  AnomalyRules(List<Threshold> thresholds, List<ValueLimit> limits) {
    this.thresholds = List.copyOf(thresholds);
    this.limits = List.copyOf(limits);
    this.thresholdsByKey =
        thresholds.stream()
            .collect(Collectors.groupingBy(one -> new Key(one.counted(), one.service())));
    this.limitsByKey =
        limits.stream()
            .collect(Collectors.groupingBy(one -> new Key(one.counted(), one.service())));
  }

  /** The thresholds, in the order in which they were set. */
  public List<Threshold> thresholds() {
    return thresholds;
  }

  /** The value limits, in the order in which they were set. */
  public List<ValueLimit> limits() {
    return limits;
  }

  /** The threshold in effect: of several the one that began last, or else was set last. */
  Optional<Threshold> threshold(
      CountedParty counted, ServiceReferenceVariant service, Instant now) {
    return thresholdsByKey.getOrDefault(new Key(counted, service), List.of()).stream()
        .filter(threshold -> threshold.validity().covers(now))
        .reduce(
            (one, other) -> other.validity().from().isBefore(one.validity().from()) ? one : other);
  }

  /** The value limits in effect, one for each element. */
  List<ValueLimit> limits(CountedParty counted, ServiceReferenceVariant service, Instant now) {
    Map<String, ValueLimit> byElement = new LinkedHashMap<>();
    limitsByKey.getOrDefault(new Key(counted, service), List.of()).stream()
        .filter(limit -> limit.validity().covers(now))
        .sorted(Comparator.comparing(limit -> limit.validity().from()))
        .forEach(limit -> byElement.put(limit.element(), limit));
    return List.copyOf(byElement.values());
  }
}
