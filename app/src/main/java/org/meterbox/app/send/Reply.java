// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.send;

import java.util.Locale;
import java.util.Optional;
import org.meterbox.correlate.Outcome;
import org.meterbox.correlate.ParseAndCorrelate;
import org.meterbox.correlate.ParseResult;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading.Refused;
import org.meterbox.duis.Reading.Valid;
import org.meterbox.duis.response.ReceivedResponse;
import org.meterbox.duis.response.Response;
import org.meterbox.duis.response.ResponseBody.DccAlert;
import org.meterbox.duis.response.ResponseBody.DeviceAlert;
import org.meterbox.duis.response.ResponseBody.ResponseMessage;
import org.meterbox.duis.response.ResponseBody.Smets1Response;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.gbcs.catalogue.AlertCatalogue;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;

/**
 * What was pushed to the user after the acknowledgement.
 *
 * @param kind one word: response, device-alert or dcc-alert
 * @param document the signed octets
 * @param deviceMessage the GBCS message in it, where there is one
 * @param outcome what it means for the request
 * @param line what it says, for a person
 * @param mmc what Parse and Correlate made of the device's message, where there is one
 */
record Reply(
    String kind,
    Octets document,
    Optional<Octets> deviceMessage,
    SendOutcome outcome,
    String line,
    Optional<ParseResult> mmc) {
  private static final String RESPONSE = "response";

  /** Reads a pushed document. */
  static Reply read(
      Octets document, ServiceReferenceVariant service, ParseAndCorrelate parseAndCorrelate) {
    return switch (new DuisReader().readResponse(document)) {
      case Valid<ReceivedResponse>(ReceivedResponse received) ->
          read(received.response(), document, service, parseAndCorrelate);
      case Refused<ReceivedResponse> refused ->
          failed(RESPONSE, document, "it is no DUIS response: " + refused.refusal());
    };
  }

  private static Reply read(
      Response response,
      Octets document,
      ServiceReferenceVariant service,
      ParseAndCorrelate parseAndCorrelate) {
    return switch (response.body()) {
      case ResponseMessage message ->
          switch (message.data()) {
            case ResponseData.DeviceResponse(Octets payload) ->
                parsed(RESPONSE, document, payload, Optional.of(service), parseAndCorrelate);
            case ResponseData other ->
                new Reply(
                    RESPONSE,
                    document,
                    Optional.empty(),
                    SendOutcome.ANSWERED,
                    other.getClass().getSimpleName(),
                    Optional.empty());
          };
      case DeviceAlert alert -> {
        Reply read =
            parsed(
                "device-alert", document, alert.gbcsPayload(), Optional.empty(), parseAndCorrelate);
        yield new Reply(
            read.kind(),
            document,
            read.deviceMessage(),
            SendOutcome.FAILED,
            alertLine(alert.alertCode()),
            read.mmc());
      }
      case DccAlert alert ->
          failed(
              "dcc-alert",
              document,
              String.format(
                  Locale.ROOT,
                  "%s, %s: %s",
                  alert.code(),
                  alert.code().title().orElse("an alert of the DSP"),
                  response.code().meaning().orElse(response.code().toString())));
      case Smets1Response _ ->
          new Reply(
              RESPONSE,
              document,
              Optional.empty(),
              SendOutcome.ANSWERED,
              "a SMETS1 response",
              Optional.empty());
    };
  }

  private static Reply parsed(
      String kind,
      Octets document,
      Octets payload,
      Optional<ServiceReferenceVariant> service,
      ParseAndCorrelate parseAndCorrelate) {
    try {
      ParseResult result =
          service.isPresent()
              ? parseAndCorrelate.parse(payload, service.get())
              : parseAndCorrelate.parse(payload);
      return switch (result) {
        case ParseResult.Parsed parsed ->
            new Reply(
                kind,
                document,
                Optional.of(payload),
                parsed.outcome() == Outcome.FAILURE ? SendOutcome.FAILED : SendOutcome.ANSWERED,
                outcomeLine(parsed.outcome()),
                Optional.of(parsed));
        case ParseResult.Refuted refuted ->
            new Reply(
                kind,
                document,
                Optional.of(payload),
                SendOutcome.FAILED,
                "the device's message is REFUTED by its MAC or signature",
                Optional.of(refuted));
      };
    } catch (DecodeException malformed) {
      return failed(
          kind, document, "the device's message cannot be read: " + malformed.getMessage());
    }
  }

  private static String outcomeLine(Outcome outcome) {
    return switch (outcome) {
      case SUCCESS -> "the device did what was asked";
      case PARTIAL -> "the device did PART of what was asked";
      case FAILURE -> "the device did NOT do what was asked";
      case NOT_AN_ANSWER -> "the device's message is no answer";
    };
  }

  private static String alertLine(int code) {
    return String.format(
        Locale.ROOT,
        "%s: %s",
        String.format(Locale.ROOT, "%04X", code),
        AlertCatalogue.standard()
            .find(code)
            .map(AlertCatalogue.Meaning::title)
            .orElse("an alert that GBCS does not name"));
  }

  private static Reply failed(String kind, Octets document, String line) {
    return new Reply(kind, document, Optional.empty(), SendOutcome.FAILED, line, Optional.empty());
  }
}
