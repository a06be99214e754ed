// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.requests;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.meterbox.adapter.events.EventKind;
import org.meterbox.adapter.parameters.DocumentJson;
import org.meterbox.adapter.parameters.MmcJson;
import org.meterbox.adapter.requests.RequestProgress.Answered;
import org.meterbox.adapter.requests.RequestProgress.Failed;
import org.meterbox.adapter.requests.RequestProgress.None;
import org.meterbox.adapter.requests.RequestProgress.Part;
import org.meterbox.adapter.requests.RequestProgress.Quarantined;
import org.meterbox.correlate.Outcome;
import org.meterbox.correlate.ParseResult;
import org.meterbox.correlate.Verdict;
import org.meterbox.duis.response.Response;
import org.meterbox.duis.response.ResponseBody.DccAlert;
import org.meterbox.duis.response.ResponseBody.DeviceAlert;
import org.meterbox.duis.response.ResponseBody.ResponseMessage;
import org.meterbox.duis.response.ResponseBody.Smets1Response;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.duis.schema.DuisStructure;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.alert.AlertedCommand;
import org.meterbox.gbcs.catalogue.AlertCatalogue;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.catalogue.ResponseCode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a message of the DSP says, read with the keys of the user that it is for.
 *
 * @param kind of the event that it becomes
 * @param request the request that it is about
 * @param device the device that it is from or about
 * @param code the alert code or response code
 * @param body the content as JSON
 * @param progress what it means for the request
 */
