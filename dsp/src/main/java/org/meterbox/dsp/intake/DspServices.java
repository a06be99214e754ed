// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.intake;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.dsp.access.Refusal;
import org.meterbox.dsp.intake.RequestDecision.AnsweredByDsp;
import org.meterbox.dsp.intake.RequestDecision.Refused;
import org.meterbox.dsp.intake.RequestFacts.ServiceFacts;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.duis.response.ResponseData.DspResult;
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
      case "ReadInventory" -> readInventory(facts.service());
      case "CreateSchedule" -> ScheduleServices.create(facts, request, now);
      case "ReadSchedule" -> ScheduleServices.read(facts, request);
      case "DeleteSchedule" -> ScheduleServices.delete(facts, request);
      default ->
          new Refused(
              Refusal.withoutOwnCode(
                  String.format(
                      Locale.ROOT,
                      "%s is not offered by this version",
                      request.serviceReferenceVariant())));
    };
  }

  /** 8.2 Read Inventory: the whole premises of a device or meter point. */
  private static RequestDecision readInventory(ServiceFacts known) {
    return switch (known) {
      case ServiceFacts.Premises(var devices) when !devices.isEmpty() ->
          done(new DspResult(InventoryElements.inventory(devices)));
      case ServiceFacts.Premises _ ->
          new Refused(new Refusal(ResponseCode.E19, "the inventory holds no such device"));
      case ServiceFacts.None _, ServiceFacts.Schedules _ ->
          new Refused(
              Refusal.withoutOwnCode("this version does not search the inventory by property"));
    };
  }

  static AnsweredByDsp done(ResponseData data, DspChange... changes) {
    return new AnsweredByDsp(ResponseCode.I0, data, List.of(changes));
  }

  /** The code of a service of its own, where it is in the table. */
  static ResponseCode code(String code) {
    return Optional.of(code).flatMap(ResponseCode::find).orElseThrow();
  }
}
