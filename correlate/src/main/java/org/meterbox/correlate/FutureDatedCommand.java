// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate;

import java.util.Collections;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.meterbox.correlate.ParseResult.Parsed;
import org.meterbox.gbcs.alert.ActivationItems;
import org.meterbox.gbcs.alert.FutureDatedOutcome;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.gbz.GbzMessage;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;

/**
 * A command that waits for its time, with what its alerts have said so far. When the time comes, a
 * device sends one alert for each part of the command (GBCS 9.2.2); no alert says how many there
 * are, so that only the command tells when all have come. Not for use by two threads.
 */
public final class FutureDatedCommand {
  private final MessageId identity;
  private final MessageCode useCase;
  private final ActivationItems items;
  private final SortedMap<Integer, Boolean> told = new TreeMap<>();

  private FutureDatedCommand(GroupingHeader header, ActivationItems items) {
    this.identity = header.messageId();
    this.useCase = header.messageCode();
    this.items = items;
  }

  /** What one alert means for the command. */
  public sealed interface Joined {
    /**
     * It speaks of part {@code number} of {@code total}.
     *
     * @param success whether the device did that part
     */
    record Part(int number, int total, boolean success) implements Joined {
      /** For example "2 of 6". */
      public String label() {
        return String.format(Locale.ROOT, "%d of %d", number, total);
      }
    }

    /** It is not about this command, or nothing proves that it is from the device. */
    record Foreign(String reason) implements Joined {}

    /** It says the opposite of what an earlier alert said of the same part. */
    record Contradiction(int number) implements Joined {}
  }

  /**
   * A command as its user signed it.
   *
   * @param command the Pre-Command or the whole command
   * @throws DecodeException where its content is malformed
   */
  public static FutureDatedCommand of(GbcsMessage command) throws DecodeException {
    MessageCode code = command.header().messageCode();
    Octets payload = command.content().payload();
    int tag = payload.isEmpty() ? 0 : payload.at(0);
    ActivationItems items =
        switch (tag) {
          case AccessRequest.TAG -> ActivationItems.of(code, AccessRequest.decode(payload));
          case GbzMessage.PROFILE >>> 8 -> ActivationItems.of(code, GbzMessage.decode(payload));
          default -> ActivationItems.whole();
        };
    return new FutureDatedCommand(command.header(), items);
  }

  /** Takes an alert; the same alert again changes nothing. */
  public Joined add(Parsed alert) {
    if (alert.futureDated().isEmpty()) {
      return new Joined.Foreign("it is no alert on a future dated command");
    }
    FutureDatedOutcome outcome = alert.futureDated().get();
    Eui64 device = alert.header().messageId().originator();
    if (!device.equals(identity.target())
        || !outcome.command().equals(useCase)
        || !outcome.commandCounter().equals(identity.counter())) {
      return new Joined.Foreign("it is about another command");
    }
    if (!alert.authentic()) {
      return new Joined.Foreign("nothing proves that it is from the device");
    }
    OptionalInt place = items.placeOf(outcome);
    if (place.isEmpty()) {
      return new Joined.Foreign("the command has no such part");
    }
    int number = place.getAsInt();
    Boolean before = told.putIfAbsent(number, outcome.success());
    return before == null || before == outcome.success()
        ? new Joined.Part(number, items.count(), outcome.success())
        : new Joined.Contradiction(number);
  }

  /** How many alerts are due. */
  public int total() {
    return items.count();
  }

  /** The parts told of so far, from 1, and whether the device did each. */
  public SortedMap<Integer, Boolean> told() {
    return Collections.unmodifiableSortedMap(told);
  }

  /** Whether all parts are told of. */
  public boolean complete() {
    return told.size() == items.count();
  }

  /** Whether the device did the whole command. */
  public boolean succeeded() {
    return complete() && !told.containsValue(false);
  }
}
