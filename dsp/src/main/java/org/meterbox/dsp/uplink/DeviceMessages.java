// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.uplink;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.meterbox.crypto.Sha256;
import org.meterbox.dsp.answers.AnswerWriter;
import org.meterbox.dsp.commands.CustomerNumbers;
import org.meterbox.dsp.delivery.Courier;
import org.meterbox.dsp.delivery.DeliveryLedger.Pending;
import org.meterbox.dsp.delivery.Notice;
import org.meterbox.dsp.dispatch.Dispatcher;
import org.meterbox.dsp.estate.Consequence;
import org.meterbox.dsp.estate.ConsequenceWriter;
import org.meterbox.dsp.inventory.DeviceLogs;
import org.meterbox.dsp.inventory.Inventory;
import org.meterbox.dsp.registration.RegistrationData;
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
import org.meterbox.dsp.requests.StaleFactsException;
import org.meterbox.dsp.requests.StoredChange;
import org.meterbox.dsp.requests.StoredRequest;
import org.meterbox.dsp.uplink.DeviceMessageLedger.Received;
import org.meterbox.dsp.users.UserDirectory;
import org.meterbox.duis.response.ResponseData.FutureDatedDeviceAlert;
import org.meterbox.gbcs.alert.ActivationItems;
import org.meterbox.gbcs.alert.AlertPayload;
import org.meterbox.gbcs.alert.FutureDatedOutcome;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GbcsMessage.Alert;
import org.meterbox.gbcs.envelope.GbcsMessage.Response;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.store.StoreException;
import org.meterbox.transform.TranslationContext.StoredLog;
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

  /** How often a message is taken whose facts change while it is being stored. */
  private static final int ATTEMPTS_MAX = 3;

  private static final Executor SIDE_BY_SIDE =
      work -> Thread.ofVirtual().name("device-message").start(work);

  private final DeviceMessageLedger messages;
  private final CommandLedger commands;
  private final RequestLedger requests;
  private final ResponseConsequences consequences;
  private final ConsequenceWriter writer;
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
      ResponseConsequences consequences,
      ConsequenceWriter writer,
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
    this.consequences = consequences;
    this.writer = writer;
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
      MessageDisposition disposition = takeOnCurrentFacts(message);
      counted.accept(disposition);
      LOG.debug("message of {}: {}", device, disposition);
    } catch (StoreException e) {
      throw new NotStoredException("the message could not be stored", e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Responses to different commands mean nothing to each other and are stored together; an alert
   * is taken after what came before it and before what came after it.
   */
  @Override
  public List<Boolean> receivedTogether(List<Sent> messages) {
    if (messages.size() <= 1) {
      return Uplink.super.receivedTogether(messages);
    }
    List<Boolean> stored = new ArrayList<>(messages.size());
    int next = 0;
    while (next < messages.size()) {
      int end = next;
      while (end < messages.size() && isResponse(messages.get(end).message())) {
        end++;
      }
      end = Math.max(end, next + 1);
      stored.addAll(sideBySide(messages.subList(next, end)));
      next = end;
    }
    return stored;
  }

  private static boolean isResponse(Octets message) {
    try {
      return GbcsMessage.decode(message) instanceof Response;
    } catch (DecodeException malformed) {
      return false;
    }
  }

  private List<Boolean> sideBySide(List<Sent> messages) {
    List<CompletableFuture<Boolean>> taken =
        messages.stream()
            .map(m -> CompletableFuture.supplyAsync(() -> isTaken(m), SIDE_BY_SIDE))
            .toList();
    return taken.stream().map(CompletableFuture::join).toList();
  }

  private boolean isTaken(Sent sent) {
    try {
      received(sent.device(), sent.message());
      return true;
    } catch (NotStoredException kept) {
      LOG.warn("message of {}: {}", sent.device(), kept.getMessage());
      return false;
    }
  }

  /** What others change meanwhile is read again; a device sends again what was not taken. */
  private MessageDisposition takeOnCurrentFacts(Received message) throws NotStoredException {
    for (int attempt = 1; ; attempt++) {
      try {
        return take(message);
      } catch (StaleFactsException changedMeanwhile) {
        if (attempt == ATTEMPTS_MAX) {
          throw new NotStoredException(
              "what the message is about changes all the time", changedMeanwhile);
        }
      }
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
    ConsequenceWriter.Written written =
        writer.write(
            consequences.of(response, answered, now), Optional.of(request.key().id()), now);
    notices.addAll(written.notices());
    changes.addAll(written.changes());
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

  /** A response repeats the message code of its command. */
  static boolean sameUseCase(CommandRecord command, Response response) throws DecodeException {
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
      return takeForDcc(message, alert, code, keepDeviceLog(alert));
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
  private Optional<StoredLog> keepDeviceLog(Alert alert) {
    try {
      return deviceLogs.keepFrom(alert);
    } catch (DecodeException notAsPrescribed) {
      LOG.warn("{}: its device log is not kept: {}", alert.header(), notAsPrescribed.getMessage());
      return Optional.empty();
    }
  }

  /** An alert to the DCC: those are told who are registered for the premises. */
  private MessageDisposition takeForDcc(
      Received message, Alert alert, int code, Optional<StoredLog> log) {
    List<Consequence> follows = new ArrayList<>();
    inventory
        .find(message.device())
        .map(device -> new AlertRules.DeviceReport(device.id(), device.type(), code, timeOf(alert)))
        .flatMap(report ->
            AlertRules.tell(report, registrations.atPremisesOf(report.device()), message.at()))
        .ifPresent(told ->
            follows.add(new Consequence.Tell(told.code(), told.alert(), told.recipients())));
    log.ifPresent(reported -> follows.addAll(consequences.ofLog(message.device(), reported)));
    ConsequenceWriter.Written written = writer.write(follows, Optional.empty(), message.at());
    return keep(message, MessageDisposition.ALERT_FOR_DSP, written.notices(), written.changes());
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
