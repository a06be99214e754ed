// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.intake;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.dsp.access.Refusal;
import org.meterbox.dsp.coverage.WanCoverage;
import org.meterbox.dsp.estate.EstateCode;
import org.meterbox.dsp.estate.EstateDecision;
import org.meterbox.dsp.estate.EstateFacts;
import org.meterbox.dsp.estate.EstateServices;
import org.meterbox.dsp.intake.RequestDecision.AnsweredByDsp;
import org.meterbox.dsp.intake.RequestDecision.Refused;
import org.meterbox.dsp.intake.RequestFacts.ServiceFacts;
import org.meterbox.dsp.uplink.ReturnedResponse;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.kernel.catalogue.ResponseCode;

/** Decides about the requests that the DSP answers by itself (command variant 8). */
final class DspServices {
  private DspServices() {}

  static RequestDecision decide(RequestFacts facts, ServiceRequest request, Instant now)
      throws ElementException {
    if (!request.requestId().target().equals(facts.dsp())) {
      return new Refused(
          new Refusal(ResponseCode.E19, "a non-device request is addressed to the DSP"));
    }
    return switch (request.body().localName()) {
      case "CreateSchedule" -> ScheduleServices.create(facts, request, now);
      case "ReadSchedule" -> ScheduleServices.read(facts, request);
      case "DeleteSchedule" -> ScheduleServices.delete(facts, request);
      default -> decideAboutEstate(facts.service(), request, now);
    };
  }

  private static RequestDecision decideAboutEstate(
      ServiceFacts known, ServiceRequest request, Instant now) throws ElementException {
    return switch (known) {
      case ServiceFacts.Estate(EstateFacts facts, WanCoverage coverage) ->
          EstateServices.decide(facts, coverage, request.body(), now)
              .map(DspServices::decided)
              .orElseGet(() -> notOffered(request));
      case ServiceFacts.Returned(ReturnedResponse response) -> returned(response);
      case ServiceFacts.None _, ServiceFacts.Schedules _ -> notOffered(request);
    };
  }

  private static RequestDecision decided(EstateDecision decision) {
    return switch (decision) {
      case EstateDecision.Refused(Refusal refusal) -> new Refused(refusal);
      case EstateDecision.Done(var code, var data, var consequences) ->
          new AnsweredByDsp(code, data, List.of(), consequences);
    };
  }

  /** 8.13 Return Local Command Response. */
  private static RequestDecision returned(ReturnedResponse response) {
    return switch (response) {
      case ReturnedResponse.NotAResponse(String why) ->
          refused(EstateCode.LOCAL_NOT_A_RESPONSE, "the payload is no response: " + why);
      case ReturnedResponse.NoCommand() ->
          refused(
              EstateCode.LOCAL_NO_COMMAND,
              "it answers no command that was given to the sender for local delivery");
      case ReturnedResponse.NotAuthentic() ->
          refused(EstateCode.LOCAL_NOT_AUTHENTIC, "the response is not the device's");
      case ReturnedResponse.Accepted accepted ->
          new AnsweredByDsp(
              ResponseCode.I0,
              new ResponseData.Nothing(),
              List.of(
                  new DspChange.TakeResponse(
                      accepted.answered().command(), accepted.octets(), accepted.digest())),
              accepted.consequences());
    };
  }

  private static RequestDecision refused(EstateCode code, String rule) {
    return new Refused(new Refusal(code.code(), rule));
  }

  private static RequestDecision notOffered(ServiceRequest request) {
    return new Refused(
        Refusal.withoutOwnCode(
            String.format(
                Locale.ROOT,
                "%s is not offered by this version",
                request.serviceReferenceVariant())));
  }

  static AnsweredByDsp done(ResponseData data, DspChange... changes) {
    return new AnsweredByDsp(ResponseCode.I0, data, List.of(changes));
  }

  /** The code of a service of its own, where it is in the table. */
  static ResponseCode code(String code) {
    return Optional.of(code).flatMap(ResponseCode::find).orElseThrow();
  }
}
