// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.expectation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.meterbox.correlate.Difference;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * Compares a payload with what it must be. Whether it differs is decided by comparing all octets;
 * where they differ is then said in words.
 */
public final class PayloadComparison {
  /** The most differences that one report names. */
  public static final int MAX_DIFFERENCES = 100;

  private static final Instant ZIGBEE_EPOCH = Instant.parse("2000-01-01T00:00:00Z");

  private final List<Segment> expected;
  private final Octets found;
  private final Optional<Octets> senderTime;

  private PayloadComparison(List<Segment> expected, Octets found) {
    this.expected = expected;
    this.found = found;
    this.senderTime = senderTime(expected, found);
  }

  /**
   * Compares.
   *
   * @param plausible whether a time can be the sender's
   * @return empty if and only if every octet of the payload is accounted for
   */
  public static List<Difference> differences(
      Expectation.Payload expected, Octets found, Predicate<Instant> plausible) {
    PayloadComparison comparison = new PayloadComparison(expected.payload(), found);
    List<Difference> differences = new ArrayList<>();
    Octets due = comparison.due();
    if (!due.equals(found)) {
      if (due.length() == found.length()) {
        comparison.inPlace(differences);
      } else {
        comparison.moved(due, differences);
      }
    } else if (comparison.senderTime.isPresent()) {
      Instant time = instant(comparison.senderTime.get());
      if (!plausible.test(time)) {
        differences.add(
            new Difference("the sender's time", "about the time of sending", time.toString()));
      }
    }
    return differences;
  }

  /** The time of its making that a payload names where this one is expected. */
  public static Optional<Instant> issuerTime(Expectation.Payload expected, Octets found) {
    return senderTime(expected.payload(), found).map(PayloadComparison::instant);
  }

  /** The sender's time is free: what stands where it is first due is due everywhere. */
  private static Optional<Octets> senderTime(List<Segment> expected, Octets found) {
    int at = 0;
    for (Segment segment : expected) {
      if (segment instanceof Segment.SenderTime) {
        return Optional.of(
            at + segment.length() <= found.length()
                ? found.slice(at, at + segment.length())
                : Octets.ofHex("00000000"));
      }
      at += segment.length();
    }
    return Optional.empty();
  }

  private Octets due() {
    OctetWriter writer = new OctetWriter(Math.max(found.length(), 64));
    expected.forEach(segment -> writer.put(due(segment)));
    return writer.toOctets();
  }

  private Octets due(Segment segment) {
    return switch (segment) {
      case Segment.Fixed fixed -> fixed.octets();
      case Segment.SenderTime _ -> senderTime.orElse(Octets.EMPTY);
    };
  }

  /** Equal lengths: each segment is compared with the octets in its place. */
  private void inPlace(List<Difference> differences) {
    int at = 0;
    for (Segment segment : expected) {
      int end = at + segment.length();
      compare(segment, found.slice(at, end), differences);
      at = end;
    }
  }

  /** Different lengths: each segment is compared with the octets that took its place. */
  private void moved(Octets due, List<Difference> differences) {
    Optional<int[]> alignment = Alignment.of(due, found);
    if (alignment.isEmpty()) {
      differences.add(
          new Difference("the whole content", Wording.HEX.of(due), Wording.HEX.of(found)));
      return;
    }
    int[] places = alignment.get();
    int at = 0;
    for (Segment segment : expected) {
      int end = at + segment.length();
      compare(segment, found.slice(places[at], places[end]), differences);
      at = end;
    }
    if (places[0] > 0) {
      differences.addFirst(
          new Difference(
              "the beginning", "nothing more", Wording.HEX.of(found.slice(0, places[0]))));
    }
  }

  private void compare(Segment segment, Octets there, List<Difference> differences) {
    if (differences.size() >= MAX_DIFFERENCES || due(segment).equals(there)) {
      return;
    }
    differences.add(
        switch (segment) {
          case Segment.Fixed fixed ->
              new Difference(fixed.field(), fixed.requested(), fixed.wording().of(there));
          case Segment.SenderTime time ->
              new Difference(time.field(), "the sender's time as elsewhere", Wording.HEX.of(there));
        });
  }

  private static Instant instant(Octets littleEndian) {
    long seconds = 0;
    for (int i = littleEndian.length() - 1; i >= 0; i--) {
      seconds = (seconds << 8) | littleEndian.at(i);
    }
    return ZIGBEE_EPOCH.plusSeconds(seconds);
  }
}
