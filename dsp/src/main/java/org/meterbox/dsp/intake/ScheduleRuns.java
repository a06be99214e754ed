// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.intake;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.crypto.Sha256;
import org.meterbox.dsp.access.Refusal;
import org.meterbox.dsp.answers.AnswerWriter;
import org.meterbox.dsp.delivery.Courier;
import org.meterbox.dsp.delivery.DeliveryLedger.Pending;
import org.meterbox.dsp.dispatch.Dispatcher;
import org.meterbox.dsp.intake.RequestDecision.CommandNeeded;
import org.meterbox.dsp.intake.RequestDecisions.Posted;
import org.meterbox.dsp.requests.CommandForDevice;
import org.meterbox.dsp.requests.CommandRecord;
import org.meterbox.dsp.requests.FailureReason;
import org.meterbox.dsp.requests.NewRequest;
import org.meterbox.dsp.requests.RequestKey;
import org.meterbox.dsp.requests.RequestKey.Stage;
import org.meterbox.dsp.requests.RequestLedger;
import org.meterbox.dsp.requests.RequestLedger.Storing;
import org.meterbox.dsp.requests.RequestPriority;
import org.meterbox.dsp.requests.RequestState;
import org.meterbox.dsp.requests.RequestTimes;
import org.meterbox.dsp.requests.StoredRequest;
import org.meterbox.dsp.schedules.ScheduleCalendar.Run;
import org.meterbox.dsp.schedules.ScheduleLedger;
import org.meterbox.dsp.schedules.ScheduleLedger.DueRun;
import org.meterbox.dsp.schedules.ScheduledRequest;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.signature.SignatureBlock;
import org.meterbox.duis.xml.DuisNames;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.Priority;
import org.meterbox.kernel.UserRole;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;
import org.meterbox.kernel.faults.FaultCount;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs DSP schedules: each run becomes a request in the owner's name (command variant 9). A run and
 * the time of the next one are stored in one transaction, under an identifier that follows from
 * schedule and run, so that no run is made twice, whoever makes it.
 */
public final class ScheduleRuns {
  private static final Logger LOG = LoggerFactory.getLogger(ScheduleRuns.class);

  private final ScheduleLedger schedules;
  private final RequestLedger ledger;
  private final RequestFactsLoader facts;
  private final DeviceCommands commands;
  private final AnswerWriter answers;
  private final Dispatcher dispatcher;
  private final Courier courier;
  private final RequestTimes times;
  private final InstantSource clock;

  private final ClaimedWork<DueRun> due;

  /** Runs schedules; {@link #runDue} must be called every few seconds. */
  public ScheduleRuns(
      ScheduleLedger schedules,
      RequestLedger ledger,
      RequestFactsLoader facts,
      DeviceCommands commands,
      AnswerWriter answers,
      Dispatcher dispatcher,
      Courier courier,
      RequestTimes times,
      InstantSource clock) {
    this.schedules = schedules;
    this.ledger = ledger;
    this.facts = facts;
    this.commands = commands;
    this.answers = answers;
    this.dispatcher = dispatcher;
    this.courier = courier;
    this.times = times;
    this.clock = clock;
    this.due =
        new ClaimedWork<>(
            "schedules",
            max -> schedules.claimDue(clock.instant(), times.claim(), max),
            this::run,
            () -> dispatcher.inFlight() < Intake.IN_FLIGHT_MAX,
            clock);
  }

  /** Starts the runs that are due. */
  public void runDue() {
    due.look();
  }

  /** Faults of our own in this work. */
  public FaultCount faults() {
    return due.faults();
  }

