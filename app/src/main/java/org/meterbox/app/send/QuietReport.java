// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.send;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import org.meterbox.app.system.Participant;
import org.meterbox.correlate.Correlation;
import org.meterbox.correlate.ParseResult;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.kernel.Octets;

/**
 * For pipes: the standard output gets one document, the MMC XML, or else what the DSP sent. What
 * went wrong is a line on standard error.
 */
final class QuietReport implements SendReport {
  private final PrintWriter out;
  private final PrintWriter err;

  QuietReport(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public void request(RequestDraft draft, Participant user) {
    // Who asks for quiet knows what was sent.
  }

  @Override
  public void signed(Octets signedPreCommand) {
    // It goes on; only the end counts.
  }

  @Override
  public void notSigned(Correlation correlation, Octets preCommand) {
    complain("the Pre-Command is not what was asked, nothing was signed");
    Verdicts.lines(correlation).forEach(line -> complain(line));
  }

  @Override
  public void acknowledged(Acknowledgement acknowledgement) {
    acknowledgement
        .outcome()
        .ifPresent(outcome -> {
          if (outcome == SendOutcome.ANSWERED) {
            out.println(ReadableXml.of(acknowledgement.document()));
          } else {
            complain(acknowledgement.line());
          }
        });
  }

  @Override
  public void reply(Reply reply) {
    if (reply.outcome() != SendOutcome.ANSWERED) {
      complain(reply.kind().replace('-', ' ') + ": " + reply.line());
    }
    Octets document =
        reply
            .mmc()
            .filter(ParseResult.Parsed.class::isInstance)
            .map(result -> ((ParseResult.Parsed) result).document())
            .orElse(reply.document());
    out.println(ReadableXml.of(document));
  }

  @Override
  public void nothing(Duration waited) {
    complain(String.format(Locale.ROOT, "no response within %s s", waited.toSeconds()));
  }

  @Override
  public void end(SendOutcome outcome) {
    out.flush();
  }

  private void complain(String line) {
    err.println("meterbox: " + line);
    err.flush();
  }
}
