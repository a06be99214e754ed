// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.intake;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.meterbox.crypto.Sha256;
import org.meterbox.crypto.VerificationException;
import org.meterbox.dsp.access.WebService;
import org.meterbox.dsp.answers.AnswerWriter;
import org.meterbox.dsp.delivery.Courier;
import org.meterbox.dsp.delivery.DeliveryLedger.Pending;
import org.meterbox.dsp.dispatch.Dispatcher;
import org.meterbox.dsp.requests.NewRequest;
import org.meterbox.dsp.requests.RequestKey;
import org.meterbox.dsp.requests.RequestKey.Stage;
import org.meterbox.dsp.requests.RequestLedger;
import org.meterbox.dsp.requests.RequestLedger.Storing;
import org.meterbox.dsp.requests.RequestPriority;
import org.meterbox.dsp.requests.RequestState;
import org.meterbox.dsp.users.DccUser;
import org.meterbox.dsp.users.UserDirectory;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.duis.signature.XmlVerifier;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.Priority;
import org.meterbox.kernel.catalogue.ResponseCode;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes posted documents. A request that is authentic is stored, whatever becomes of it, before it
 * is answered; the same octets get the same answer again. Safe for use by many threads.
 */
public final class Intake {
  /** Commands on their way to devices at most; supply commands may exceed it by a tenth. */
  public static final int IN_FLIGHT_MAX = 200_000;

  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  private final DuisReader reader;
  private final XmlVerifier verifier;
  private final UserDirectory users;
  private final Judgement judgement;
  private final RequestLedger ledger;
  private final AnswerWriter answers;
  private final Dispatcher dispatcher;
  private final Courier courier;
  private final InstantSource clock;
  private final Admission admission = new Admission();

  /** An intake. */
  public Intake(
      DuisReader reader,
      XmlVerifier verifier,
      UserDirectory users,
      Judgement judgement,
      RequestLedger ledger,
      AnswerWriter answers,
      Dispatcher dispatcher,
      Courier courier,
      InstantSource clock) {
    this.reader = reader;
    this.verifier = verifier;
    this.users = users;
    this.judgement = judgement;
    this.ledger = ledger;
    this.answers = answers;
    this.dispatcher = dispatcher;
    this.courier = courier;
    this.clock = clock;
  }

  /**
   * Answers a posted document.
   *
   * @param service the web service that it was posted to
   * @param connection the identity of the TLS connection; none where there is no TLS
   */
  public Reply receive(WebService service, Octets document, Optional<Eui64> connection) {
    return switch (reader.readRequest(document)) {
      case Reading.Refused<ServiceRequest> refused ->
          new Reply.Unreadable(refused.refusal().toString());
      case Reading.Valid<ServiceRequest>(ServiceRequest request) ->
          ServiceRequestCatalogue.current()
              .find(request.serviceReferenceVariant())
              .map(entry -> receive(service, request, entry, connection))
              .orElseGet(() -> new Reply.Unreadable("no such service reference variant"));
    };
  }

  private Reply receive(
      WebService service,
      ServiceRequest request,
      ServiceRequestEntry entry,
      Optional<Eui64> connection) {
    Priority priority = RequestPriority.of(entry, request.commandVariant());
    int inFlightMax = priority == Priority.SUPPLY ? IN_FLIGHT_MAX / 10 * 11 : IN_FLIGHT_MAX;
    if (dispatcher.inFlight() >= inFlightMax) {
      return new Reply.Busy();
    }
    Optional<Admission.Place> place = admission.enter(priority);
    if (place.isEmpty()) {
      return new Reply.Busy();
    }
    try (Admission.Place _ = place.get()) {
      Instant now = clock.instant();
      Optional<String> impostor = impostor(request, connection);
      if (impostor.isPresent()) {
        LOG.info("{}: {}", request.requestId(), impostor.get());
        return refuseUnstored(request, ResponseCode.E1, now);
      }
      return store(request, priority, judgement.judge(service, request, entry, now), now);
    }
  }

  /** Why the document is not from whom it says it is; nothing of it is stored then. */
  private Optional<String> impostor(ServiceRequest request, Optional<Eui64> connection) {
    Eui64 originator = request.requestId().originator();
    try {
      verifier.verify(request.signature(), originator, XmlVerifier.USER_ROLES);
    } catch (VerificationException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
    Optional<DccUser> user = users.find(originator);
    boolean entitled =
        connection.isEmpty() || user.map(u -> u.entitles(connection.get())).orElse(false);
    return entitled
        ? Optional.empty()
        : Optional.of("brought by " + connection.get() + ", which may not speak for it");
  }

  private Reply store(ServiceRequest request, Priority priority, Outcome outcome, Instant now) {
    NewRequest stored = newRequest(request, priority, outcome, now);
    return switch (ledger.store(stored)) {
      case Storing.Stored(List<Pending> notices) -> {
        notices.forEach(courier::push);
        if (stored.state() instanceof RequestState.InFlight) {
          stored.command().ifPresent(command -> dispatcher.send(command, priority));
        }
        yield new Reply.Answer(stored.answer());
      }
      case Storing.SameAgain(Octets answer) -> new Reply.Answer(answer);
      case Storing.OtherContent _ -> {
        LOG.info("{}: the Request ID was used for another document", request.requestId());
        yield refuseUnstored(request, Outcome.UNNAMED, now);
      }
    };
  }

  private NewRequest newRequest(
      ServiceRequest request, Priority priority, Outcome outcome, Instant now) {
    Stage stage =
        request.commandVariant() == CommandVariant.TRANSFORM ? Stage.TRANSFORM : Stage.EXECUTION;
    RequestKey key = new RequestKey(request.requestId(), stage);
    Octets digest = Sha256.of(request.asReceived());
    return switch (outcome) {
      case Outcome.Accepted accepted ->
          new NewRequest(
              key,
              request.serviceReferenceVariant(),
              request.commandVariant(),
              priority,
              accepted.deviceType(),
              now,
              request.asReceived(),
              digest,
              answer(request, accepted.code(), now, accepted.data()),
              accepted.state(),
              accepted.command(),
              accepted.role(),
              Optional.empty(),
              accepted.notices());
      case Outcome.Refused refused ->
          new NewRequest(
              key,
              request.serviceReferenceVariant(),
              request.commandVariant(),
              priority,
              Optional.empty(),
              now,
              request.asReceived(),
              digest,
              answer(request, refused.code(), now, new ResponseData.Nothing()),
              new RequestState.Refused(refused.code()),
              Optional.empty(),
              Optional.empty(),
              Optional.of(refused.rule()),
              List.of());
    };
  }

  private Octets answer(ServiceRequest request, ResponseCode code, Instant now, ResponseData data) {
    return answers.synchronous(
        request.requestId(), request.serviceReferenceVariant(), code, now, data);
  }

  private Reply refuseUnstored(ServiceRequest request, ResponseCode code, Instant now) {
    return new Reply.Answer(answer(request, code, now, new ResponseData.Nothing()));
  }
}
