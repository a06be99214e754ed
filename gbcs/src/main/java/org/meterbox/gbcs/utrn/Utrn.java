// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.utrn;

import java.security.MessageDigest;
import java.util.Optional;
import org.meterbox.crypto.DerivedKey;
import org.meterbox.crypto.KeyPurpose;
import org.meterbox.crypto.MessageMac;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.gbcs.utrn.TokenValue.ValueClass;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.OctetWriter;

/**
 * A prepayment token in its twenty digits (GBCS section 14).
 *
 * <pre>
 * PTUT  bits 63-57 zero | 56-47 counter | 46-45 value class | 44-32 value | 31-0 truncated MAC
 * PPTD  PTUT + 7394156990786306048, nineteen decimal digits
 * UTRN  PPTD and a check digit
 * </pre>
 *
 * @param digits twenty, of which the last checks the others
 */
public record Utrn(String digits) {
  /** How many digits a token has. */
  public static final int DIGITS = 20;

  private static final long DIGITS_OFFSET = 7394156990786306048L;
  private static final long MAX_PTUT = (1L << 57) - 1;
  private static final int CLASS_SHIFT = 13;
  private static final int COUNTER_SHIFT = 15;
  private static final int CLASS_BITS = 0x3;
  private static final int COUNTER_BITS = 0x3FF;
  private static final int COMMAND_FLAG = KeyPurpose.COMMAND.flag();

  /** What is wrong with digits that are no token. */
  public enum Fault {
    /** Not twenty decimal digits. */
    FORM,
    /** The last digit does not check the others. */
    CHECK_DIGIT,
    /** The digits are too small or too great, or name no unit of value. */
    RANGE
  }

  /** Refuses digits that are no token; {@link #faultOf} says why without an exception. */
  public Utrn {
    Optional<Fault> fault = faultOf(digits);
    if (fault.isPresent()) {
      throw new IllegalArgumentException("these digits are no token: " + fault.get());
    }
  }

  /** What is wrong with the digits that somebody typed; empty where they are a token. */
  public static Optional<Fault> faultOf(String digits) {
    if (digits.length() != DIGITS || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.of(Fault.FORM);
    }
    if (!CheckDigit.holds(digits)) {
      return Optional.of(Fault.CHECK_DIGIT);
    }
    // Nineteen digits exceed a signed number of 64 bits, not an unsigned one.
    long ptut = Long.parseUnsignedLong(digits, 0, DIGITS - 1, 10) - DIGITS_OFFSET;
    boolean known = ptut >= 0 && ptut <= MAX_PTUT && valueClass(ptut) < ValueClass.values().length;
    return known ? Optional.empty() : Optional.of(Fault.RANGE);
  }

  /**
   * Makes a token.
   *
   * @param secret shared by the supplier's prepayment top-up key and the meter's key agreement key
   * @param counter from 1
   * @param value more than nothing
   * @throws IllegalArgumentException for counter 0, which no token has, and for a token of nothing
   */
  public static Utrn issue(
      SharedSecret secret, Eui64 supplier, Eui64 meter, TokenCounter counter, TokenValue value) {
    if (counter.value() == 0) {
      throw new IllegalArgumentException("the counter of a token is at least 1");
    }
    if (value.units() == 0) {
      throw new IllegalArgumentException("a token carries at least a penny");
    }
    int head =
        (counter.truncated() << COUNTER_SHIFT)
            | ((value.valueClass() == ValueClass.PENCE ? 0 : 1) << CLASS_SHIFT)
            | value.units();
    int mac = truncatedMac(secret, supplier, meter, counter, head);
    long ptut = ((long) head << 32) | Integer.toUnsignedLong(mac);
    String digits = Long.toUnsignedString(ptut + DIGITS_OFFSET);
    return new Utrn(digits + CheckDigit.of(digits));
  }

  /** Whether the token was made with this secret, for this meter, under this counter. */
  public boolean isAuthentic(
      SharedSecret secret, Eui64 supplier, Eui64 meter, TokenCounter counter) {
    byte[] expected = macOctets(truncatedMac(secret, supplier, meter, counter, head()));
    return MessageDigest.isEqual(expected, macOctets((int) ptut()));
  }

  /** The low ten bits of the token's counter. */
  public int truncatedCounter() {
    return head() >>> COUNTER_SHIFT & COUNTER_BITS;
  }

  /** The credit that the token claims to carry. */
  public TokenValue value() {
    ValueClass unit = valueClass(ptut()) == 0 ? ValueClass.PENCE : ValueClass.POUNDS;
    return new TokenValue(unit, head() & TokenValue.MAX_UNITS);
  }

  private static int valueClass(long ptut) {
    return (int) (ptut >>> (32 + CLASS_SHIFT)) & CLASS_BITS;
  }

  private long ptut() {
    return Long.parseUnsignedLong(digits, 0, DIGITS - 1, 10) - DIGITS_OFFSET;
  }

  private int head() {
    return (int) (ptut() >>> 32);
  }

  /** The last four octets of the whole GMAC tag over the parties, the counter and the head. */
  private static int truncatedMac(
      SharedSecret secret, Eui64 supplier, Eui64 meter, TokenCounter counter, int head) {
    MessageId identity = new MessageId(supplier, meter, counter.originatorCounter());
    byte[] content =
        new OctetWriter(29)
            .u64(supplier.value())
            .u64(meter.value())
            .u8(COMMAND_FLAG)
            .u64(counter.originatorCounter().value())
            .u32(head)
            .toArray();
    DerivedKey key = DerivedKey.derive(secret, KeyPurpose.COMMAND, identity);
    byte[] tag = MessageMac.fullTag(key, content);
    int mac = 0;
    for (int i = MessageMac.FULL_TAG_OCTETS - 4; i < MessageMac.FULL_TAG_OCTETS; i++) {
      mac = (mac << 8) | (tag[i] & 0xFF);
    }
    return mac;
  }

  private static byte[] macOctets(int mac) {
    return new OctetWriter(4).u32(Integer.toUnsignedLong(mac)).toArray();
  }

  /** A token is as good as money to whoever reads it first, so its last digits are not printed. */
  @Override
  public String toString() {
    return digits.substring(0, 8) + "************";
  }
}
