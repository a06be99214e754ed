// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.decode;

import java.util.List;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.gbz.ZclFrame;

/**
 * What the keys at hand say of a message.
 *
 * @param mac of the broker, the recipient or the other device
 * @param signature of the message's originator
 * @param encryptedParts in the order in which they stand
 */
public record Verification(Verdict mac, Verdict signature, List<EncryptedPart> encryptedParts) {
  /** Copies the list. */
  public Verification {
    encryptedParts = List.copyOf(encryptedParts);
  }

  /** How many encrypted parts could be read. */
  public int decryptedParts() {
    return (int)
        encryptedParts.stream()
            .filter(part ->
                part.content() instanceof Content.Attributes
                    || part.content() instanceof Content.Frame)
            .count();
  }

  /** Whether nothing was found to be wrong; what could not be checked for want of a key is not. */
  public boolean nothingWrong() {
    return mac != Verdict.INVALID
        && signature != Verdict.INVALID
        && encryptedParts.stream().noneMatch(part -> part.content() instanceof Content.NotIntact);
  }

  /** What became of a MAC or signature. */
  public enum Verdict {
    VALID("valid"),
    INVALID("invalid"),
    /** There is one, but the key to check it is not here. */
    NO_KEY("no-key"),
    /** There is none. */
    ABSENT("absent");

    private final String text;

    Verdict(String text) {
      this.text = text;
    }

    /** The verdict in one word. */
    public String text() {
      return text;
    }
  }

  /**
   * A part of the payload that only one party may read.
   *
   * @param index of the item or component that holds it, counted from 0
   */
  public record EncryptedPart(int index, Content content) {}

  /** What is known of an encrypted part. */
  public sealed interface Content {
    /** The key is not here. */
    record NoKey() implements Content {}

    /** It is not intact, not for this reader, or holds something else than it should. */
    record NotIntact(String reason) implements Content {}

    /** The values of protected attributes. */
    record Attributes(List<DlmsValue> values) implements Content {
      /** Copies the list. */
      public Attributes {
        values = List.copyOf(values);
      }
    }

    /** A ZCL command. */
    record Frame(ZclFrame frame) implements Content {}
  }
}
