// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.meterbox.conformance.ReferenceData;
import org.meterbox.conformance.differential.PreCommandFaults.Fault;
import org.meterbox.correlate.Correlation;
import org.meterbox.correlate.ParseAndCorrelate;
import org.meterbox.correlate.check.OriginalRequest;
import org.meterbox.correlate.check.SenderTimes;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GbcsMessage.PreCommand;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;
import org.meterbox.transform.BusinessOriginator;
import org.meterbox.transform.Transform;
import org.meterbox.transform.TransformResult;
import org.meterbox.transform.TransformResult.Critical;
import org.meterbox.transform.TranslationRequest;

/**
 * The translator of the DSP and the check of the user share no code and no table. For drawn
 * requests of every critical kind they must say the same, and whatever the translator does
 * otherwise than it should the check must find.
 *
 * <p>A drawn request often contradicts itself, and both refuse it then; most of all where there are
 * no reference requests to begin from. As many are drawn of each kind as it takes until enough were
 * translated.
 *
 * <p>{@code -Dmeterbox.differential.requests=N} draws at least N of each kind, {@code
 * -Dmeterbox.differential.faults=N} tries N faults of each Pre-Command, {@code
 * -Dmeterbox.differential.seed=N} draws others.
 */
class TransformAgainstCorrelateTest {
  private static final long SEED = Long.getLong("meterbox.differential.seed", 20260217L);
  private static final int REQUESTS = Integer.getInteger("meterbox.differential.requests", 60);

  /** So many of each kind are to be translated and found right. */
  private static final int AGREED_MIN = REQUESTS / 5;

  /** The most that are drawn of each kind: a kind that is hardly ever translated is a fault. */
  private static final int REQUESTS_MAX = 40 * REQUESTS;

  private static final int FAULTS = Integer.getInteger("meterbox.differential.faults", 12);

  /** Of the faults, how many change structure for each that changes one octet. */
  private static final int STRUCTURAL = 4;

  private static final Instant NOW = Instant.parse("2026-02-17T09:30:15Z");

  /** A Pre-Command of no use case at all. */
  private static final PreCommand ANY =
      new PreCommand(
          GroupedContent.unsigned(
              GroupingHeader.of(
                  CraFlag.COMMAND,
                  new MessageId(new Eui64(1), new Eui64(2), new OriginatorCounter(3)),
                  new OtherInformation.CodeOnly(new MessageCode(0xFFFF))),
              Octets.ofHex("0500")));

  private final RandomGenerator random = new SplittableRandom(SEED);
  private final Neighbourhood neighbourhood = new Neighbourhood(random, NOW);
  private final ParseAndCorrelate correlator =
      new ParseAndCorrelate(neighbourhood, 1, SenderTimes.exactly(NOW), neighbourhood);
  private final List<String> disagreements = new ArrayList<>();
  private final List<String> uncaught = new ArrayList<>();
  private final Map<String, Integer> disagreementsOfKind = new HashMap<>();
  private final Map<String, Tally> table = new TreeMap<>();

  /** What came of the requests of one kind. */
  private static final class Tally {
    private int generated;
    private int agreed;
    private int refusedByBoth;
    private int unmapped;
    private int faults;
    private int caught;
    private Optional<Octets> earlier = Optional.empty();
  }

  @Test
  void sayTheSameOfEveryRequestAndTheCheckFindsEveryFault() throws DecodeException {
    DrawnRequests requests = new DrawnRequests(random);
    ReferenceData.find().ifPresent(data -> requests.with(data.resolve("rtds/duis")));
    for (ServiceRequestEntry kind : ServiceRequestCatalogue.current().entries()) {
      if (kind.critical()) {
        Tally tally = new Tally();
        table.put(kind.variant().value(), tally);
        for (int drawn = 0;
            drawn < REQUESTS || (tally.agreed < AGREED_MIN && drawn < REQUESTS_MAX);
            drawn++) {
          tally.generated++;
          tryOne(kind, requests.draw(kind), tally);
        }
      }
    }
    print();
    assertThat(Map.of("disagreements", disagreements, "faults not caught", uncaught))
        .as("seed %d", SEED)
        .allSatisfy((what, found) -> assertThat(found).as(what).isEmpty());
    assertThat(table)
        .hasSize(37)
        .allSatisfy((kind, tally) -> {
          assertThat(tally.unmapped).as("%s, unmapped", kind).isZero();
          assertThat(tally.agreed).as(kind).isGreaterThanOrEqualTo(AGREED_MIN);
        });
  }

