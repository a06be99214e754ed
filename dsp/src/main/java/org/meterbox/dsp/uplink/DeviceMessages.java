// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.uplink;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.meterbox.crypto.Sha256;
import org.meterbox.dsp.answers.AnswerWriter;
import org.meterbox.dsp.commands.CustomerNumbers;
import org.meterbox.dsp.delivery.Courier;
import org.meterbox.dsp.delivery.DeliveryLedger.Pending;
import org.meterbox.dsp.delivery.Notice;
import org.meterbox.dsp.dispatch.Dispatcher;
import org.meterbox.dsp.inventory.DeviceLogs;
import org.meterbox.dsp.inventory.Inventory;
import org.meterbox.dsp.registration.RegistrationData;
import org.meterbox.dsp.requests.CancellationReason;
import org.meterbox.dsp.requests.CommandLedger;
import org.meterbox.dsp.requests.CommandOfRequest;
import org.meterbox.dsp.requests.CommandRecord;
import org.meterbox.dsp.requests.CommandState;
import org.meterbox.dsp.requests.RequestEvent;
import org.meterbox.dsp.requests.RequestLedger;
import org.meterbox.dsp.requests.RequestLedger.Move;
import org.meterbox.dsp.requests.RequestLifecycle;
import org.meterbox.dsp.requests.RequestLifecycle.Step;
import org.meterbox.dsp.requests.RequestTimes;
import org.meterbox.dsp.requests.StoredChange;
import org.meterbox.dsp.requests.StoredRequest;
import org.meterbox.dsp.schedules.Schedule;
import org.meterbox.dsp.schedules.ScheduleLedger;
import org.meterbox.dsp.schedules.ScheduleRemovalReason;
import org.meterbox.dsp.uplink.DeviceMessageLedger.Received;
import org.meterbox.dsp.users.UserDirectory;
import org.meterbox.duis.response.ResponseData.FutureDatedDeviceAlert;
import org.meterbox.gbcs.alert.ActivationItems;
import org.meterbox.gbcs.alert.AlertPayload;
import org.meterbox.gbcs.alert.FutureDatedOutcome;
import org.meterbox.gbcs.decode.Payload;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GbcsMessage.Alert;
import org.meterbox.gbcs.envelope.GbcsMessage.Response;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.UserRole;
import org.meterbox.kernel.catalogue.ResponseCode;
import org.meterbox.store.StoreException;
import org.meterbox.wan.NotStoredException;
import org.meterbox.wan.Uplink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what devices send. A response is matched with its request by the identity in its grouping
 * header, which is the command's with the parties exchanged: for a Known Remote Party the user's
 * own identifier and counter, for others the broker's. Safe for use by many threads.
 */
