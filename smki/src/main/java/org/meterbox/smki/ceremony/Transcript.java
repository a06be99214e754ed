// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.ceremony;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.audit.AuditAction;
import org.meterbox.smki.audit.AuditEntry;
import org.meterbox.smki.audit.AuditLog;

/**
 * The record of one ceremony in a file of its own that its witnesses can take along: the hash-chain
 * of the audit log, one entry a line: number, time, hash before, hash, actor, action and detail,
 * with tabulators between. Each line is on the disk before the next step is taken.
 */
public final class Transcript implements AuditLog {
  private static final int FILE_OCTETS_MAX = 4 * 1024 * 1024;
  private static final int FIELDS = 7;
  private static final int HASH_OCTETS = 32;

  private final Path file;
  private final InstantSource clock;
  private final List<AuditEntry> entries;

  private Transcript(Path file, InstantSource clock, List<AuditEntry> entries) {
    this.file = file;
    this.clock = clock;
    this.entries = new ArrayList<>(entries);
  }

  /**
   * Begins a transcript.
   *
   * @throws IOException where the file is there already: nothing is ever written over
   */
  public static Transcript begin(Path file, InstantSource clock) throws IOException {
    Files.createFile(file);
    return new Transcript(file, clock, List.of());
  }

  /**
   * Reads a transcript that was written before; {@link #verify} says whether it is intact.
   *
   * @throws DecodeException where the file has another form
   */
  public static Transcript read(Path file, InstantSource clock)
      throws IOException, DecodeException {
    if (Files.size(file) > FILE_OCTETS_MAX) {
      throw new DecodeException(
          Fault.LIMIT_EXCEEDED, FILE_OCTETS_MAX, file.toString(), "too long for a transcript");
    }
    List<AuditEntry> entries = new ArrayList<>();
    for (String line :
        new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList()) {
      entries.add(entry(line, entries.size() + 1));
    }
    return new Transcript(file, clock, entries);
  }

  @Override
  public synchronized AuditEntry append(String actor, AuditAction action, String detail) {
    Octets last = entries.isEmpty() ? AuditEntry.BEGINNING : entries.getLast().hash();
    AuditEntry next =
        AuditEntry.after(
            last, entries.size() + 1, clock.instant(), oneLine(actor), action, oneLine(detail));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
      ByteBuffer line = ByteBuffer.wrap((line(next) + "\n").getBytes(StandardCharsets.UTF_8));
      while (line.hasRemaining()) {
        channel.write(line);
      }
      channel.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException("the transcript cannot be written", e);
    }
    entries.add(next);
    return next;
  }

  @Override
  public synchronized List<AuditEntry> read(long from, int entriesMax) {
    return entries.stream()
        .filter(entry -> entry.number() >= from)
        .limit(Math.min(entriesMax, PAGE_MAX))
        .toList();
  }

  @Override
  public synchronized long last() {
    return entries.size();
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }

  private static String line(AuditEntry entry) {
    return String.join(
        "\t",
        Long.toString(entry.number()),
        entry.at().toString(),
        entry.previous().hex(),
        entry.hash().hex(),
        entry.actor(),
        entry.action().name(),
        entry.detail());
  }

  private static AuditEntry entry(String line, int number) throws DecodeException {
    String[] fields = line.split("\t", -1);
    try {
      if (fields.length == FIELDS
          && fields[2].length() == 2 * HASH_OCTETS
          && fields[3].length() == 2 * HASH_OCTETS) {
        return new AuditEntry(
            Long.parseLong(fields[0]),
            Instant.parse(fields[1]),
            fields[4],
            AuditAction.valueOf(fields[5]),
            fields[6],
            Octets.ofHex(fields[2]),
            Octets.ofHex(fields[3]));
      }
    } catch (IllegalArgumentException | DateTimeException malformed) {
      // Said below, like a wrong number of fields.
    }
    throw new DecodeException(
        Fault.UNEXPECTED_VALUE,
        number,
        "transcript",
        String.format(Locale.ROOT, "line %d is no entry", number));
  }
}
