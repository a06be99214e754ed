// SPDX-License-Identifier: Apache-2.0
package org.meterbox.kernel;

/**
 * Names one message: who sent it, to whom, and the sender's counter. DUIS writes it as Request ID
 * and Response ID; in GBCS the same three values stand in the grouping header.
 *
 * @param originator who made the message
 * @param target whom it is for
 * @param counter the originator's counter, never used twice
 */
public record MessageId(Eui64 originator, Eui64 target, OriginatorCounter counter) {
  /**
   * Reads the DUIS form {@code originator:target:counter}.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static MessageId parse(String text) {
    String[] parts = text.split(":", 4);
    if (parts.length != 3 || parts[0].length() != 23 || parts[1].length() != 23) {
      throw new IllegalArgumentException(
          "a message identifier is originator:target:counter, the first two as EUI-64 with dashes");
    }
    return new MessageId(
        Eui64.parse(parts[0]), Eui64.parse(parts[1]), OriginatorCounter.parse(parts[2]));
  }

  /** The same counter with originator and target exchanged: the identifier of the answer. */
  public MessageId answered() {
    return new MessageId(/* originator= */ target, /* target= */ originator, counter);
  }

  /** The DUIS form {@code originator:target:counter}. */
  @Override
  public String toString() {
    return originator.dashed() + ":" + target.dashed() + ":" + counter;
  }
}
