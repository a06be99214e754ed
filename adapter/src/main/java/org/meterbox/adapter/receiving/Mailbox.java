// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.receiving;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;

/**
 * Keeps received messages on the disk: a folder for each request (or, for alerts nobody asked for,
 * each Response ID), in it a file for each Response ID. A device's alert about a request stands
 * with the answers to it, behind them. A message that is delivered twice is kept once. It is on the
 * disk before {@link #keep} returns. Safe for use by many threads.
 */
public final class Mailbox {
  /** Whether a message was new. */
  public enum Outcome {
    /** Kept now. */
    KEPT,
    /** Already there, with the same octets or others. */
    ALREADY_THERE
  }

  /** What devices answer is personal data. */
  private static final Set<PosixFilePermission> FILE_FOR_OWNER =
      PosixFilePermissions.fromString("rw-------");

  private static final Set<PosixFilePermission> FOLDER_FOR_OWNER =
      PosixFilePermissions.fromString("rwx------");

  /** How many of the latest refusals by devices are remembered for those who wait. */
  private static final int REFUSALS_MAX = 256;

  /** Sorts behind the names of answers, which begin with an identifier in upper case. */
  private static final String ALERT = "device-alert-";

  private final Path folder;
  private final Deque<ReceivedAlert> refusals = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();

  private Mailbox(Path folder) {
    this.folder = folder;
  }

  /** Opens or makes the folder. */
  public static Mailbox open(Path folder) throws IOException {
    Files.createDirectories(folder);
    // Also where an earlier version, or somebody else, made it.
    Files.setPosixFilePermissions(folder, FOLDER_FOR_OWNER);
    return new Mailbox(folder);
  }

  /**
   * Keeps one message durably.
   *
   * @param identity the Request ID for an answer, the Response ID for an alert
   * @param responseId tells several answers to one request apart
   */
  public Outcome keep(MessageId identity, Optional<MessageId> responseId, Octets message)
      throws IOException {
    lock.lock();
    try {
      return keep(identity, responseId.map(Mailbox::name).orElse("answer"), message);
    } finally {
      lock.unlock();
    }
  }

  /** Keeps a device's alert durably: with the request that it is about, or by itself. */
  Outcome keep(ReceivedAlert alert) throws IOException {
    lock.lock();
    try {
      String name = name(alert.responseId());
      Outcome outcome =
          alert.request().isPresent()
              ? keep(alert.request().get(), ALERT + name, alert.document())
              : keep(alert.responseId(), name, alert.document());
      if (alert.refusal() && outcome == Outcome.KEPT) {
        refusals.addLast(alert);
        if (refusals.size() > REFUSALS_MAX) {
          refusals.removeFirst();
        }
      }
      return outcome;
    } finally {
      lock.unlock();
    }
  }

  /** Under the lock. */
  private Outcome keep(MessageId identity, String name, Octets message) throws IOException {
    Path target = place(identity).resolve(name + ".xml");
    if (Files.exists(target)) {
      return Outcome.ALREADY_THERE;
    }
    Files.createDirectories(
        target.getParent(), PosixFilePermissions.asFileAttribute(FOLDER_FOR_OWNER));
    Path fresh = target.resolveSibling(target.getFileName() + ".new");
    write(fresh, message);
    Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    arrived.signalAll();
    return Outcome.KEPT;
  }

  /** The first message with this identity, if one is there. */
  public Optional<Octets> find(MessageId identity) throws IOException {
    List<Octets> all = findAll(identity);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getFirst());
  }

  /** All messages with this identity, in the order of their names. */
  public List<Octets> findAll(MessageId identity) throws IOException {
    Path place = place(identity);
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    List<Octets> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(place)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".xml")).sorted().toList()) {
        found.add(Octets.of(Files.readAllBytes(file)));
      }
    }
    return found;
  }

  /**
   * The message with this identity, waiting until it is there.
   *
   * @param atMost how long to wait
   * @return empty where the time is up
   */
  public Optional<Octets> await(MessageId identity, Duration atMost)
      throws IOException, InterruptedException {
    long nanosLeft = atMost.toNanos();
    lock.lock();
    try {
      Optional<Octets> found = find(identity);
      while (found.isEmpty() && nanosLeft > 0) {
        nanosLeft = arrived.awaitNanos(nanosLeft);
        found = find(identity);
      }
      return found;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The message with this identity, waiting until it is there; or else an alert by which its device
   * refused some command since then. The alert does not say which command it was.
   *
   * @param since when the DSP took the request, by the DSP's own clock
   * @param atMost how long to wait
   * @return empty where the time is up
   */
  public Optional<Octets> await(MessageId request, Instant since, Duration atMost)
      throws IOException, InterruptedException {
    long nanosLeft = atMost.toNanos();
    lock.lock();
    try {
      Optional<Octets> found = findOrRefused(request, since);
      while (found.isEmpty() && nanosLeft > 0) {
        nanosLeft = arrived.awaitNanos(nanosLeft);
        found = findOrRefused(request, since);
      }
      return found;
    } finally {
      lock.unlock();
    }
  }

  private Optional<Octets> findOrRefused(MessageId request, Instant since) throws IOException {
    Optional<Octets> answer = find(request);
    return answer.isPresent()
        ? answer
        : refusals.stream()
            .filter(alert -> alert.mayConcern(request, since))
            .findFirst()
            .map(ReceivedAlert::document);
  }

  private Path place(MessageId identity) {
    return folder.resolve(name(identity));
  }

  private static String name(MessageId identity) {
    return identity.toString().replace(':', '_');
  }

  private static void write(Path file, Octets message) throws IOException {
    // Left by a process that was killed; its permissions are not known.
    Files.deleteIfExists(file);
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(FILE_FOR_OWNER))) {
      ByteBuffer buffer = ByteBuffer.wrap(message.toArray());
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }
}
