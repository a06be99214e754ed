// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.send;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.meterbox.app.system.Participant;
import org.meterbox.correlate.Correlation;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.kernel.Octets;

/** Writes what came back to files, and passes everything on. */
final class SavingReport implements SendReport {
  private final Path folder;
  private final SendReport shown;

  private SavingReport(Path folder, SendReport shown) {
    this.folder = folder;
    this.shown = shown;
  }

  /**
   * Writes to this folder, which is made where it is missing.
   *
   * @param shown is told everything too
   */
  static SavingReport to(Path folder, SendReport shown) throws IOException {
    return new SavingReport(Files.createDirectories(folder), shown);
  }

  @Override
  public void request(RequestDraft draft, Participant user) {
    shown.request(draft, user);
  }

  @Override
  public void signed(Octets signedPreCommand) {
    shown.signed(signedPreCommand);
  }

  @Override
  public void notSigned(Correlation correlation, Octets preCommand) {
    shown.notSigned(correlation, preCommand);
  }

  @Override
  public void acknowledged(Acknowledgement acknowledgement) {
    write("acknowledgement.xml", acknowledgement.document().toArray());
    shown.acknowledged(acknowledgement);
  }

  @Override
  public void reply(Reply reply) {
    write("response.xml", reply.document().toArray());
    reply
        .deviceMessage()
        .ifPresent(message ->
            write("response.hex", (message.hex() + "\n").getBytes(StandardCharsets.US_ASCII)));
    shown.reply(reply);
  }

  @Override
  public void nothing(Duration waited) {
    shown.nothing(waited);
  }

  @Override
  public void end(SendOutcome outcome) {
    shown.end(outcome);
  }

  private void write(String name, byte[] content) {
    try {
      Files.write(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
