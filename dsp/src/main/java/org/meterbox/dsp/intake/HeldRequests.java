// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.intake;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.meterbox.dsp.access.Refusal;
import org.meterbox.dsp.access.WebService;
import org.meterbox.dsp.anomaly.AnomalyDetection;
import org.meterbox.dsp.answers.AnswerWriter;
import org.meterbox.dsp.delivery.Courier;
import org.meterbox.dsp.delivery.DeliveryLedger.Pending;
import org.meterbox.dsp.delivery.Notice;
import org.meterbox.dsp.dispatch.Dispatcher;
import org.meterbox.dsp.intake.RequestDecision.CommandNeeded;
import org.meterbox.dsp.intake.RequestDecision.CommandUse;
import org.meterbox.dsp.intake.RequestDecisions.Posted;
import org.meterbox.dsp.requests.CommandForDevice;
import org.meterbox.dsp.requests.CommandRecord;
import org.meterbox.dsp.requests.FailureReason;
import org.meterbox.dsp.requests.FutureDate;
import org.meterbox.dsp.requests.Predecessor;
import org.meterbox.dsp.requests.RequestEvent;
import org.meterbox.dsp.requests.RequestLedger;
import org.meterbox.dsp.requests.RequestLedger.Move;
import org.meterbox.dsp.requests.RequestLifecycle;
import org.meterbox.dsp.requests.RequestLifecycle.Effect;
import org.meterbox.dsp.requests.RequestLifecycle.Step;
import org.meterbox.dsp.requests.RequestState;
import org.meterbox.dsp.requests.RequestState.Quarantined;
import org.meterbox.dsp.requests.RequestState.WaitingForPredecessor;
import org.meterbox.dsp.requests.RequestTimes;
import org.meterbox.dsp.requests.SequenceRules;
import org.meterbox.dsp.requests.StoredRequest;
import org.meterbox.dsp.requests.StoredRequest.SequencePlace;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.catalogue.FutureDating;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;
import org.meterbox.kernel.faults.FaultCount;
import org.meterbox.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after requests whose time has come: it carries out what the DSP held and what waited for
 * another request, and ends what has waited too long. Each is claimed in the store, so that several
 * processes share the work. Safe for use by many threads.
 */
public final class HeldRequests implements AutoCloseable {
  /** How long closing waits for work in progress. */
  static final Duration CLOSE_WAIT = Duration.ofSeconds(15);

  private static final Logger LOG = LoggerFactory.getLogger(HeldRequests.class);

  private final RequestLedger ledger;
  private final RequestFactsLoader facts;
  private final DeviceCommands commands;
  private final DuisReader reader;
  private final AnswerWriter answers;
  private final Dispatcher dispatcher;
  private final Courier courier;
  private final RequestTimes times;
  private final AnomalyDetection anomalies;
  private final InstantSource clock;