record ReceivedContent(
    EventKind kind,
    Optional<String> request,
    Optional<String> device,
    Optional<String> code,
    ObjectNode body,
    RequestProgress progress) {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** The alert of a device that does not know a command. */
  private static final int UNSUPPORTED = 0x8F85;

  private static final Set<String> QUARANTINES = Set.of("N46", "N47", "N48");
  private static final String COMMAND_FAILURE = "CommandFailure";

  /** Reads a response or alert. */
  static ReceivedContent of(DccUser user, Response response) {
    return switch (response.body()) {
      case ResponseMessage message -> response(user, response, message);
      case DeviceAlert alert -> deviceAlert(user, response, alert);
      case DccAlert alert -> dccAlert(response, alert);
      case Smets1Response(XmlElement element) -> {
        ObjectNode body = NODES.objectNode();
        DuisStructure.current()
            .responsePart(element.localName())
            .ifPresent(known -> body.set("smets1", DocumentJson.of(known, element)));
        yield new ReceivedContent(
            EventKind.RESPONSE,
            response.requestId().map(MessageId::toString),
            Optional.empty(),
            Optional.empty(),
            body,
            new Answered(body));
      }
    };
  }

  private static ReceivedContent response(
      DccUser user, Response response, ResponseMessage message) {
    ServiceReferenceVariant service = message.serviceReferenceVariant();
    ObjectNode body = NODES.objectNode();
    body.put("service", service.value());
    Optional<String> code = Optional.of(response.code().code());
    RequestProgress progress;
    if (response.code().kind() == ResponseCode.Kind.ERROR) {
      progress = new Failed(response.code().code(), "the DSP says so", NODES.objectNode());
    } else {
      progress = data(user, service, message.data());
    }
    body.setAll(resultOf(progress));
    return new ReceivedContent(
        EventKind.RESPONSE,
        response.requestId().map(MessageId::toString),
        response.responseId().map(id -> id.originator().dashed()),
        code,
        body,
        progress);
  }

  private static ObjectNode resultOf(RequestProgress progress) {
    return switch (progress) {
      case Answered(ObjectNode result) -> result;
      case Failed(var _, var _, ObjectNode result) -> result;
      case Part(ObjectNode result) -> result;
      case RequestProgress.Outcome outcome -> outcome.result();
      case Quarantined _, None _ -> NODES.objectNode();
    };
  }

  /** What a successful answer carries, asynchronous or at once. */
  static RequestProgress data(DccUser user, ServiceReferenceVariant service, ResponseData data) {
    return switch (data) {
      case ResponseData.Nothing() -> new Answered(NODES.objectNode());
      case ResponseData.DeviceResponse(Octets payload) -> device(user, service, payload);
      case ResponseData.PreCommand(var _, Octets payload) ->
          new Part(NODES.objectNode().put("preCommand", payload.hex()));
      case ResponseData.LocalCommand(Octets payload) ->
          new Part(NODES.objectNode().put("localCommand", payload.hex()));
      case ResponseData.FutureDatedDeviceAlert alert ->
          new RequestProgress.Outcome(
              alert.instructionNumber(),
              alert.totalInstructions(),
              hex(alert.alertCode()),
              parsed(user, alert.gbcsPayload(), Optional.empty()).json());
      case ResponseData.ScheduledResponse(Octets payload, long schedule) -> {
        ObjectNode result = parsed(user, payload, Optional.of(service)).json();
        result.put("scheduleId", schedule);
        // A run of a schedule does not end the request that made the schedule.
        yield new Part(result);
      }
      case ResponseData.ScheduleCreated(long schedule) ->
          new Answered(NODES.objectNode().put("scheduleId", schedule));
      case ResponseData.CustomerIdentification(Octets payload, String number) -> {
        RequestProgress progress = device(user, service, payload);
        if (progress instanceof Answered(ObjectNode result)) {
          result.put("customerIdentificationNumber", number);
        }
        yield progress;
      }
      case ResponseData.DspResult(XmlElement element) -> {
        ObjectNode result = NODES.objectNode();
        DuisStructure.current()
            .responsePart(element.localName())
            .ifPresent(known -> result.set(element.localName(), DocumentJson.of(known, element)));
        yield new Answered(result);
      }
    };
  }

  private static RequestProgress device(
      DccUser user, ServiceReferenceVariant service, Octets payload) {
    Parsed parsed = parsed(user, payload, Optional.of(service));
    return switch (parsed.outcome()) {
      case GOOD -> new Answered(parsed.json());
      case REFUSED ->
          new Failed(
              NextStep.DEVICE_REFUSED, "the device did not do what was asked", parsed.json());
      case NOT_AUTHENTIC ->
          new Failed(NextStep.NOT_AUTHENTIC, "the content is not to be believed", parsed.json());
    };
  }

  private enum DeviceOutcome {
    GOOD,
    REFUSED,
    NOT_AUTHENTIC
  }

  private record Parsed(DeviceOutcome outcome, ObjectNode json) {}

  /** Verifies, decrypts and reads one device message. */
  private static Parsed parsed(
      DccUser user, Octets payload, Optional<ServiceReferenceVariant> service) {
    ObjectNode json = NODES.objectNode();
    try {
      ParseResult result =
          service.isPresent()
              ? user.parseAndCorrelate().parse(payload, service.get())
              : user.parseAndCorrelate().parse(payload);
      ObjectNode verification = json.putObject("verification");
      verification.put("mac", word(result.mac()));
      verification.put("signature", word(result.signature()));
      return switch (result) {
        case ParseResult.Parsed parsed -> {
          verification.put("decryption", word(parsed.sensitiveContent()));
          parsed.remark().ifPresent(remark -> json.put("remark", remark));
          json.setAll(MmcJson.of(parsed.document()));
          yield new Parsed(
              parsed.outcome() == Outcome.FAILURE ? DeviceOutcome.REFUSED : DeviceOutcome.GOOD,
              json);
        }
        case ParseResult.Refuted refuted -> {
          verification.put("decryption", word(refuted.sensitiveContent()));
          yield new Parsed(DeviceOutcome.NOT_AUTHENTIC, json);
        }
      };
    } catch (DecodeException malformed) {
      json.put("remark", "the device's message cannot be read: " + malformed.getMessage());
      json.put("gbcs", payload.hex());
      return new Parsed(DeviceOutcome.NOT_AUTHENTIC, json);
    }
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Valid _ -> "valid";
      case Verdict.Invalid _ -> "invalid";
      case Verdict.NoKey _ -> "no-key";
      case Verdict.Absent() -> "absent";
    };
  }

  private static ReceivedContent deviceAlert(DccUser user, Response response, DeviceAlert alert) {
    Parsed parsed = parsed(user, alert.gbcsPayload(), Optional.empty());
    ObjectNode body = parsed.json();
    AlertCatalogue.standard()
        .find(alert.alertCode())
        .ifPresent(meaning -> body.put("title", meaning.title()));
    boolean unsupported = alert.alertCode() == UNSUPPORTED;
    return new ReceivedContent(
        EventKind.DEVICE_ALERT,
        response.requestId().or(() -> alerted(alert.gbcsPayload())).map(MessageId::toString),
        response.responseId().map(id -> id.originator().dashed()),
        Optional.of(hex(alert.alertCode())),
        body,
        unsupported
            ? new Failed(
                hex(UNSUPPORTED), "the device does not support the command", NODES.objectNode())
            : new None());
  }

  private static Optional<MessageId> alerted(Octets gbcs) {
    try {
      return GbcsMessage.decode(gbcs) instanceof GbcsMessage.Alert alert
          ? AlertedCommand.of(alert)
          : Optional.empty();
    } catch (DecodeException malformed) {
      return Optional.empty();
    }
  }

  private static ReceivedContent dccAlert(Response response, DccAlert alert) {
    String code = alert.code().code();
    ObjectNode body = NODES.objectNode();
    alert.code().title().ifPresent(title -> body.put("title", title));
    body.put("nextStep", NextStep.of(code));
    DuisStructure.current()
        .responsePart(alert.alert().localName())
        .ifPresent(known -> body.set("alert", DocumentJson.of(known, alert.alert())));
    RequestProgress progress = new None();
    if (QUARANTINES.contains(code)) {
      progress = new Quarantined(code);
    } else if (alert.alert().localName().equals(COMMAND_FAILURE)) {
      String said = response.code().meaning().orElse(response.code().code());
      progress = new Failed(code, said, NODES.objectNode());
    }
    return new ReceivedContent(
        EventKind.DCC_ALERT,
        response
            .requestId()
            .map(MessageId::toString)
            .or(() -> text(alert.alert(), "CommandRequestID")),
        text(alert.alert(), "DeviceID"),
        Optional.of(code),
        body,
        progress);
  }

  /** The text of the first element with this name, at any depth. */
  private static Optional<String> text(XmlElement around, String name) {
    if (around.localName().equals(name)) {
      return Optional.of(around.token());
    }
    return around.children().stream().flatMap(child -> text(child, name).stream()).findFirst();
  }

  private static String hex(int code) {
    return String.format(Locale.ROOT, "%04X", code);
  }
}
