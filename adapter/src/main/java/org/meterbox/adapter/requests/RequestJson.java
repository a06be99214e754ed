// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.requests;

import java.nio.charset.StandardCharsets;
import org.meterbox.adapter.parameters.JsonReading;
import org.meterbox.adapter.parameters.ParameterException;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A request as clients read it. */
public final class RequestJson {
  private RequestJson() {}

  /** Its identity, its state, its result, and what to do next where it did not succeed. */
  public static ObjectNode of(StoredRequest request) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("requestId", request.id());
    json.put("duisRequestId", request.duisId().toString());
    json.put("state", request.state().word());
    json.put("service", request.service().value());
    ServiceRequestCatalogue.current()
        .find(request.service())
        .ifPresent(entry -> json.put("name", entry.name()));
    json.put("user", request.user());
    request.device().ifPresent(device -> json.put("device", device));
    json.put("commandVariant", request.variant().number());
    json.put("client", request.client());
    request.approver().ifPresent(approver -> json.put("approver", approver));
    request.execution().ifPresent(moment -> json.put("executionDateTime", moment.toString()));
    json.put("received", request.received().toString());
    json.put("changed", request.changed().toString());
    request.acknowledgement().ifPresent(code -> json.put("acknowledgement", code));
    request.result().ifPresent(result -> json.set("result", parsed(result)));
    boolean succeeded = request.state() == RequestState.ANSWERED;
    request
        .code()
        .filter(_ -> !succeeded)
        .ifPresent(code -> {
          ObjectNode failure = json.putObject("failure");
          failure.put("code", code);
          NextStep.meaning(code).ifPresent(meaning -> failure.put("meaning", meaning));
          request
              .detail()
              .filter(detail -> !detail.isEmpty())
              .ifPresent(detail -> failure.put("detail", detail));
          failure.put("nextStep", NextStep.of(code));
        });
    return json;
  }

  private static ObjectNode parsed(String json) {
    try {
      return JsonReading.object(Octets.of(json.getBytes(StandardCharsets.UTF_8)));
    } catch (ParameterException ownText) {
      throw new IllegalStateException("a stored result is no JSON", ownText);
    }
  }
}
