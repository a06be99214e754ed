// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.asn1;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * A time in UTC as {@code YYYYMMDDhhmmssZ}. Kept as text, since a device may send digits that are
 * no time, and those octets are signed.
 *
 * @param text fourteen digits and Z
 */
public record GeneralizedTime(String text) {
  /** What cancels a command that waits for its time. */
  public static final GeneralizedTime NEVER = new GeneralizedTime("99991231235959Z");

  private static final int DIGITS = 14;
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'", Locale.ROOT);

  /** Refuses any other form. */
  public GeneralizedTime {
    boolean wellFormed = text.length() == DIGITS + 1 && text.charAt(DIGITS) == 'Z';
    for (int i = 0; wellFormed && i < DIGITS; i++) {
      wellFormed = text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    if (!wellFormed) {
      throw new IllegalArgumentException("a time is written YYYYMMDDhhmmssZ");
    }
  }

  /** The time of this instant, its fraction of a second cut off. */
  public static GeneralizedTime of(Instant instant) {
    return new GeneralizedTime(FORM.format(instant.atOffset(ZoneOffset.UTC)));
  }

  /** The instant, where the digits are those of a time. */
  public Optional<Instant> instant() {
    try {
      LocalDateTime time =
          LocalDateTime.of(
              number(0, 4),
              number(4, 6),
              number(6, 8),
              number(8, 10),
              number(10, 12),
              number(12, 14));
      return Optional.of(time.toInstant(ZoneOffset.UTC));
    } catch (DateTimeException noSuchTime) {
      return Optional.empty();
    }
  }

  private int number(int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  static GeneralizedTime read(OctetReader content) throws DecodeException {
    if (content.remaining() != DIGITS + 1) {
      throw content.fault(Fault.BAD_LENGTH, "a time is written YYYYMMDDhhmmssZ");
    }
    char[] text = new char[DIGITS + 1];
    for (int i = 0; i <= DIGITS; i++) {
      int octet = content.peek();
      boolean expected = i == DIGITS ? octet == 'Z' : octet >= '0' && octet <= '9';
      if (!expected) {
        throw content.fault(Fault.UNEXPECTED_VALUE, "a time is written YYYYMMDDhhmmssZ");
      }
      text[i] = (char) content.u8();
    }
    return new GeneralizedTime(new String(text));
  }

  Octets octets() {
    OctetWriter writer = new OctetWriter(DIGITS + 1);
    for (int i = 0; i < text.length(); i++) {
      writer.u8(text.charAt(i));
    }
    return writer.toOctets();
  }

  @Override
  public String toString() {
    return text;
  }
}
