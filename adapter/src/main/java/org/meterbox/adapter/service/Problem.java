// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.service;

import io.helidon.http.Status;
import java.util.Optional;
import org.meterbox.adapter.requests.NextStep;
import org.meterbox.adapter.requests.RequestJson;
import org.meterbox.adapter.requests.StoredRequest;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An error as {@code application/problem+json} (RFC 9457), with the parameter or the response code
 * that it is about and what to do next. Thrown by what answers a request, answered at its edge.
 */
final class Problem extends Exception {
  private static final long serialVersionUID = 1L;
  private static final String TYPE = "urn:meterbox:problem:";

  private final transient Status status;
  private final transient ObjectNode body;

  private Problem(Status status, ObjectNode body) {
    super(body.path("detail").asString(""));
    this.status = status;
    this.body = body;
  }

  /**
   * A problem.
   *
   * @param kind the last part of its type
   * @param title the kind in words
   * @param detail what is wrong here
   * @param nextStep what to do
   */
  static Problem of(Status status, String kind, String title, String detail, String nextStep) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("type", TYPE + kind);
    body.put("title", title);
    body.put("status", status.code());
    body.put("detail", detail);
    body.put("nextStep", nextStep);
    return new Problem(status, body);
  }

  /** A parameter that is missing, unknown or wrong. */
  static Problem parameter(String parameter, String fault) {
    Problem problem =
        of(
            Status.BAD_REQUEST_400,
            "parameter",
            "A parameter is missing, unknown or wrong",
            parameter + " " + fault,
            "Correct the parameter; GET /v1/services/SERVICE shows all of them with an example.");
    problem.body.put("parameter", parameter);
    return problem;
  }

  /** There is no such thing, or the client may not see it. */
  static Problem notFound(String what) {
    return of(
        Status.NOT_FOUND_404,
        "not-found",
        "There is no such thing",
        what,
        "Check the address; GET /openapi.json describes all of them.");
  }

  /** The client may not do this. */
  static Problem forbidden(String detail) {
    return of(
        Status.FORBIDDEN_403,
        "forbidden",
        "This client may not do that",
        detail,
        "Use another client, or change the file of clients and start the adapter again.");
  }

  /** A request that did not succeed. */
  static Problem failed(StoredRequest request) {
    String code = request.code().orElse("UNKNOWN");
    Status status =
        switch (request.state()) {
          case REFUSED -> Status.UNPROCESSABLE_CONTENT_422;
          case REJECTED -> Status.CONFLICT_409;
          case NOT_SIGNED, FAILED -> Status.BAD_GATEWAY_502;
          case AWAITING_APPROVAL,
              ACCEPTED,
              PRE_COMMAND_SIGNED,
              SENT,
              AWAITING_EXECUTION,
              QUARANTINED,
              ANSWERED ->
              throw new IllegalArgumentException("the request did not fail");
        };
    Optional<String> meaning = NextStep.meaning(code);
    Problem problem =
        of(
            status,
            request.state().word(),
            switch (request.state()) {
              case REFUSED -> "The DSP refused the request";
              case NOT_SIGNED -> "The Pre-Command is not what was asked; nothing was signed";
              case REJECTED -> "The second person did not approve the request";
              default -> "The request was not carried out";
            },
            code
                + meaning.map(words -> ": " + words).orElse("")
                + request
                    .detail()
                    .filter(detail -> !detail.isEmpty())
                    .map(d -> "; " + d)
                    .orElse(""),
            request.code().map(NextStep::of).orElse("Ask who rejected it."));
    problem.body.put("code", code);
    meaning.ifPresent(words -> problem.body.put("meaning", words));
    problem.body.put("requestId", request.id());
    problem.body.set("request", RequestJson.of(request));
    return problem;
  }

  Status status() {
    return status;
  }

  String json() {
    return body.toString();
  }
}
