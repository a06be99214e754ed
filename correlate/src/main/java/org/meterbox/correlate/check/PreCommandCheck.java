// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.meterbox.correlate.Correlation;
import org.meterbox.correlate.Correlation.Match;
import org.meterbox.correlate.Correlation.Mismatch;
import org.meterbox.correlate.Correlation.Unusable;
import org.meterbox.correlate.Difference;
import org.meterbox.correlate.expectation.Expectation;
import org.meterbox.correlate.expectation.PayloadComparison;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GbcsMessage.PreCommand;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;

/**
 * Compares a Pre-Command with its request. It matches only if every octet is accounted for: the
 * header says what the request's identifier says, and the payload is octet for octet what the
 * request needs. Safe for use by many threads.
 */
public final class PreCommandCheck {
  private final UserKnowledge knowledge;

  /** Checks with what the user knows besides the request. */
  public PreCommandCheck(UserKnowledge knowledge) {
    this.knowledge = knowledge;
  }

  /** Compares octets that claim to be the Pre-Command of a request. */
  public Correlation check(OriginalRequest request, Octets preCommand) {
    GbcsMessage message;
    try {
      message = GbcsMessage.decode(preCommand);
    } catch (DecodeException e) {
      return new Unusable("the octets are no GBCS message: " + e.getMessage());
    }
    return switch (message) {
      case PreCommand found -> check(request, found);
      case GbcsMessage.SignedPreCommand ignored -> notAPreCommand("it is signed already");
      case GbcsMessage.DirectCommand ignored -> notAPreCommand("it goes to a device as it is");
      case GbcsMessage.UnsecuredCommand ignored -> notAPreCommand("it is not critical");
      case GbcsMessage.Command ignored -> notAPreCommand("it is a whole command");
      case GbcsMessage.Response ignored -> notAPreCommand("it is a response");
      case GbcsMessage.Alert ignored -> notAPreCommand("it is an alert");
    };
  }

  /** Compares a Pre-Command with its request. */
  public Correlation check(OriginalRequest request, PreCommand preCommand) {
    Optional<CriticalRequests.Entry> entry = CriticalRequests.find(request.service());
    if (entry.isEmpty()) {
      return new Unusable(
          String.format(Locale.ROOT, "the service %s has no Pre-Command", request.service()));
    }
    Optional<Unusable> contradiction = contradiction(request, entry.get());
    if (contradiction.isPresent()) {
      return contradiction.get();
    }
    try {
      return compare(request, entry.get().reading().expectations(request, knowledge), preCommand);
    } catch (ElementException e) {
      return new Unusable("the request does not say what it wants: " + e.getMessage());
    }
  }

  /** What the header of a request that becomes a Pre-Command says beside its service. */
  private static Optional<Unusable> contradiction(
      OriginalRequest request, CriticalRequests.Entry entry) {
    if (!entry.element().equals(request.body().localName())) {
      return Optional.of(
          new Unusable(
              String.format(
                  Locale.ROOT,
                  "a request for %s has the element %s, not %s",
                  request.service(),
                  entry.element(),
                  request.body().localName())));
    }
    if (!request.service().serviceReference().equals(request.serviceReference())) {
      return Optional.of(
          new Unusable(
              String.format(
                  Locale.ROOT,
                  "the ServiceReference of a request for %s is %s, not %s",
                  request.service(),
                  request.service().serviceReference(),
                  request.serviceReference())));
    }
    if (request.commandVariant() != CommandVariant.TRANSFORM) {
      return Optional.of(
          new Unusable(
              String.format(
                  Locale.ROOT,
                  "only a request with CommandVariant 4 is answered with a Pre-Command, this one"
                      + " has %d",
                  request.commandVariant().number())));
    }
    return Optional.empty();
  }

  private Correlation compare(
      OriginalRequest request, List<Expectation> expectations, PreCommand preCommand) {
    GroupingHeader header = preCommand.header();
    List<Difference> differences = new ArrayList<>(identity(request.requestId(), header));
    List<Expectation> sameUseCase =
        expectations.stream().filter(e -> e.useCase().equals(header.messageCode())).toList();
    if (sameUseCase.isEmpty()) {
      String due =
          expectations.stream()
              .map(e -> e.useCase().hex())
              .distinct()
              .collect(Collectors.joining(" or "));
      differences.add(new Difference("the use case", due, header.messageCode().hex()));
      return new Mismatch(differences);
    }
    List<Report> reports = new ArrayList<>();
    for (Expectation expectation : sameUseCase) {
      switch (expectation) {
        case Expectation.Unknowable(MessageCode _, String reason) -> {
          return new Unusable(reason);
        }
        case Expectation.Payload payload -> {
          reports.add(report(payload, preCommand.content().payload()));
        }
      }
    }
    Report nearest = Collections.min(reports, Comparator.comparingInt(r -> r.differences().size()));
    differences.addAll(nearest.differences());
    return differences.isEmpty()
        ? new Match(header.messageCode(), nearest.issuerTime())
        : new Mismatch(differences);
  }

  private record Report(List<Difference> differences, Optional<Instant> issuerTime) {}

  private Report report(Expectation.Payload expected, Octets found) {
    return new Report(
        PayloadComparison.differences(expected, found, knowledge.senderTimes()::plausible),
        PayloadComparison.issuerTime(expected, found));
  }

  /** What the header says of originator, target and counter, and that it says nothing else. */
  private static List<Difference> identity(MessageId requested, GroupingHeader header) {
    List<Difference> differences = new ArrayList<>();
    MessageId found = header.messageId();
    compare("the originator", requested.originator(), found.originator(), differences);
    compare("the target device", requested.target(), found.target(), differences);
    compare("the originator counter", requested.counter(), found.counter(), differences);
    if (header.dateTime().isPresent()) {
      differences.add(new Difference("the date-time of the header", "none", "one"));
    }
    if (!(header.otherInformation() instanceof OtherInformation.CodeOnly)) {
      differences.add(
          new Difference("the supplementary party", "none", "one behind the originator"));
    }
    return differences;
  }

  private static void compare(
      String field, Object requested, Object found, List<Difference> differences) {
    if (!requested.equals(found)) {
      differences.add(new Difference(field, requested.toString(), found.toString()));
    }
  }

  private static Unusable notAPreCommand(String because) {
    return new Unusable("the octets are no Pre-Command: " + because);
  }
}