public final class DeviceMessages implements Uplink {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceMessages.class);

  /** Schedules and held requests of one device that one response can end. */
  private static final int ENDED_AT_ONCE_MAX = 10_000;

  private final DeviceMessageLedger messages;
  private final CommandLedger commands;
  private final RequestLedger requests;
  private final ScheduleLedger schedules;
  private final Authenticity authenticity;
  private final Inventory inventory;
  private final RegistrationData registrations;
  private final UserDirectory users;
  private final DeviceLogs deviceLogs;
  private final CustomerNumbers customerNumbers;
  private final AnswerWriter answers;
  private final Dispatcher dispatcher;
  private final Courier courier;
  private final RequestTimes times;
  private final InstantSource clock;
  private final Runnable dueWork;
  private final Consumer<MessageDisposition> counted;

  /**
   * The DSP's end of the SM WAN.
   *
   * @param dueWork called when something has become due in the store
   * @param counted told what was done with every message
   */
  public DeviceMessages(
      DeviceMessageLedger messages,
      CommandLedger commands,
      RequestLedger requests,
      ScheduleLedger schedules,
      Authenticity authenticity,
      Inventory inventory,
      RegistrationData registrations,
      UserDirectory users,
      DeviceLogs deviceLogs,
      CustomerNumbers customerNumbers,
      AnswerWriter answers,
      Dispatcher dispatcher,
      Courier courier,
      RequestTimes times,
      InstantSource clock,
      Runnable dueWork,
      Consumer<MessageDisposition> counted) {
    this.messages = messages;
    this.commands = commands;
    this.requests = requests;
    this.schedules = schedules;
    this.authenticity = authenticity;
    this.inventory = inventory;
    this.registrations = registrations;
    this.users = users;
    this.deviceLogs = deviceLogs;
    this.customerNumbers = customerNumbers;
    this.answers = answers;
    this.dispatcher = dispatcher;
    this.courier = courier;
    this.times = times;
    this.clock = clock;
    this.dueWork = dueWork;
    this.counted = counted;
  }

  @Override
  public void received(Eui64 device, Octets octets) throws NotStoredException {
    Received message = new Received(device, octets, Sha256.of(octets), clock.instant());
    try {
      MessageDisposition disposition = take(message);
      counted.accept(disposition);
      LOG.debug("message of {}: {}", device, disposition);
    } catch (StoreException e) {
      throw new NotStoredException("the message could not be stored", e);
    }
  }

  private MessageDisposition take(Received message) {
    try {
      GbcsMessage decoded = GbcsMessage.decode(message.octets());
      if (!decoded.header().messageId().originator().equals(message.device())) {
        return keep(message, MessageDisposition.MISDIRECTED);
      }
      return switch (decoded) {
        case Response response -> takeResponse(message, response);
        case Alert alert -> takeAlert(message, alert, AlertCodes.read(alert.content().payload()));
        case GbcsMessage.PreCommand _,
            GbcsMessage.SignedPreCommand _,
            GbcsMessage.UnsecuredCommand _,
            GbcsMessage.Command _,
            GbcsMessage.DirectCommand _ ->
            keep(message, MessageDisposition.MALFORMED);
      };
    } catch (DecodeException malformed) {
      LOG.warn("message of {}: {}", message.device(), malformed.getMessage());
      return keep(message, MessageDisposition.MALFORMED);
    }
  }

  private MessageDisposition takeResponse(Received message, Response response)
      throws DecodeException {
    MessageId answered = response.header().messageId().answered();
    Optional<CommandOfRequest> found = commands.take(answered);
    if (found.isEmpty() || !sameUseCase(found.get().command(), response)) {
      return keep(message, MessageDisposition.UNMATCHED);
    }
    if (!authenticity.holds(response.content(), response.mac())) {
      return keep(message, MessageDisposition.NOT_AUTHENTIC);
    }
    CommandRecord command = found.get().command();
    StoredRequest request = found.get().request();
    Optional<Step> step =
        command.state() instanceof CommandState.InFlight
            ? RequestLifecycle.decide(
                request.state(), arrival(command, request, message.at()), message.at(), times)
            : Optional.empty();
    if (step.isEmpty()) {
      return keep(message, MessageDisposition.LATE);
    }
    return answer(message, response, found.get(), step.get());
  }

  private MessageDisposition answer(
      Received message, Response response, CommandOfRequest answered, Step step) {
    StoredRequest request = answered.request();
    Instant now = message.at();
    List<Notice> notices = new ArrayList<>();
    List<StoredChange> changes = new ArrayList<>(RequestLedger.changesOf(step, request, now));
    if (FutureDatedCommands.cancels(request, now)) {
      changes.add(RequestLedger.cancellingAtDevice(request, now));
    }
    for (Consequence consequence : consequences(response, request)) {
      follow(consequence, now, notices, changes);
    }
    CommandLedger.Answer answer =
        new CommandLedger.Answer(
            answered.command(),
            message.octets(),
            message.digest(),
            step.state(),
            answers.response(
                request,
                message.octets(),
                customerNumbers.numberOf(request.key().id(), request.service()),
                now));
    Optional<List<Pending>> stored = commands.answer(answer, notices, changes);
    if (stored.isEmpty()) {
      return keep(message, MessageDisposition.LATE);
    }
    dispatcher.ended(answered);
    stored.get().forEach(courier::push);
    if (request.sequence().isPresent()) {
      dueWork.run();
    }
    return MessageDisposition.RESPONSE;
  }

  /** What the response means: the end, or for a command that the device holds, the beginning. */
  private RequestEvent arrival(CommandRecord command, StoredRequest request, Instant now)
      throws DecodeException {
    Optional<Instant> execution = FutureDatedCommands.heldByDevice(request, now);
    if (execution.isEmpty()) {
      return RequestEvent.ResponseArrived.only(now);
    }
    return new RequestEvent.ResponseArrived(
        FutureDatedCommands.items(command.command()).count(),
        requests.outcomesArrived(request.key().id()),
        execution.get().plus(times.outcomeWait()));
  }

  private List<Consequence> consequences(Response response, StoredRequest request) {
    MessageCode useCase = response.header().messageCode();
    if (!ResponseRules.concern(useCase)) {
      return List.of();
    }
    try {
      return consequences(
          request, useCase, Payload.decode(response.header(), response.content().payload()));
    } catch (DecodeException notAsPrescribed) {
      // The user gets it all the same; the DCC does not act on what it cannot read.
      LOG.warn("response of {}: {}", request.key().id().target(), notAsPrescribed.getMessage());
      return List.of();
    }
  }

  private List<Consequence> consequences(
      StoredRequest request, MessageCode useCase, Payload response) {
    Eui64 device = request.key().id().target();
    List<Schedule> running = schedules.at(device, ENDED_AT_ONCE_MAX);
    List<StoredRequest> held = requests.waitingAt(device, ENDED_AT_ONCE_MAX);
    Map<Eui64, Set<UserRole>> roles = new HashMap<>();
    Stream.concat(
            running.stream().map(Schedule::owner),
            held.stream().map(waiting -> waiting.key().id().originator()))
        .distinct()
        .forEach(user -> users.find(user).ifPresent(known -> roles.put(user, known.roles())));
    return ResponseRules.consequences(
        useCase,
        response,
        new ResponseRules.DeviceFacts(request.key().id().originator(), running, held, roles));
  }

  private void follow(
      Consequence consequence, Instant now, List<Notice> notices, List<StoredChange> changes) {
    switch (consequence) {
      case Consequence.EndSchedule(Schedule schedule, ScheduleRemovalReason reason) -> {
        changes.add(ScheduleLedger.removing(schedule.id(), reason));
        reason
            .alert()
            .ifPresent(alert -> notices.add(answers.scheduleRemoval(schedule, alert, now)));
      }
      case Consequence.CancelHeld(StoredRequest held, CancellationReason reason) ->
          RequestLifecycle.decide(held.state(), new RequestEvent.Withdrawn(reason), now, times)
              .ifPresent(step -> {
                List<Notice> told = answers.about(held, step.state(), now);
                changes.add(RequestLedger.moving(Move.to(held, step.state(), told), now));
                changes.addAll(RequestLedger.changesOf(step, held, now));
              });
    }
  }

  /** A response repeats the message code of its command. */
  private static boolean sameUseCase(CommandRecord command, Response response)
      throws DecodeException {
    return GbcsMessage.decode(command.command().octets())
        .header()
        .messageCode()
        .equals(response.header().messageCode());
  }

  private MessageDisposition takeAlert(Received message, Alert alert, int code) {
    if (!authenticity.holds(alert.content(), alert.mac())) {
      return keep(message, MessageDisposition.NOT_AUTHENTIC);
    }
    Optional<CommandInAlert> named = CommandInAlert.of(alert);
    Optional<CommandOfRequest> found =
        named.flatMap(said -> commands.find(said.command()).filter(c -> isOf(said.useCase(), c)));
    if (found.isEmpty()) {
      return handOn(message, alert, code, recipient(alert), List.of());
    }
    return switch (named.orElseThrow()) {
      case CommandInAlert.Outcome(MessageId _, FutureDatedOutcome outcome) ->
          takeOutcome(message, alert, code, found.get(), outcome);
      case CommandInAlert.Unsupported _ -> takeUnsupported(message, alert, code, found.get());
    };
  }

  private static boolean isOf(MessageCode useCase, CommandOfRequest found) {
    try {
      return GbcsMessage.decode(found.command().command().octets())
          .header()
          .messageCode()
          .equals(useCase);
    } catch (DecodeException impossible) {
      throw new IllegalStateException("a stored command was made here", impossible);
    }
  }

  /** Labels the alert x of y for the sender of the command (DUIS, FutureDatedDeviceAlert). */
  private MessageDisposition takeOutcome(
      Received message, Alert alert, int code, CommandOfRequest found, FutureDatedOutcome outcome) {
    ActivationItems items;
    try {
      items = FutureDatedCommands.items(found.command().command());
    } catch (DecodeException impossible) {
      throw new IllegalStateException("a stored command was made here", impossible);
    }
    OptionalInt place = items.placeOf(outcome);
    if (place.isEmpty()) {
      return handOn(message, alert, code, recipient(alert), List.of());
    }
    StoredRequest request = found.request();
    FutureDatedDeviceAlert data =
        new FutureDatedDeviceAlert(code, message.octets(), place.getAsInt(), items.count());
    Notice notice =
        answers.futureDatedAlert(request, alert.header().messageId(), data, message.at());
    StoredChange counted =
        RequestLedger.outcomeArrived(
            request.key().id(), place.getAsInt(), code, message.at(), times);
    return keep(
        message, MessageDisposition.FUTURE_DATED_OUTCOME, List.of(notice), List.of(counted));
  }

  /** The request is over: the same command sent again would be refused again. */
  private MessageDisposition takeUnsupported(
      Received message, Alert alert, int code, CommandOfRequest found) {
    StoredRequest request = found.request();
    List<StoredChange> changes = new ArrayList<>();
    changes.add(CommandLedger.ending(found.command(), new CommandState.Unsupported()));
    RequestLifecycle.decide(
            request.state(), new RequestEvent.CommandUnsupported(), message.at(), times)
        .ifPresent(step -> {
          changes.add(
              RequestLedger.moving(Move.to(request, step.state(), List.of()), message.at()));
          changes.addAll(RequestLedger.changesOf(step, request, message.at()));
        });
    Optional<Eui64> recipient =
        recipient(alert).or(() -> Optional.of(request.key().id().originator()));
    MessageDisposition disposition = handOn(message, alert, code, recipient, changes);
    dispatcher.ended(found);
    if (request.sequence().isPresent()) {
      dueWork.run();
    }
    return disposition;
  }

  private MessageDisposition handOn(
      Received message,
      Alert alert,
      int code,
      Optional<Eui64> recipient,
      List<StoredChange> changes) {
    if (recipient.isEmpty()) {
      keepDeviceLog(alert);
      return takeForDcc(message, alert, code);
    }
    if (users.find(recipient.get()).isEmpty()) {
      return keep(message, MessageDisposition.MISDIRECTED);
    }
    Notice notice =
        answers.deviceAlert(
            recipient.get(), alert.header().messageId(), code, message.octets(), message.at());
    return keep(message, MessageDisposition.ALERT, List.of(notice), changes);
  }

  /** A hub that replaces this one is filled from the last log that it reported. */
  private void keepDeviceLog(Alert alert) {
    try {
      deviceLogs.keepFrom(alert);
    } catch (DecodeException notAsPrescribed) {
      LOG.warn("{}: its device log is not kept: {}", alert.header(), notAsPrescribed.getMessage());
    }
  }

  /** An alert to the DCC: those are told who are registered for the premises. */
  private MessageDisposition takeForDcc(Received message, Alert alert, int code) {
    List<Notice> notices = new ArrayList<>();
    inventory
        .find(message.device())
        .map(device -> new AlertRules.DeviceReport(device.id(), device.type(), code, timeOf(alert)))
        .flatMap(report ->
            AlertRules.tell(report, registrations.atPremisesOf(report.device()), message.at()))
        .ifPresent(told -> {
          for (Eui64 user : told.recipients()) {
            notices.add(
                answers.dccAlert(
                    user,
                    Optional.empty(),
                    ResponseCode.I0,
                    told.code(),
                    told.alert(),
                    message.at()));
          }
        });
    return keep(message, MessageDisposition.ALERT_FOR_DSP, notices, List.of());
  }

  private static Optional<Instant> timeOf(Alert alert) {
    try {
      return AlertPayload.decode(alert.content().payload(), alert.header().messageCode()).time();
    } catch (DecodeException notAsPrescribed) {
      return Optional.empty();
    }
  }

  private MessageDisposition keep(
      Received message,
      MessageDisposition disposition,
      List<Notice> notices,
      List<StoredChange> changes) {
    Optional<List<Pending>> stored = messages.keep(message, disposition, notices, changes);
    stored.ifPresent(pending -> pending.forEach(courier::push));
    return stored.isPresent() ? disposition : MessageDisposition.DUPLICATE;
  }

  /** The user whom an alert is for; none for one that is meant for the DSP. */
  private Optional<Eui64> recipient(Alert alert) {
    Eui64 target = alert.header().messageId().target();
    if (!authenticity.isBroker(target)) {
      return Optional.of(target);
    }
    return switch (alert.header().otherInformation()) {
      case OtherInformation.CodeOnly _ -> Optional.empty();
      case OtherInformation.SupplementaryParty s -> Optional.of(s.party());
      case OtherInformation.OnBehalfOf o -> Optional.of(o.party());
      case OtherInformation.EncryptedFor e -> Optional.of(e.party());
      case OtherInformation.WithAgreementCertificate c -> Optional.of(c.party());
    };
  }

  private MessageDisposition keep(Received message, MessageDisposition disposition) {
    return messages.keep(message, disposition) ? disposition : MessageDisposition.DUPLICATE;
  }
}
