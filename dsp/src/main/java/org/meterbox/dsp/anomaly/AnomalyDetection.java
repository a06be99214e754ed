// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.anomaly;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.meterbox.dsp.anomaly.Breach.Cause;
import org.meterbox.dsp.anomaly.QuarantineLedger.Quarantine;
import org.meterbox.dsp.requests.StoredChange;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;
import org.meterbox.kernel.catalogue.ServiceRequestEntry.Originator;
import org.meterbox.store.Store;

/**
 * Watches the requests that access control has let pass, before their commands are made. Where no
 * threshold and no value limit is set for a service, it costs nothing. Safe for use by many
 * threads.
 */
public final class AnomalyDetection implements AutoCloseable {
  private final AnomalyRuleStore rules;
  private final RequestCounts counts;
  private final QuarantineLedger quarantine;

  /** Watches by the rules in this store. */
  public AnomalyDetection(Store store) {
    this.rules = new AnomalyRuleStore(store);
    this.counts = new RequestCounts(store);
    this.quarantine = new QuarantineLedger(store);
  }

  /**
   * Counts a request and looks at its values.
   *
   * @param body the body of what the user asked, for a Signed Pre-Command that of the request which
   *     was transformed; asked for only where a value limit is set; empty where it is not there
   * @return why it is to be quarantined; empty where it passes
   */
  public Optional<Breach> examine(
      MessageId request,
      ServiceRequestEntry service,
      Supplier<Optional<XmlElement>> body,
      Instant now) {
    AnomalyRules inEffect = rules.rules(now);
    CountedParty user = new CountedParty.User(request.originator());
    return valueBreach(inEffect, user, service, body, now)
        .or(() -> countBreach(inEffect, user, service.variant(), now))
        .or(() -> countBreach(inEffect, new CountedParty.AllUsers(), service.variant(), now))
        .or(() ->
            service.originator() == Originator.CHANGE_OF_SUPPLIER
                ? countBreach(inEffect, new CountedParty.CosParty(), service.variant(), now)
                : Optional.empty());
  }

  private static Optional<Breach> valueBreach(
      AnomalyRules rules,
      CountedParty user,
      ServiceRequestEntry service,
      Supplier<Optional<XmlElement>> body,
      Instant now) {
    for (CountedParty counted : List.of(user, new CountedParty.AllUsers())) {
      List<ValueLimit> limits = rules.limits(counted, service.variant(), now);
      if (!limits.isEmpty()) {
        Optional<XmlElement> asked = body.get();
        Optional<String> broken =
            limits.stream().flatMap(limit -> asked.flatMap(limit::brokenBy).stream()).findFirst();
        if (broken.isPresent()) {
          return Optional.of(new Breach(Cause.VALUE_LIMIT, broken.get()));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Breach> countBreach(
      AnomalyRules rules, CountedParty counted, ServiceReferenceVariant service, Instant now) {
    return rules
        .threshold(counted, service, now)
        .filter(threshold -> !counts.passes(threshold, now))
        .map(threshold ->
            new Breach(
                counted instanceof CountedParty.User ? Cause.USER_THRESHOLD : Cause.DCC_THRESHOLD,
                String.format(
                    Locale.ROOT,
                    "more than %d requests of service %s within %d hours, counted for %s",
                    threshold.amount().requests(),
                    service,
                    threshold.hours(),
                    counted.key())));
  }

  /** The number of the next event. */
  public long nextEvent() {
    return quarantine.nextEvent();
  }

  /** Adds a quarantined request as part of the transaction that stores the request. */
  public static StoredChange quarantining(
      long event, MessageId request, ServiceReferenceVariant service, Breach breach, Instant now) {
    return QuarantineLedger.adding(event, request, service, breach, now);
  }

  /** The request that was quarantined by this event. */
  public Optional<Quarantine> find(long event) {
    return quarantine.find(event);
  }

  /** Drops counts that no threshold reaches any more. */
  public void forgetOldCounts(Instant now) {
    counts.forgetOld(now);
  }

  /** Warnings, the newest first. */
  List<Warning> warnings(Optional<Set<String>> counted, int max) {
    return counts.warnings(counted, max);
  }

  /** The thresholds and limits, read anew. */
  AnomalyRules readRules(Instant now) {
    return rules.read(now);
  }

  /** Whether this identifier is meant. */
  static boolean sentBy(Quarantine quarantine, Eui64 organisation) {
    return quarantine.request().originator().equals(organisation);
  }

  /** Gives back what this process had taken of the counts. */
  @Override
  public void close() {
    counts.close();
  }
}