  /**
   * A request says only by its parts what kind of meter it is for: it is offered to all that its
   * service may go to.
   */
  private void tryOne(ServiceRequestEntry kind, ServiceRequest request, Tally tally)
      throws DecodeException {
    OriginalRequest original = OriginalRequest.of(request);
    List<String> refusals = new ArrayList<>();
    boolean unmapped = false;
    boolean unusable = true;
    for (TranslationRequest subject : neighbourhood.subjects(kind, request)) {
      neighbourhood.tell(subject.device());
      // Whatever the octets: whether the check knows what they should be.
      unusable &= correlator.correlate(original, ANY) instanceof Correlation.Unusable;
      switch (Transform.standard().translate(subject, new BusinessOriginator.KnownRemoteParty())) {
        case Critical(PreCommand preCommand) -> {
          Correlation correlation = correlator.correlate(original, preCommand.encode());
          if (correlation instanceof Correlation.Match) {
            tally.agreed++;
            tryFaults(original, preCommand, tally);
          } else {
            disagree(subject, "translated, but " + correlation);
          }
          return;
        }
        case TransformResult.Refused refused ->
            refusals.add(subject.device().type() + ": " + refused.reason());
        case TransformResult.NotYetTranslated _ -> unmapped = true;
        case TransformResult.NonCritical _ -> disagree(subject, "translated as if not critical");
      }
    }
    if (unusable) {
      tally.refusedByBoth++;
    } else if (unmapped) {
      tally.unmapped++;
    } else {
      disagree(
          neighbourhood.subjects(kind, request).getFirst(),
          "not translated, yet the check knows how: " + refusals);
    }
  }

  private void tryFaults(OriginalRequest request, PreCommand preCommand, Tally tally)
      throws DecodeException {
    List<Fault> faults = new ArrayList<>(PreCommandFaults.structural(preCommand));
    Collections.shuffle(faults, Random.from(random));
    List<Fault> tried = new ArrayList<>(faults.subList(0, Math.min(FAULTS, faults.size())));
    for (int i = 0; i < Math.max(1, FAULTS / STRUCTURAL); i++) {
      tried.add(PreCommandFaults.ofOctet(preCommand, random));
    }
    tally.earlier.ifPresent(other -> tried.add(new Fault("another request's", () -> other)));
    for (Fault fault : tried) {
      Octets octets = fault.octets().get();
      if (octets.equals(preCommand.encode())) {
        continue;
      }
      tally.faults++;
      if (correlator.correlate(request, octets) instanceof Correlation.Match) {
        uncaught.add(
            String.format(
                Locale.ROOT,
                "%s: %s%n  is  %s%n  not %s",
                request,
                fault.name(),
                octets.hex(),
                preCommand.encode().hex()));
      } else {
        tally.caught++;
      }
    }
    tally.earlier = Optional.of(preCommand.encode());
  }

  private void disagree(TranslationRequest subject, String how) {
    String kind = subject.request().serviceReferenceVariant().value();
    // The first few of a kind say it all.
    if (disagreementsOfKind.merge(kind, 1, Integer::sum) <= 3) {
      disagreements.add(
          String.format(
              Locale.ROOT,
              "%s for %s: %s%n  %s",
              kind,
              subject.device(),
              how,
              new String(subject.request().asReceived().toArray(), StandardCharsets.UTF_8)));
    }
  }

  private void print() {
    System.out.printf(
        Locale.ROOT,
        "%-8s %9s %7s %15s %9s %8s %8s%n",
        "request",
        "generated",
        "agreed",
        "refused by both",
        "unmapped",
        "faults",
        "caught");
    Tally sum = new Tally();
    table.forEach((kind, tally) -> {
      print(kind, tally);
      sum.generated += tally.generated;
      sum.agreed += tally.agreed;
      sum.refusedByBoth += tally.refusedByBoth;
      sum.unmapped += tally.unmapped;
      sum.faults += tally.faults;
      sum.caught += tally.caught;
    });
    print("all", sum);
  }

  private static void print(String kind, Tally tally) {
    System.out.printf(
        Locale.ROOT,
        "%-8s %,9d %,7d %,15d %,9d %,8d %,8d%n",
        kind,
        tally.generated,
        tally.agreed,
        tally.refusedByBoth,
        tally.unmapped,
        tally.faults,
        tally.caught);
  }
}
