// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.estate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.dsp.answers.AnswerWriter;
import org.meterbox.dsp.delivery.Notice;
import org.meterbox.dsp.inventory.InventoryChanges;
import org.meterbox.dsp.inventory.InventoryChanges.Cause;
import org.meterbox.dsp.inventory.SmiTrigger;
import org.meterbox.dsp.requests.RequestEvent;
import org.meterbox.dsp.requests.RequestLedger;
import org.meterbox.dsp.requests.RequestLedger.Move;
import org.meterbox.dsp.requests.RequestLifecycle;
import org.meterbox.dsp.requests.RequestTimes;
import org.meterbox.dsp.requests.StoredChange;
import org.meterbox.dsp.schedules.ScheduleLedger;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.catalogue.ResponseCode;

/** Turns consequences into what is stored and what users are told. Safe for many threads. */
public final class ConsequenceWriter {
  private final AnswerWriter answers;
  private final RequestTimes times;

  /** Signs alerts with this writer. */
  public ConsequenceWriter(AnswerWriter answers, RequestTimes times) {
    this.answers = answers;
    this.times = times;
  }

  /** What is stored and told in the transaction of the cause. */
  public record Written(List<Notice> notices, List<StoredChange> changes) {
    /** Keeps unchangeable copies. */
    public Written {
      notices = List.copyOf(notices);
      changes = List.copyOf(changes);
    }
  }

  /**
   * Writes consequences.
   *
   * @param request the request that led to them, where one did
   */
  public Written write(List<Consequence> consequences, Optional<MessageId> request, Instant now) {
    List<Notice> notices = new ArrayList<>();
    List<StoredChange> changes = new ArrayList<>();
    for (Consequence consequence : consequences) {
      write(consequence, request, now, notices, changes);
    }
    return new Written(notices, changes);
  }

  private void write(
      Consequence consequence,
      Optional<MessageId> request,
      Instant now,
      List<Notice> notices,
      List<StoredChange> changes) {
    switch (consequence) {
      case Consequence.EndSchedule(var schedule, var reason) -> {
        changes.add(ScheduleLedger.removing(schedule.id(), reason));
        reason
            .alert()
            .ifPresent(alert -> notices.add(answers.scheduleRemoval(schedule, alert, now)));
      }
      case Consequence.CancelHeld cancelled -> cancel(cancelled, now, changes);
      case Consequence.AddDevice(var device, var by) ->
          changes.add(
              InventoryChanges.adding(
                  device, by, new Cause(SmiTrigger.PRE_NOTIFIED, now, request)));
      case Consequence.ChangeDevice(var before, var after, var trigger) ->
          changes.add(InventoryChanges.changing(before, after, new Cause(trigger, now, request)));
      case Consequence.DeleteDevice(var before, var trigger) ->
          changes.add(InventoryChanges.deleting(before, new Cause(trigger, now, request)));
      case Consequence.InstallHub(var hub, var at) ->
          changes.add(InventoryChanges.installing(hub, at));
      case Consequence.AwaitLog(var update, var device, var adds, var until) ->
          changes.add(DeviceJoins.awaiting(new DeviceJoins.LogUpdate(update, device, adds, until)));
      case Consequence.ForgetLog(var update) -> changes.add(DeviceJoins.forgetting(update));
      case Consequence.Join(var device, var other) ->
          changes.add(DeviceJoins.joining(device, other, now));
      case Consequence.Unjoin(var device, var other) ->
          changes.add(DeviceJoins.unjoining(device, other));
      case Consequence.Tell(var code, var alert, var recipients) ->
          recipients.forEach(user ->
              notices.add(
                  answers.dccAlert(user, Optional.empty(), ResponseCode.I0, code, alert, now)));
    }
  }

  private void cancel(Consequence.CancelHeld cancelled, Instant now, List<StoredChange> changes) {
    var held = cancelled.request();
    RequestLifecycle.decide(
            held.state(), new RequestEvent.Withdrawn(cancelled.reason()), now, times)
        .ifPresent(step -> {
          List<Notice> told = answers.about(held, step.state(), now);
          changes.add(RequestLedger.moving(Move.to(held, step.state(), told), now));
          changes.addAll(RequestLedger.changesOf(step, held, now));
        });
  }
}
