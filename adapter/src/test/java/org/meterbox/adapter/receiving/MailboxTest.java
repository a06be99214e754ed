// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.receiving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;

class MailboxTest {
  private static final MessageId REQUEST =
      MessageId.parse("90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:7");
  private static final Optional<MessageId> RESPONSE = Optional.of(REQUEST.answered());
  private static final Octets MESSAGE = Octets.ofHex("3C612F3E");

  @TempDir private Path folder;

  @Test
  void aMessageDeliveredTwiceIsKeptOnceAndAsItCameFirst() throws IOException {
    Mailbox mailbox = Mailbox.open(folder);

    assertThat(mailbox.keep(REQUEST, RESPONSE, MESSAGE)).isEqualTo(Mailbox.Outcome.KEPT);
    assertThat(mailbox.keep(REQUEST, RESPONSE, Octets.ofHex("00")))
        .isEqualTo(Mailbox.Outcome.ALREADY_THERE);

    assertThat(mailbox.findAll(REQUEST)).containsExactly(MESSAGE);
  }

  /** A future dated command is answered at once and reported again when its time has come. */
  @Test
  void severalAnswersToOneRequestAreKeptSideBySide() throws IOException {
    Mailbox mailbox = Mailbox.open(folder);
    MessageId alert = MessageId.parse("00-DB-12-34-56-78-90-A0:90-B3-D5-1F-30-01-00-00:2000");

    mailbox.keep(REQUEST, RESPONSE, MESSAGE);
    mailbox.keep(REQUEST, Optional.of(alert), Octets.ofHex("00"));

    assertThat(mailbox.findAll(REQUEST)).hasSize(2);
  }

  // Responses are personal data: under any umask only the owner may read them.
  @Test
  void onlyTheOwnerMayReadWhatWasKept() throws IOException {
    Path mailbox = folder.resolve("mailbox");
    Files.createDirectories(mailbox);
    Files.setPosixFilePermissions(mailbox, PosixFilePermissions.fromString("rwxrwxrwx"));
    Mailbox.open(mailbox).keep(REQUEST, RESPONSE, MESSAGE);
    try (Stream<Path> all = Files.walk(mailbox)) {
      assertThat(all)
          .hasSize(3)
          .allSatisfy(path ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                  .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
    }
  }

  @Test
  void whatWasKeptIsThereAfterARestart() throws IOException {
    Mailbox.open(folder).keep(REQUEST, RESPONSE, MESSAGE);

    assertThat(Mailbox.open(folder).find(REQUEST)).contains(MESSAGE);
  }

  @Test
  void whoWaitsGetsTheMessageWhenItArrives() throws Exception {
    Mailbox mailbox = Mailbox.open(folder);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var waiting = threads.submit(() -> mailbox.await(REQUEST, Duration.ofMinutes(1)));
      CompletableFuture.runAsync(() -> keep(mailbox), threads).join();

      assertThat(waiting.get()).contains(MESSAGE);
    }
  }

  @Test
  void whoMayNotWaitHearsAtOnceThatNothingIsThere() throws Exception {
    assertThat(Mailbox.open(folder).await(REQUEST, Duration.ZERO)).isEmpty();
  }

  private static void keep(Mailbox mailbox) {
    try {
      mailbox.keep(REQUEST, RESPONSE, MESSAGE);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
