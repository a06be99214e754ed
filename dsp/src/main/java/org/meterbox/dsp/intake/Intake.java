// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.intake;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.crypto.Sha256;
import org.meterbox.crypto.VerificationException;
import org.meterbox.dsp.access.Refusal;
import org.meterbox.dsp.access.WebService;
import org.meterbox.dsp.anomaly.AnomalyDetection;
import org.meterbox.dsp.anomaly.Breach;
import org.meterbox.dsp.answers.AnswerWriter;
import org.meterbox.dsp.delivery.Courier;
import org.meterbox.dsp.delivery.DeliveryLedger.Pending;
import org.meterbox.dsp.delivery.Notice;
import org.meterbox.dsp.dispatch.Dispatcher;
import org.meterbox.dsp.estate.ConsequenceWriter;
import org.meterbox.dsp.intake.RequestDecision.AnsweredByDsp;
import org.meterbox.dsp.intake.RequestDecision.CommandNeeded;
import org.meterbox.dsp.intake.RequestDecision.CommandUse;
import org.meterbox.dsp.intake.RequestDecision.NotYet;
import org.meterbox.dsp.intake.RequestDecisions.Posted;
import org.meterbox.dsp.limits.DocumentLimits;
import org.meterbox.dsp.limits.InFlightQuota;
import org.meterbox.dsp.requests.CommandForDevice;
import org.meterbox.dsp.requests.CommandOfRequest;
import org.meterbox.dsp.requests.CommandRecord;
import org.meterbox.dsp.requests.NewRequest;
import org.meterbox.dsp.requests.RequestKey;
import org.meterbox.dsp.requests.RequestKey.Stage;
import org.meterbox.dsp.requests.RequestLedger;
import org.meterbox.dsp.requests.RequestLedger.Known;
import org.meterbox.dsp.requests.RequestLedger.Storing;
import org.meterbox.dsp.requests.RequestPriority;
import org.meterbox.dsp.requests.RequestState;
import org.meterbox.dsp.requests.RequestTimes;
import org.meterbox.dsp.requests.StaleFactsException;
import org.meterbox.dsp.requests.StoredChange;
import org.meterbox.dsp.requests.StoredRequest;
import org.meterbox.dsp.requests.StoredRequest.SequencePlace;
import org.meterbox.dsp.users.DccUser;
import org.meterbox.dsp.users.UserDirectory;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.request.SignedPreCommand;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.duis.signature.XmlVerifier;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.duis.xml.XmlLimits;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.Priority;
import org.meterbox.kernel.UserRole;
import org.meterbox.kernel.catalogue.ResponseCode;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes posted documents. An authentic request is looked for among those that came before; a new
 * one is decided on and stored with everything that the decision changes, in one transaction,
 * before it is answered. The same octets get the same answer again. Safe for use by many threads.
 */
public final class Intake {
  /** Commands on their way to devices at most; supply commands may exceed it by a tenth. */
  public static final int IN_FLIGHT_MAX = 200_000;

  /** How often a request is decided on whose facts change while it is being stored. */
  private static final int DECISIONS_MAX = 3;

  /** The GBCS version named with a Pre-Command where the inventory has none for the device. */
  private static final String GBCS_VERSION = "4.2";

  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  private final DuisReader reader;
  private final XmlVerifier verifier;
  private final UserDirectory users;
  private final RequestFactsLoader facts;
  private final DeviceCommands commands;
  private final RequestLedger ledger;
  private final RequestTimes times;
  private final AnomalyDetection anomalies;
  private final AnswerWriter answers;
  private final ConsequenceWriter consequences;
  private final Dispatcher dispatcher;
  private final Courier courier;
  private final Runnable dueWork;
  private final InstantSource clock;
  private final InFlightQuota quota;
  private final ConcurrencyLimit concurrency = new ConcurrencyLimit();
  private final DocumentLimits documents = new DocumentLimits();
  private final RecentRefusals refusals = new RecentRefusals();