  private void run(DueRun due) {
    Instant now = clock.instant();
    Optional<Run> run = due.schedule().calendar().run(due.number());
    Instant lateFrom = now.minus(times.scheduleLateMax());
    if (run.isEmpty() || run.get().at().isBefore(lateFrom)) {
      // The DSP was away too long for these: what they would have read can be asked for.
      LOG.warn("schedule {}: runs before {} are left out", due.schedule().id(), lateFrom);
      schedules.advance(due, due.schedule().calendar().firstFrom(lateFrom));
      return;
    }
    try {
      run(due, run.get(), now);
    } catch (ElementException e) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT, "schedule %d was checked when it was created", due.schedule().id()),
          e);
    }
  }

  private void run(DueRun due, Run run, Instant now) throws ElementException {
    ServiceRequestEntry entry =
        ServiceRequestCatalogue.current().find(due.schedule().service()).orElseThrow();
    Posted posted =
        new Posted(
            request(ScheduledRequest.of(due.schedule(), entry, run)), entry, Optional.empty());
    switch (RequestDecisions.decideAgain(facts.load(posted, now), posted, now)) {
      case CommandNeeded needed -> run(due, posted, needed, now);
      case RequestDecision.Refused(Refusal refusal) ->
          failed(due, posted, FailureReason.SCHEDULE_NOT_ENTITLED, refusal, now);
      case RequestDecision.AnsweredByDsp _, RequestDecision.NotYet _ ->
          throw new IllegalStateException("a run is carried out or refused");
    }
  }

  private void run(DueRun due, Posted posted, CommandNeeded needed, Instant now) {
    switch (commands.make(posted.request(), needed)) {
      case PreparedCommand.Refused(Refusal refusal) ->
          failed(due, posted, FailureReason.HELD_REQUEST_FAILED, refusal, now);
      case PreparedCommand.Ready(CommandForDevice command) -> {
        Priority priority = RequestPriority.of(posted.entry(), CommandVariant.DSP_SCHEDULED);
        CommandRecord record = commands.record(command, needed, priority, now);
        StoredRequest request =
            stored(
                due,
                posted,
                new RequestState.InFlight(),
                Optional.of(needed.role()),
                Optional.of(needed.device().type()));
        if (store(due, posted, request, Optional.of(record), Optional.empty(), now)) {
          dispatcher.send(request.key().id(), command, priority);
        }
      }
    }
  }

  private void failed(
      DueRun due, Posted posted, FailureReason reason, Refusal refusal, Instant now) {
    StoredRequest request =
        stored(due, posted, new RequestState.Failed(reason), Optional.empty(), Optional.empty());
    boolean _ = store(due, posted, request, Optional.empty(), Optional.of(refusal.rule()), now);
  }

  private static StoredRequest stored(
      DueRun due,
      Posted posted,
      RequestState state,
      Optional<UserRole> role,
      Optional<DeviceType> type) {
    return new StoredRequest(
        new RequestKey(posted.request().requestId(), Stage.EXECUTION),
        due.schedule().service(),
        CommandVariant.DSP_SCHEDULED,
        RequestPriority.of(posted.entry(), CommandVariant.DSP_SCHEDULED),
        type,
        state,
        role,
        Optional.empty(),
        Optional.of(due.schedule().id()),
        Optional.empty());
  }

  private boolean store(
      DueRun due,
      Posted posted,
      StoredRequest request,
      Optional<CommandRecord> command,
      Optional<String> rule,
      Instant now) {
    Octets document = posted.request().asReceived();
    NewRequest added =
        new NewRequest(
            request,
            now,
            document,
            Sha256.of(document),
            Octets.EMPTY,
            Optional.empty(),
            command,
            rule,
            answers.about(request, request.state(), now));
    Optional<Run> next = due.schedule().calendar().run(due.number() + 1);
    return switch (ledger.store(added, List.of(ScheduleLedger.advancing(due, next)))) {
      case Storing.Stored(List<Pending> notices) -> {
        notices.forEach(courier::push);
        yield true;
      }
      case Storing.KeyTaken _ -> {
        // The run was made before and only the next one was not noted.
        schedules.advance(due, next);
        yield false;
      }
    };
  }

  /** A draft as if it had come from outside; nobody signs what the DSP asks of itself. */
  private static ServiceRequest request(RequestDraft draft) {
    return new ServiceRequest(
        draft.requestId(),
        draft.commandVariant(),
        draft.serviceReferenceVariant().serviceReference(),
        draft.serviceReferenceVariant(),
        draft.firstInSequence(),
        draft.precedingRequestId(),
        DuisNames.SCHEMA_VERSION,
        draft.body(),
        new SignatureBlock.Unsigned(),
        draft.write().octets());
  }
}
