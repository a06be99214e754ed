// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.gateway;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.meterbox.dsp.intake.RecentRefusals;
import org.meterbox.dsp.intake.RecentRefusals.Refusal;
import org.meterbox.kernel.MessageId;

/**
 * Tells an operator by which rule a request was refused: {@code GET /refusals?id=REQUEST-ID}
 * answers with the response code, a blank and the rule; 404 where no such refusal is remembered.
 */
final class RefusalDiagnostics implements Handler {
  /** The path on the operators' listener. */
  static final String PATH = "/refusals";

  private final RecentRefusals refusals;

  RefusalDiagnostics(RecentRefusals refusals) {
    this.refusals = refusals;
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    MessageId id;
    try {
      id = MessageId.parse(request.query().first("id").orElse(""));
    } catch (IllegalArgumentException malformed) {
      answer(response, Status.BAD_REQUEST_400, "id=ORIGINATOR:TARGET:COUNTER is needed");
      return;
    }
    Optional<Refusal> found = refusals.find(id);
    if (found.isPresent()) {
      answer(response, Status.OK_200, found.get().code() + " " + found.get().rule());
    } else {
      answer(response, Status.NOT_FOUND_404, "no refusal of this request is remembered");
    }
  }

  private static void answer(ServerResponse response, Status status, String line) {
    response.status(status).header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
    response.send((line + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
