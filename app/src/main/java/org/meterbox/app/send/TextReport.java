// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.send;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import org.meterbox.app.system.Participant;
import org.meterbox.app.terminal.Wrapped;
import org.meterbox.correlate.Correlation;
import org.meterbox.correlate.ParseResult;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.kernel.Octets;

/** For a person at a terminal: everything, as it happens. */
final class TextReport implements SendReport {
  private final PrintWriter out;

  TextReport(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void request(RequestDraft draft, Participant user) {
    say("request   " + draft.requestId());
    say(
        String.format(
            Locale.ROOT,
            "          SRV %s, command variant %s, as %s",
            draft.serviceReferenceVariant(),
            draft.commandVariant().number(),
            user.title()));
  }

  @Override
  public void signed(Octets signedPreCommand) {
    say("pre-command matches the request; signed");
    say(signedPreCommand.hex());
  }

  @Override
  public void notSigned(Correlation correlation, Octets preCommand) {
    say("pre-command REFUSED, nothing was signed");
    Verdicts.lines(correlation).forEach(line -> say("  " + line));
    say(preCommand.hex());
  }

  @Override
  public void acknowledged(Acknowledgement acknowledgement) {
    say("");
    wrapped("acknowledgement " + acknowledgement.line());
    say(ReadableXml.of(acknowledgement.document()));
  }

  @Override
  public void reply(Reply reply) {
    say("");
    wrapped(reply.kind().replace('-', ' ') + ": " + reply.line());
    say(ReadableXml.of(reply.document()));
    reply
        .mmc()
        .ifPresent(result -> {
          say("");
          wrapped("MMC       MAC       " + Verdicts.words(result.mac()));
          wrapped("          signature " + Verdicts.words(result.signature()));
          if (result instanceof ParseResult.Parsed parsed) {
            say(ReadableXml.of(parsed.document()));
          }
        });
  }

  @Override
  public void nothing(Duration waited) {
    say("");
    say(
        String.format(
            Locale.ROOT,
            "no response within %s s; the receiver keeps it when it comes",
            waited.toSeconds()));
  }

  @Override
  public void end(SendOutcome outcome) {
    say("");
    say(outcome.word());
  }

  private void wrapped(String text) {
    Wrapped.lines(text, "          ").forEach(this::say);
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