  /**
   * An intake.
   *
   * @param dueWork called when something has become due in the store
   */
  public Intake(
      DuisReader reader,
      XmlVerifier verifier,
      UserDirectory users,
      RequestFactsLoader facts,
      DeviceCommands commands,
      RequestLedger ledger,
      RequestTimes times,
      AnomalyDetection anomalies,
      AnswerWriter answers,
      ConsequenceWriter consequences,
      Dispatcher dispatcher,
      Courier courier,
      Runnable dueWork,
      InFlightQuota quota,
      InstantSource clock) {
    this.reader = reader;
    this.verifier = verifier;
    this.users = users;
    this.facts = facts;
    this.commands = commands;
    this.ledger = ledger;
    this.times = times;
    this.anomalies = anomalies;
    this.answers = answers;
    this.consequences = consequences;
    this.dispatcher = dispatcher;
    this.courier = courier;
    this.dueWork = dueWork;
    this.quota = quota;
    this.clock = clock;
  }

  /**
   * Answers a posted document.
   *
   * @param service the web service that it was posted to
   * @param connection the identity of the TLS connection; none where there is no TLS
   */
  public Reply receive(WebService service, Octets document, Optional<Eui64> connection) {
    Optional<DocumentLimits.Place> place = documents.enter(document.length());
    if (place.isEmpty()) {
      return new Reply.Busy();
    }
    try (DocumentLimits.Place held = place.get()) {
      Reading<ServiceRequest> reading = reader.readRequest(document);
      held.documentRead();
      return receive(service, reading, document.length(), connection);
    }
  }

  private Reply receive(
      WebService service, Reading<ServiceRequest> reading, int octets, Optional<Eui64> connection) {
    return switch (reading) {
      case Reading.Refused<ServiceRequest> refused ->
          new Reply.Unreadable(refused.refusal().toString());
      case Reading.Valid<ServiceRequest>(ServiceRequest request)
          when DocumentLimits.isLong(octets)
              && !DocumentLimits.mayBeLong(request.serviceReference()) ->
          new Reply.TooLong(
              String.format(
                  Locale.ROOT,
                  "a request of service %s has at most %d octets",
                  request.serviceReference(),
                  XmlLimits.ONE_DEVICE.octets()));
      case Reading.Valid<ServiceRequest>(ServiceRequest request) ->
          ServiceRequestCatalogue.current()
              .find(request.serviceReferenceVariant())
              .map(entry -> receive(service, request, entry, connection))
              .orElseGet(() -> new Reply.Unreadable("no such service reference variant"));
    };
  }

  /** What was refused a short time ago, for operators. */
  public RecentRefusals refusals() {
    return refusals;
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
    Optional<ConcurrencyLimit.Place> place = concurrency.enter(priority);
    if (place.isEmpty()) {
      return new Reply.Busy();
    }
    try (ConcurrencyLimit.Place _ = place.get()) {
      Instant now = clock.instant();
      Optional<String> impostor = impostor(request, connection);
      if (impostor.isPresent()) {
        LOG.info("{}: {}", request.requestId(), impostor.get());
        return refuseUnstored(request, ResponseCode.E1, impostor.get(), now);
      }
      Octets digest = Sha256.of(request.asReceived());
      Optional<Known> known = ledger.known(key(request));
      return known.isPresent()
          ? again(request, digest, known.get(), now)
          : receiveNew(new Posted(request, entry, Optional.of(service)), priority, digest, now);
    }
  }

