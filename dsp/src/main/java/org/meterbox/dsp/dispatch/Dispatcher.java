// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.dispatch;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.meterbox.dsp.answers.AnswerWriter;
import org.meterbox.dsp.delivery.Courier;
import org.meterbox.dsp.delivery.DeliveryLedger.Pending;
import org.meterbox.dsp.limits.InFlightQuota;
import org.meterbox.dsp.requests.CommandEvent;
import org.meterbox.dsp.requests.CommandEvent.DeadlinePassed;
import org.meterbox.dsp.requests.CommandEvent.NotDelivered;
import org.meterbox.dsp.requests.CommandForDevice;
import org.meterbox.dsp.requests.CommandLedger;
import org.meterbox.dsp.requests.CommandLifecycle;
import org.meterbox.dsp.requests.CommandOfRequest;
import org.meterbox.dsp.requests.CommandRecord;
import org.meterbox.dsp.requests.CommandState;
import org.meterbox.dsp.requests.CommandState.Failed;
import org.meterbox.dsp.requests.FailureReason;
import org.meterbox.dsp.requests.RequestEvent;
import org.meterbox.dsp.requests.RequestLedger;
import org.meterbox.dsp.requests.RequestLedger.Move;
import org.meterbox.dsp.requests.RequestLifecycle;
import org.meterbox.dsp.requests.RequestTimes;
import org.meterbox.dsp.requests.RetryPlan;
import org.meterbox.dsp.requests.StoredRequest;
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
  /** Commands that one look takes up; the rest is taken up by the next. */
  public static final int COMMANDS_PER_LOOK_MAX = 1_000;

  private static final SmWan NOT_CONNECTED =
      downlink -> new Acceptance.Refused(Acceptance.Reason.CLOSED);

  private final CommandLedger ledger;
  private final RetryPlan plan;
  private final RequestTimes times;
  private final AnswerWriter answers;
  private final Courier courier;
  private final InstantSource clock;
  private final InFlightQuota quota;
  private final InFlightCommands inFlight = new InFlightCommands();

  /** Held so that no command is handed over after its answer was taken notice of. */
  private final ReentrantLock sending = new ReentrantLock();

  private volatile SmWan wan = NOT_CONNECTED;

  /** A dispatcher without an SM WAN: what it is given to send waits in the ledger. */
  public Dispatcher(
      CommandLedger ledger,
      RetryPlan plan,
      RequestTimes times,
      AnswerWriter answers,
      Courier courier,
      InFlightQuota quota,
      InstantSource clock) {
    this.ledger = ledger;
    this.plan = plan;
    this.times = times;
    this.answers = answers;
    this.courier = courier;
    this.quota = quota;
    this.clock = clock;
  }

  /** Sends a command that was just stored as in flight, and expects its answer before long. */
  public void send(CommandOfRequest stored) {
    ledger.remember(stored);
    CommandRecord command = stored.command();
    send(stored.request().key().id(), command.command(), command.priority());
  }

  /**
   * Sends a command that is stored as in flight.
   *
   * @param request the request that it carries out; it counts as in flight from now on
   */
  public void send(MessageId request, CommandForDevice command, Priority priority) {
    quota.count(request);
    inFlight.sent(command.id());
    if (!handOver(command, priority)) {
      ledger.find(command.id()).ifPresent(found -> happened(found, new NotDelivered()));
    }
  }

  /** Sends a command once more, unless its answer has arrived meanwhile. */
  private void sendAgain(CommandOfRequest read) {
    CommandForDevice command = read.command().command();
    inFlight.sent(command.id());
    boolean unanswered =
        ledger
            .find(command.id())
            .filter(now -> now.command().state() instanceof CommandState.InFlight)
            .isPresent();
    if (!unanswered) {
      inFlight.ended(command.id());
    } else if (!handOver(command, read.command().priority())) {
      ledger.find(command.id()).ifPresent(found -> happened(found, new NotDelivered()));
    }
  }

  private boolean handOver(CommandForDevice command, Priority priority) {
    Downlink downlink =
        new Downlink(command.id().target(), command.octets(), priority, command.id());
    sending.lock();
    try {
      if (!inFlight.contain(command.id())) {
        // Answered since it was looked up: the device would take it for a replay.
        return true;
      }
      return switch (wan.send(downlink)) {
        case Acceptance.Accepted _ -> true;
        case Acceptance.Refused _ -> {
          inFlight.ended(command.id());
          yield false;
        }
      };
    } finally {
      sending.unlock();
    }
  }

  @Override
  public void report(DeliveryReport report) {
    MessageId command = report.correlation();
    switch (report.outcome()) {
      case DELIVERED -> inFlight.delivered(command);
      case HUB_UNREACHABLE, DEVICE_NOT_IN_HAN, DEVICE_QUEUE_FULL -> {
        inFlight.ended(command);
        ledger.find(command).ifPresent(found -> happened(found, new NotDelivered()));
      }
      // The process is ending: whoever starts next sends everything again.
      case WAN_CLOSED -> inFlight.ended(command);
    }
  }

  /** Sends over this SM WAN from now on, first whatever was not answered when the DSP ended. */
  public void connect(SmWan connected) {
    wan = connected;
    ledger.renewDeadlines(clock.instant(), plan::answerWait);
    ledger.forEachInFlight(waiting -> {
      quota.count(waiting.request().key().id());
      sendAgain(waiting);
    });
  }

  /** Gives commands whose deadline a clock that ran ahead has set no more than their full time. */
  public void clockWentBack() {
    ledger.shortenDeadlines(clock.instant(), plan::answerWait);
  }

  /** Looks after commands whose deadline has passed, at most {@link #COMMANDS_PER_LOOK_MAX}. */
  public void lookAfterDue() {
    for (CommandOfRequest due : ledger.due(clock.instant(), COMMANDS_PER_LOOK_MAX)) {
      happened(due, new DeadlinePassed(inFlight.of(due.command().command().id())));
    }
  }

  /**
   * This command has ended: nobody waits for it any more. A further sending of it that still waits
   * in the SM WAN is taken back: the device would have to take it for a replay.
   */
  public void ended(CommandOfRequest answered) {
    MessageId command = answered.command().command().id();
    ledger.forget(command);
    quota.ended(answered.request().key().id());
    sending.lock();
    try {
      inFlight.ended(command);
      wan.withdraw(command.target(), command);
    } finally {
      sending.unlock();
    }
  }

  /** Commands that the SM WAN has or that wait for their answer. */
  public int inFlight() {
    return inFlight.count();
  }

  private void happened(CommandOfRequest read, CommandEvent event) {
    Instant now = clock.instant();
    CommandRecord command = read.command();
    Optional<CommandLifecycle.Step> step =
        CommandLifecycle.decide(
            command.state(), event, now, plan, plan.answerWait(command.deviceType()));
    if (step.isEmpty()) {
      return;
    }
    if (step.get().state() instanceof Failed failed) {
      giveUp(read, failed, now);
    } else if (ledger.set(command, step.get().state()) && step.get().sendAgain()) {
      sendAgain(read);
    }
  }

  private void giveUp(CommandOfRequest read, Failed failed, Instant now) {
    StoredRequest request = read.request();
    FailureReason reason = FailureReason.of(failed.failure(), request.heldByDsp());
    Optional<RequestLifecycle.Step> step =
        RequestLifecycle.decide(
            request.state(), new RequestEvent.CommandGivenUp(reason), now, times);
    if (step.isEmpty()) {
      boolean _ = ledger.set(read.command(), failed);
    } else {
      Move move =
          Move.to(request, step.get().state(), answers.about(request, step.get().state(), now));
      Optional<List<Pending>> stored =
          ledger.end(
              read.command(), failed, move, now, RequestLedger.changesOf(step.get(), request, now));
      stored.ifPresent(pending -> pending.forEach(courier::push));
    }
    inFlight.ended(read.command().command().id());
    quota.ended(request.key().id());
  }
}
