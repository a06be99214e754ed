// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.send;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.meterbox.adapter.sending.Answer;
import org.meterbox.app.system.Participant;
import org.meterbox.correlate.Correlation;
import org.meterbox.correlate.ParseResult;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.kernel.Octets;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** For programs: one JSON object in one line, when all is over. */
final class JsonReport implements SendReport {
  private final PrintWriter out;
  private final ObjectNode json = JsonNodeFactory.instance.objectNode();

  JsonReport(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void request(RequestDraft draft, Participant user) {
    json.put("requestId", draft.requestId().toString());
    json.put("service", draft.serviceReferenceVariant().value());
    json.put("commandVariant", draft.commandVariant().number());
    json.put("user", user.name());
  }

  @Override
  public void signed(Octets signedPreCommand) {
    ObjectNode preCommand = json.putObject("preCommand");
    preCommand.put("match", true);
    preCommand.put("signed", signedPreCommand.hex());
  }

  @Override
  public void notSigned(Correlation correlation, Octets refused) {
    ObjectNode preCommand = json.putObject("preCommand");
    preCommand.put("match", false);
    preCommand.put("received", refused.hex());
    Verdicts.lines(correlation).forEach(preCommand.putArray("differences")::add);
  }

  @Override
  public void acknowledged(Acknowledgement acknowledgement) {
    ObjectNode said = json.putObject("acknowledgement");
    switch (acknowledgement.answer()) {
      case Answer.Verified(var response, var _) -> {
        said.put("code", response.code().code());
        response.code().meaning().ifPresent(meaning -> said.put("meaning", meaning));
      }
      case Answer.Rejected(int status, String reason, var _) -> {
        said.put("httpStatus", status);
        said.put("meaning", reason);
      }
    }
    acknowledgement.rule().ifPresent(rule -> said.put("rule", rule));
    said.put("document", text(acknowledgement.document()));
  }

  @Override
  public void reply(Reply reply) {
    ObjectNode said = json.putObject("reply");
    said.put("kind", reply.kind());
    said.put("summary", reply.line());
    said.put("document", text(reply.document()));
    reply
        .mmc()
        .ifPresent(result -> {
          ObjectNode mmc = json.putObject("mmc");
          mmc.put("mac", Verdicts.words(result.mac()));
          mmc.put("signature", Verdicts.words(result.signature()));
          if (result instanceof ParseResult.Parsed parsed) {
            mmc.put("document", text(parsed.document()));
          }
        });
  }

  @Override
  public void nothing(Duration waited) {
    json.put("waitedSeconds", waited.toSeconds());
  }

  @Override
  public void end(SendOutcome outcome) {
    json.put("outcome", outcome.word());
    out.println(json);
    out.flush();
  }

  private static String text(Octets document) {
    return new String(document.toArray(), StandardCharsets.UTF_8);
  }
}