  private final ClaimedWork<StoredRequest> due;
  private final AtomicBoolean wokenUp = new AtomicBoolean();
  private final ExecutorService waker =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("due-requests").factory());
  private volatile boolean closed;

  /** Looks after requests; {@link #lookAfterDue} must be called every few seconds. */
  public HeldRequests(
      RequestLedger ledger,
      RequestFactsLoader facts,
      DeviceCommands commands,
      DuisReader reader,
      AnswerWriter answers,
      Dispatcher dispatcher,
      Courier courier,
      RequestTimes times,
      AnomalyDetection anomalies,
      InstantSource clock) {
    this.ledger = ledger;
    this.facts = facts;
    this.commands = commands;
    this.reader = reader;
    this.answers = answers;
    this.dispatcher = dispatcher;
    this.courier = courier;
    this.times = times;
    this.anomalies = anomalies;
    this.clock = clock;
    this.due =
        new ClaimedWork<>(
            "held requests",
            max -> ledger.claimDue(clock.instant(), times.claim(), max),
            this::look,
            () -> dispatcher.inFlight() < Intake.IN_FLIGHT_MAX,
            clock);
  }

  /** Has due requests looked after soon, by another thread; several calls may lead to one look. */
  public void wakeUp() {
    if (!closed && wokenUp.compareAndSet(false, true)) {
      waker.execute(() -> {
        wokenUp.set(false);
        try {
          lookAfterDue();
        } catch (StoreException e) {
          // What is due stays in the store; the timer looks again.
          LOG.warn("due requests wait, since the store cannot be used: {}", e.getMessage());
        }
      });
    }
  }

  /** Starts nothing more and waits, within a bound, until what is in hand is stored. */
  @Override
  public void close() {
    closed = true;
    waker.shutdown();
    try {
      if (!waker.awaitTermination(CLOSE_WAIT.toNanos(), TimeUnit.NANOSECONDS)) {
        LOG.warn("due requests were still looked after {} after the end", CLOSE_WAIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Looks after requests whose time has come. */
  public void lookAfterDue() {
    due.look();
  }

  /** Faults of our own in this work. */
  public FaultCount faults() {
    return due.faults();
  }

  private void look(StoredRequest request) {
    Instant now = clock.instant();
    if (request.state() instanceof Quarantined quarantined) {
      released(request, quarantined, now);
      return;
    }
    StoredRequest read = request;
    RequestEvent event = new RequestEvent.TimeCame();
    if (request.state() instanceof WaitingForPredecessor waiting) {
      Optional<Predecessor> predecessor = ledger.predecessor(waiting.predecessor());
      event = SequenceRules.event(predecessor, heldUntil(request));
      int position = SequenceRules.positionAfter(predecessor);
      read = request.at(new SequencePlace(Optional.of(waiting.predecessor()), position));
    }
    happened(request, read, event, now);
  }

  /**
   * Goes on with a request that people have released, as if it had come now. Where the time at
   * which the DSP was to carry it out has passed meanwhile, it fails.
   */
  private void released(StoredRequest request, Quarantined quarantined, Instant now) {
    boolean missed =
        heldUntil(request)
            .filter(date -> FutureDate.of(Optional.of(date), now) == FutureDate.NOW)
            .filter(date -> anomalies.find(quarantined.event()).orElseThrow().at().isBefore(date))
            .isPresent();
    Optional<Posted> posted = posted(request);
    if (missed || posted.isEmpty()) {
      String why = missed ? "its time passed in quarantine" : "cannot be read any more";
      refused(request, request, FailureReason.HELD_REQUEST_FAILED, why, now);
      return;
    }
    switch (decide(posted.get(), now)) {
      case CommandNeeded needed ->
          carryOut(request, request.grantedTo(needed.role()), posted.get(), needed, now);
      case RequestDecision.NotYet(RequestState.Open next, var _, var _, var _) ->
          RequestLifecycle.decide(request.state(), new RequestEvent.Postponed(next), now, times)
              .ifPresent(step -> postponed(request, step, now));
      case RequestDecision.NotYet _ ->
          refused(
              request,
              request,
              FailureReason.PREDECESSOR_FAILED,
              "the request before it came to nothing",
              now);
      case RequestDecision.Refused(Refusal refusal) ->
          refused(request, request, notEntitled(request), refusal.rule(), now);
      case RequestDecision.AnsweredByDsp _ ->
          refused(
              request,
              request,
              FailureReason.HELD_REQUEST_FAILED,
              "the DSP would answer it by itself now",
              now);
    }
  }

  private void postponed(StoredRequest request, Step step, Instant now) {
    boolean moved = move(request, request, step, Optional.empty(), now);
    if (moved && ledger.releaseIfPredecessorDone(request.key().id(), now)) {
      wakeUp();
    }
  }

  private RequestDecision decide(Posted posted, Instant now) {
    try {
      return RequestDecisions.decide(facts.load(posted, now), posted, times, now);
    } catch (ElementException notAsTheSchemaSays) {
      return new RequestDecision.Refused(
          Refusal.withoutOwnCode(String.valueOf(notAsTheSchemaSays.getMessage())));
    }
  }

  /** The time until which the DSP holds the request, if it is one that the DSP holds. */
  private static Optional<Instant> heldUntil(StoredRequest request) {
    return request.execution().filter(date -> entry(request).futureDating() == FutureDating.DSP);
  }

  /**
   * Moves a request on.
   *
   * @param before the request as it was read
   * @param known the same with what was learned about its place in a sequence
   */
  private void happened(
      StoredRequest before, StoredRequest known, RequestEvent event, Instant now) {
    Optional<Step> step = RequestLifecycle.decide(before.state(), event, now, times);
    if (step.isEmpty()) {
      return;
    }
    if (step.get().effects().contains(Effect.CARRY_OUT)) {
      carryOut(before, known, now);
      return;
    }
    move(before, known, step.get(), Optional.empty(), now);
  }

  private boolean move(
      StoredRequest before, StoredRequest known, Step step, Optional<String> rule, Instant now) {
    Move move =
        new Move(
            before,
            known.in(step.state()),
            Optional.empty(),
            rule,
            answers.about(known, step.state(), now));
    Optional<List<Pending>> stored =
        ledger.move(move, now, RequestLedger.changesOf(step, known, now));
    stored.ifPresent(pending -> pending.forEach(courier::push));
    return stored.isPresent();
  }

  private void carryOut(StoredRequest before, StoredRequest known, Instant now) {
    Optional<Posted> posted = posted(known);
    if (posted.isEmpty()) {
      LOG.error("{}: the stored request cannot be read any more", known.key().id());
      refused(before, known, FailureReason.HELD_REQUEST_FAILED, "cannot be read any more", now);
      return;
    }
    switch (decideAgain(posted.get(), now)) {
      case CommandNeeded needed ->
          carryOut(before, known.grantedTo(needed.role()), posted.get(), needed, now);
      case RequestDecision.Refused(Refusal refusal) ->
          refused(before, known, notEntitled(known), refusal.rule(), now);
      case RequestDecision.AnsweredByDsp _, RequestDecision.NotYet _ ->
          throw new IllegalStateException("a second decision is to carry out or to refuse");
    }
  }

  private RequestDecision decideAgain(Posted posted, Instant now) {
    try {
      return RequestDecisions.decideAgain(facts.load(posted, now), posted, now);
    } catch (ElementException notAsTheSchemaSays) {
      return new RequestDecision.Refused(
          Refusal.withoutOwnCode(String.valueOf(notAsTheSchemaSays.getMessage())));
    }
  }

  private void carryOut(
      StoredRequest before, StoredRequest known, Posted posted, CommandNeeded needed, Instant now) {
    switch (commands.make(posted.request(), needed)) {
      case PreparedCommand.Refused(Refusal refusal) ->
          refused(before, known, FailureReason.HELD_REQUEST_FAILED, refusal.rule(), now);
      case PreparedCommand.Ready(CommandForDevice command) ->
          made(before, known, needed, command, now);
    }
  }

  private void made(
      StoredRequest before,
      StoredRequest known,
      CommandNeeded needed,
      CommandForDevice command,
      Instant now) {
    boolean sent = needed.use() != CommandUse.GIVE_BACK;
    RequestEvent event =
        sent ? new RequestEvent.CommandMade() : new RequestEvent.CommandGivenBack();
    Step step = RequestLifecycle.decide(before.state(), event, now, times).orElseThrow();
    CommandRecord record = commands.record(command, needed, known.priority(), now);
    List<Notice> local =
        needed.use() == CommandUse.SEND
            ? List.of()
            : List.of(
                answers.localCommand(known.key().id(), known.service(), command.octets(), now));
    Move move =
        new Move(before, known.in(step.state()), Optional.of(record), Optional.empty(), local);
    ledger
        .move(move, now, List.of())
        .ifPresent(notices -> {
          notices.forEach(courier::push);
          if (sent) {
            dispatcher.send(known.key().id(), command, known.priority());
          }
        });
  }

  private void refused(
      StoredRequest before, StoredRequest known, FailureReason reason, String rule, Instant now) {
    RequestLifecycle.decide(before.state(), new RequestEvent.CarryingOutRefused(reason), now, times)
        .ifPresent(step -> {
          if (move(before, known, step, Optional.of(rule), now) && known.sequence().isPresent()) {
            wakeUp();
          }
        });
  }

  private static FailureReason notEntitled(StoredRequest request) {
    return request.heldByDsp()
        ? FailureReason.HELD_NOT_ENTITLED
        : FailureReason.HELD_REQUEST_FAILED;
  }

  private Optional<Posted> posted(StoredRequest request) {
    Optional<Octets> document = ledger.document(request.key());
    return document.isPresent()
            && reader.readRequest(document.get())
                instanceof Reading.Valid<ServiceRequest>(ServiceRequest read)
        ? Optional.of(new Posted(read, entry(request), WebService.serving(request.variant())))
        : Optional.empty();
  }

  private static ServiceRequestEntry entry(StoredRequest request) {
    return ServiceRequestCatalogue.current().find(request.service()).orElseThrow();
  }
}