  /** Room among the requests in flight, for one whose command goes over the SM WAN. */
  private InFlightQuota.Outcome room(ServiceRequest request, Priority priority) {
    return WebService.SEND_COMMAND.serves(request.commandVariant())
        ? quota.reserve(request.requestId(), priority)
        : new InFlightQuota.Outcome.Granted(quota.none());
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

  /** The same document gets the same answer; another one cannot have the same Request ID. */
  private Reply again(ServiceRequest request, Octets digest, Known known, Instant now) {
    if (known.digest().equals(digest)) {
      return new Reply.Answer(known.answer());
    }
    LOG.info("{}: the Request ID was used for another document", request.requestId());
    return refuseUnstored(
        request, Refusal.NO_CODE_OF_ITS_OWN, "the Request ID was used for another document", now);
  }

  private Reply receiveNew(Posted posted, Priority priority, Octets digest, Instant now) {
    return switch (room(posted.request(), priority)) {
      case InFlightQuota.Outcome.LimitReached(String limit) -> new Reply.LimitReached(limit);
      case InFlightQuota.Outcome.Granted(InFlightQuota.Reservation reservation) -> {
        try (reservation) {
          yield receiveNew(new Fresh(posted, priority, digest, now, reservation));
        }
      }
    };
  }

  private Reply receiveNew(Fresh fresh) {
    for (int attempt = 1; ; attempt++) {
      try {
        return decideAndStore(fresh);
      } catch (StaleFactsException changedMeanwhile) {
        if (attempt == DECISIONS_MAX) {
          return new Reply.Busy();
        }
      }
    }
  }

  private Reply decideAndStore(Fresh fresh) {
    Posted posted = fresh.posted();
    return switch (decide(posted, fresh.now())) {
      case RequestDecision.Refused(Refusal refusal) -> refuse(fresh, refusal);
      case AnsweredByDsp answered -> store(fresh, answered);
      case NotYet notYet -> {
        Optional<Breach> breach =
            notYet.state() instanceof RequestState.Open ? examine(fresh) : Optional.empty();
        yield breach.isPresent() ? quarantine(fresh, notYet, breach.get()) : store(fresh, notYet);
      }
      case CommandNeeded needed -> {
        Optional<Breach> breach =
            needed.use() == CommandUse.PRE_COMMAND ? Optional.empty() : examine(fresh);
        yield breach.isPresent()
            ? quarantine(fresh, needed, breach.get())
            : carryOut(fresh, needed);
      }
    };
  }

  private Reply carryOut(Fresh fresh, CommandNeeded needed) {
    return switch (commands.make(fresh.request(), needed)) {
      case PreparedCommand.Refused(Refusal refusal) -> refuse(fresh, refusal);
      case PreparedCommand.Ready(CommandForDevice command) -> store(fresh, needed, command);
    };
  }

  private Optional<Breach> examine(Fresh fresh) {
    return anomalies.examine(
        fresh.request().requestId(), fresh.posted().entry(), () -> asked(fresh), fresh.now());
  }

  /** What the user asked, in its own words: a Signed Pre-Command holds it only as a command. */
  private Optional<XmlElement> asked(Fresh fresh) {
    ServiceRequest request = fresh.request();
    if (!request.body().localName().equals(SignedPreCommand.ELEMENT)) {
      return Optional.of(request.body());
    }
    return ledger
        .document(new RequestKey(request.requestId(), Stage.TRANSFORM))
        .flatMap(document ->
            reader.readRequest(document) instanceof Reading.Valid<ServiceRequest>(var transformed)
                ? Optional.of(transformed.body())
                : Optional.empty());
  }

  private Reply quarantine(Fresh fresh, NotYet notYet, Breach breach) {
    return quarantine(
        fresh,
        accepted(fresh, notYet.state(), notYet.role(), notYet.deviceType(), notYet.place()),
        breach);
  }

  private Reply quarantine(Fresh fresh, CommandNeeded needed, Breach breach) {
    return quarantine(fresh, accepted(fresh, new RequestState.InFlight(), needed), breach);
  }

  /** It is held and not answered with an error: people decide about it. */
  private Reply quarantine(Fresh fresh, StoredRequest accepted, Breach breach) {
    MessageId id = fresh.request().requestId();
    long event = anomalies.nextEvent();
    Made told =
        new Made(
            Optional.empty(),
            Optional.empty(),
            Optional.of(breach.detail()),
            List.of(answers.quarantined(id, breach.cause(), event, fresh.now())));
    return store(
        fresh,
        accepted.in(new RequestState.Quarantined(event)),
        answer(fresh, ResponseCode.I99, new ResponseData.Nothing()),
        told,
        List.of(AnomalyDetection.quarantining(event, id, accepted.service(), breach, fresh.now())));
  }

  private RequestDecision decide(Posted posted, Instant now) {
    try {
      return RequestDecisions.decide(facts.load(posted, now), posted, times, now);
    } catch (ElementException notAsTheSchemaSays) {
      return new RequestDecision.Refused(
          Refusal.withoutOwnCode(String.valueOf(notAsTheSchemaSays.getMessage())));
    }
  }

  /** A request that is new, with what was found out about it on the way. */
  private record Fresh(
      Posted posted,
      Priority priority,
      Octets digest,
      Instant now,
      InFlightQuota.Reservation reservation) {
    ServiceRequest request() {
      return posted.request();
    }

    StoredRequest in(RequestState state) {
      return new StoredRequest(
          key(request()),
          request().serviceReferenceVariant(),
          request().commandVariant(),
          priority,
          Optional.empty(),
          state,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          sequence());
    }

    /** Kept also of what is refused, so that a later member learns of it. */
    private Optional<SequencePlace> sequence() {
      Optional<MessageId> predecessor = request().precedingRequestId();
      boolean first = request().firstInSequence().orElse(false);
      return predecessor.isPresent() || first
          ? Optional.of(new SequencePlace(predecessor, predecessor.isPresent() ? 0 : 1))
          : Optional.empty();
    }
  }

  /**
   * Keeps a refusal. What was posted to the wrong web service keeps nothing but the audit: the same
   * document may be posted to the right one.
   */
  private Reply refuse(Fresh fresh, Refusal refusal) {
    ServiceRequest request = fresh.request();
    if (refusal.code().equals(ResponseCode.E13)) {
      ledger.noteRefused(
          key(request),
          request.serviceReferenceVariant(),
          fresh.now(),
          refusal.code().code(),
          refusal.rule());
      return refuseUnstored(request, refusal.code(), refusal.rule(), fresh.now());
    }
    StoredRequest refused = fresh.in(new RequestState.Refused(refusal.code()));
    return store(
        fresh,
        refused,
        answer(request, refusal.code(), fresh.now(), new ResponseData.Nothing()),
        Made.nothingBut(refusal.rule()),
        releasing(refused, fresh.now()));
  }

  private Reply store(Fresh fresh, AnsweredByDsp answered) {
    List<StoredChange> changes = new ArrayList<>();
    answered
        .changes()
        .forEach(change -> changes.add(change.stored(fresh.request().asReceived(), fresh.now())));
    ConsequenceWriter.Written written =
        consequences.write(
            answered.consequences(), Optional.of(fresh.request().requestId()), fresh.now());
    changes.addAll(written.changes());
    return store(
        fresh,
        fresh.in(new RequestState.Answered()),
        answer(fresh.request(), answered.code(), fresh.now(), answered.data()),
        Made.telling(written.notices()),
        changes);
  }

  private Reply store(Fresh fresh, NotYet notYet) {
    StoredRequest accepted =
        accepted(fresh, notYet.state(), notYet.role(), notYet.deviceType(), notYet.place());
    Made told =
        new Made(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            answers.about(accepted, notYet.state(), fresh.now()));
    Reply reply =
        store(
            fresh,
            accepted,
            answer(fresh.request(), ResponseCode.I99, fresh.now(), new ResponseData.Nothing()),
            told,
            releasing(accepted, fresh.now()));
    if (notYet.state() instanceof RequestState.WaitingForPredecessor
        && ledger.releaseIfPredecessorDone(fresh.request().requestId(), fresh.now())) {
      dueWork.run();
    }
    return reply;
  }

  private Reply store(Fresh fresh, CommandNeeded needed, CommandForDevice command) {
    ServiceRequest request = fresh.request();
    ResponseData.LocalCommand local = new ResponseData.LocalCommand(command.octets());
    Optional<CommandRecord> record =
        Optional.of(commands.record(command, needed, fresh.priority(), fresh.now()));
    StoredRequest inFlight = accepted(fresh, new RequestState.InFlight(), needed);
    StoredRequest answered = accepted(fresh, new RequestState.Answered(), needed);
    ResponseData nothing = new ResponseData.Nothing();
    return switch (needed.use()) {
      case SEND ->
          store(
              fresh,
              inFlight,
              answer(fresh, ResponseCode.I99, nothing),
              Made.of(record),
              List.of());
      case GIVE_BACK ->
          store(fresh, answered, answer(fresh, ResponseCode.I0, local), Made.of(record), List.of());
      case SEND_AND_GIVE_BACK -> {
        Notice notice =
            answers.localCommand(
                request.requestId(),
                request.serviceReferenceVariant(),
                command.octets(),
                fresh.now());
        Made both = new Made(Optional.empty(), record, Optional.empty(), List.of(notice));
        yield store(fresh, inFlight, answer(fresh, ResponseCode.I99, nothing), both, List.of());
      }
      case PRE_COMMAND -> {
        String version = needed.device().model().gbcsVersion().orElse(GBCS_VERSION);
        ResponseData preCommand = new ResponseData.PreCommand(version, command.octets());
        yield store(
            fresh,
            answered,
            answer(fresh, ResponseCode.I0, preCommand),
            Made.preCommand(command.octets()),
            List.of());
      }
    };
  }

  private static StoredRequest accepted(Fresh fresh, RequestState state, CommandNeeded needed) {
    return accepted(fresh, state, needed.role(), needed.device().type(), needed.place());
  }

  private static StoredRequest accepted(
      Fresh fresh,
      RequestState state,
      UserRole role,
      DeviceType deviceType,
      Optional<SequencePlace> place) {
    StoredRequest request =
        fresh.in(state).grantedTo(role).forDevice(deviceType).datedFor(execution(fresh.request()));
    return place.isPresent() ? request.at(place.get()) : request;
  }

  private static Optional<Instant> execution(ServiceRequest request) {
    try {
      return request.executionDateTime();
    } catch (ElementException decidedOnAlready) {
      throw new IllegalStateException("the date was read before", decidedOnAlready);
    }
  }

  /** Requests that wait for this one learn of its end. */
  private static List<StoredChange> releasing(StoredRequest request, Instant now) {
    return request.sequence().isPresent() && request.state() instanceof RequestState.Ended
        ? List.of(RequestLedger.releasingFollowers(request.key().id(), now))
        : List.of();
  }

  /** What is stored with a request beside its answer. */
  private record Made(
      Optional<Octets> preCommand,
      Optional<CommandRecord> command,
      Optional<String> rule,
      List<Notice> notices) {
    static Made telling(List<Notice> notices) {
      return new Made(Optional.empty(), Optional.empty(), Optional.empty(), notices);
    }

    static Made of(Optional<CommandRecord> command) {
      return new Made(Optional.empty(), command, Optional.empty(), List.of());
    }

    static Made preCommand(Octets preCommand) {
      return new Made(Optional.of(preCommand), Optional.empty(), Optional.empty(), List.of());
    }

    static Made nothingBut(String rule) {
      return new Made(Optional.empty(), Optional.empty(), Optional.of(rule), List.of());
    }
  }

  private Reply store(
      Fresh fresh, StoredRequest request, Octets answer, Made made, List<StoredChange> changes) {
    NewRequest added =
        new NewRequest(
            request,
            fresh.now(),
            fresh.request().asReceived(),
            fresh.digest(),
            answer,
            made.preCommand(),
            made.command(),
            made.rule(),
            made.notices());
    return switch (ledger.store(added, changes)) {
      case Storing.Stored(List<Pending> notices) -> {
        made.rule().ifPresent(rule -> noteRefused(request, rule));
        notices.forEach(courier::push);
        if (request.state() instanceof RequestState.InFlight) {
          fresh.reservation().keep();
          made.command()
              .ifPresent(record -> dispatcher.send(new CommandOfRequest(record, request)));
        }
        if (!changes.isEmpty()) {
          dueWork.run();
        }
        yield new Reply.Answer(answer);
      }
      case Storing.KeyTaken(Known known) ->
          again(fresh.request(), fresh.digest(), known, fresh.now());
    };
  }

  private void noteRefused(StoredRequest request, String rule) {
    if (request.state() instanceof RequestState.Refused(ResponseCode code)) {
      refusals.note(new RecentRefusals.Refusal(request.key().id(), code, rule));
    }
  }

  private static RequestKey key(ServiceRequest request) {
    Stage stage =
        request.commandVariant() == CommandVariant.TRANSFORM ? Stage.TRANSFORM : Stage.EXECUTION;
    return new RequestKey(request.requestId(), stage);
  }

  private Octets answer(Fresh fresh, ResponseCode code, ResponseData data) {
    return answer(fresh.request(), code, fresh.now(), data);
  }

  private Octets answer(ServiceRequest request, ResponseCode code, Instant now, ResponseData data) {
    return answers.synchronous(
        request.requestId(), request.serviceReferenceVariant(), code, now, data);
  }

  private Reply refuseUnstored(
      ServiceRequest request, ResponseCode code, String rule, Instant now) {
    refusals.note(new RecentRefusals.Refusal(request.requestId(), code, rule));
    return new Reply.Answer(answer(request, code, now, new ResponseData.Nothing()));
  }
}
