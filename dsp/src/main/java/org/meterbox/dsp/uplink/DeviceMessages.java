// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.uplink;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.meterbox.crypto.Sha256;
import org.meterbox.dsp.answers.AnswerWriter;
import org.meterbox.dsp.commands.CustomerNumbers;
import org.meterbox.dsp.delivery.Courier;
import org.meterbox.dsp.delivery.DeliveryLedger.Pending;
import org.meterbox.dsp.delivery.Notice;
import org.meterbox.dsp.dispatch.Dispatcher;
import org.meterbox.dsp.inventory.DeviceLogs;
import org.meterbox.dsp.requests.RequestInFlight;
import org.meterbox.dsp.requests.RequestLedger;
import org.meterbox.dsp.requests.RequestState.InFlight;
import org.meterbox.dsp.uplink.DeviceMessageLedger.Received;
import org.meterbox.dsp.users.UserDirectory;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GbcsMessage.Alert;
import org.meterbox.gbcs.envelope.GbcsMessage.Response;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
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

  private final RequestLedger requests;
  private final DeviceMessageLedger messages;
  private final Authenticity authenticity;
  private final UserDirectory users;
  private final DeviceLogs deviceLogs;
  private final CustomerNumbers customerNumbers;
  private final AnswerWriter answers;
  private final Dispatcher dispatcher;
  private final Courier courier;
  private final InstantSource clock;
  private final Consumer<Fate> counted;

  /**
   * The DSP's end of the SM WAN.
   *
   * @param counted told of every message's fate
   */
  public DeviceMessages(
      DeviceMessageLedger messages,
      RequestLedger requests,
      Authenticity authenticity,
      UserDirectory users,
      DeviceLogs deviceLogs,
      CustomerNumbers customerNumbers,
      AnswerWriter answers,
      Dispatcher dispatcher,
      Courier courier,
      InstantSource clock,
      Consumer<Fate> counted) {
    this.messages = messages;
    this.requests = requests;
    this.authenticity = authenticity;
    this.users = users;
    this.deviceLogs = deviceLogs;
    this.customerNumbers = customerNumbers;
    this.answers = answers;
    this.dispatcher = dispatcher;
    this.courier = courier;
    this.clock = clock;
    this.counted = counted;
  }

  @Override
  public void received(Eui64 device, Octets octets) throws NotStoredException {
    Received message = new Received(device, octets, Sha256.of(octets), clock.instant());
    try {
      Fate fate = take(message);
      counted.accept(fate);
      LOG.debug("message of {}: {}", device, fate);
    } catch (StoreException e) {
      throw new NotStoredException("the message could not be stored", e);
    }
  }

  private Fate take(Received message) {
    try {
      GbcsMessage decoded = GbcsMessage.decode(message.octets());
      if (!decoded.header().messageId().originator().equals(message.device())) {
        return keep(message, Fate.MISDIRECTED);
      }
      return switch (decoded) {
        case Response response -> takeResponse(message, response);
        case Alert alert -> takeAlert(message, alert, AlertCodes.read(alert.content().payload()));
        case GbcsMessage.PreCommand _,
            GbcsMessage.SignedPreCommand _,
            GbcsMessage.UnsecuredCommand _,
            GbcsMessage.Command _,
            GbcsMessage.DirectCommand _ ->
            keep(message, Fate.MALFORMED);
      };
    } catch (DecodeException malformed) {
      LOG.warn("message of {}: {}", message.device(), malformed.getMessage());
      return keep(message, Fate.MALFORMED);
    }
  }

  private Fate takeResponse(Received message, Response response) throws DecodeException {
    MessageId answered = response.header().messageId().answered();
    Optional<RequestInFlight> found = requests.findByCommand(answered);
    if (found.isEmpty() || !sameUseCase(found.get(), response)) {
      return keep(message, Fate.UNMATCHED);
    }
    if (!authenticity.holds(response.content(), response.mac())) {
      return keep(message, Fate.NOT_AUTHENTIC);
    }
    RequestInFlight request = found.get();
    if (!(request.state() instanceof InFlight)) {
      return keep(message, Fate.LATE);
    }
    Notice notice =
        answers.response(
            request.key().id(),
            request.service(),
            message.at(),
            customerNumbers.responseData(request.key().id(), request.service(), message.octets()));
    Optional<Pending> stored = requests.answer(request, message.octets(), message.digest(), notice);
    if (stored.isEmpty()) {
      return keep(message, Fate.LATE);
    }
    dispatcher.answered(request.command().id());
    courier.push(stored.get());
    return Fate.RESPONSE;
  }

  /** A response repeats the message code of its command. */
  private static boolean sameUseCase(RequestInFlight request, Response response)
      throws DecodeException {
    return GbcsMessage.decode(request.command().octets())
        .header()
        .messageCode()
        .equals(response.header().messageCode());
  }

  private Fate takeAlert(Received message, Alert alert, int code) throws DecodeException {
    if (!authenticity.holds(alert.content(), alert.mac())) {
      return keep(message, Fate.NOT_AUTHENTIC);
    }
    Optional<Eui64> recipient = recipient(alert);
    if (recipient.isEmpty()) {
      deviceLogs.keepFrom(alert);
      return keep(message, Fate.ALERT_FOR_DSP);
    }
    if (users.find(recipient.get()).isEmpty()) {
      return keep(message, Fate.MISDIRECTED);
    }
    MessageId id = alert.header().messageId();
    Notice notice = answers.deviceAlert(recipient.get(), id, code, message.octets(), message.at());
    Optional<List<Pending>> stored = messages.keep(message, Fate.ALERT, List.of(notice));
    stored.ifPresent(pending -> pending.forEach(courier::push));
    return stored.isPresent() ? Fate.ALERT : Fate.DUPLICATE;
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

  private Fate keep(Received message, Fate fate) {
    return messages.keep(message, fate) ? fate : Fate.DUPLICATE;
  }
}
