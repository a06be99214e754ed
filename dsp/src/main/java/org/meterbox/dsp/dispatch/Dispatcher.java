// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.dispatch;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.meterbox.dsp.answers.AnswerWriter;
import org.meterbox.dsp.delivery.Courier;
import org.meterbox.dsp.delivery.DeliveryLedger.Pending;
import org.meterbox.dsp.delivery.Notice;
import org.meterbox.dsp.requests.CommandForDevice;
import org.meterbox.dsp.requests.RequestEvent;
import org.meterbox.dsp.requests.RequestEvent.NotDelivered;
import org.meterbox.dsp.requests.RequestEvent.TimePassed;
import org.meterbox.dsp.requests.RequestInFlight;
import org.meterbox.dsp.requests.RequestLedger;
import org.meterbox.dsp.requests.RequestLifecycle;
import org.meterbox.dsp.requests.RequestLifecycle.Effect;
import org.meterbox.dsp.requests.RequestLifecycle.Step;
import org.meterbox.dsp.requests.RequestState.Failed;
import org.meterbox.dsp.requests.RetryPlan;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Priority;
import org.meterbox.wan.Acceptance;
import org.meterbox.wan.DeliveryReport;
import org.meterbox.wan.DeliveryReports;
import org.meterbox.wan.Downlink;
import org.meterbox.wan.SmWan;

/**
 * Hands commands to the SM WAN and looks after them until they are answered or have failed. It has
 * no queue of its own: the SM WAN keeps one per hub and priority, in which supply commands overtake
 * reads. Safe for use by many threads.
 */
public final class Dispatcher implements DeliveryReports {
  /** Requests that one look takes up; the rest is taken up by the next. */
  public static final int REQUESTS_PER_LOOK_MAX = 1_000;

  private static final SmWan NOT_CONNECTED =
      downlink -> new Acceptance.Refused(Acceptance.Reason.CLOSED);

  private final RequestLedger ledger;
  private final RetryPlan plan;
  private final AnswerWriter answers;
  private final Courier courier;
  private final InstantSource clock;
  private final Flights flights = new Flights();
  private volatile SmWan wan = NOT_CONNECTED;

  /** A dispatcher without an SM WAN: what it is given to send waits in the ledger. */
  public Dispatcher(
      RequestLedger ledger,
      RetryPlan plan,
      AnswerWriter answers,
      Courier courier,
      InstantSource clock) {
    this.ledger = ledger;
    this.plan = plan;
    this.answers = answers;
    this.courier = courier;
    this.clock = clock;
  }

  /** Sends a command that is stored as in flight. */
  public void send(CommandForDevice command, Priority priority) {
    if (!handOver(command, priority)) {
      ledger
          .findByCommand(command.id())
          .ifPresent(request -> happened(request, new NotDelivered()));
    }
  }

  private boolean handOver(CommandForDevice command, Priority priority) {
    flights.sent(command.id());
    Downlink downlink =
        new Downlink(command.id().target(), command.octets(), priority, command.id());
    return switch (wan.send(downlink)) {
      case Acceptance.Accepted _ -> true;
      case Acceptance.Refused _ -> {
        flights.ended(command.id());
        yield false;
      }
    };
  }

  @Override
  public void report(DeliveryReport report) {
    MessageId command = report.correlation();
    switch (report.outcome()) {
      case DELIVERED -> flights.delivered(command);
      case HUB_UNREACHABLE, DEVICE_NOT_IN_HAN, DEVICE_QUEUE_FULL -> {
        flights.ended(command);
        ledger.findByCommand(command).ifPresent(r -> happened(r, new NotDelivered()));
      }
      // The process is ending: whoever starts next sends everything again.
      case WAN_CLOSED -> flights.ended(command);
    }
  }

  /** Sends over this SM WAN from now on, first whatever was not answered when the DSP ended. */
  public void connect(SmWan connected) {
    wan = connected;
    ledger.renewDueTimes(clock.instant(), plan::answerWait);
    ledger.forEachInFlight(request -> send(request.command(), request.priority()));
  }

  /** Looks after requests whose time has come, at most {@link #REQUESTS_PER_LOOK_MAX} of them. */
  public void lookAfterDue() {
    List<RequestInFlight> due = ledger.due(clock.instant(), REQUESTS_PER_LOOK_MAX);
    for (RequestInFlight request : due) {
      happened(request, new TimePassed(flights.of(request.command().id())));
    }
  }

  /** A device has answered this command: nobody waits for it any more. */
  public void answered(MessageId command) {
    flights.ended(command);
  }

  /** Commands that the SM WAN has or that wait for their answer. */
  public int inFlight() {
    return flights.count();
  }

  private void happened(RequestInFlight request, RequestEvent event) {
    Instant now = clock.instant();
    Optional<Step> step =
        RequestLifecycle.decide(
            request.state(), event, now, plan, plan.answerWait(request.deviceType()));
    step.ifPresent(decided -> take(request, decided, now));
  }

  private void take(RequestInFlight request, Step step, Instant now) {
    Optional<Notice> failure =
        step.state() instanceof Failed failed
            ? Optional.of(answers.commandFailure(request, failed.reason(), now))
            : Optional.empty();
    Optional<List<Pending>> moved = ledger.move(request, step.state(), now, failure);
    if (moved.isEmpty()) {
      return;
    }
    moved.get().forEach(courier::push);
    if (step.state() instanceof Failed) {
      flights.ended(request.command().id());
    }
    if (step.effect().equals(Optional.of(Effect.SEND_COMMAND))) {
      send(request.command(), request.priority());
    }
  }
}
