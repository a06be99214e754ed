// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.decode;

import java.util.Optional;
import org.meterbox.gbcs.dump.MessageDump;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;

/** What Jazzer calls with inputs that it grows towards code that no input has reached. */
public final class MessageDecoderFuzzer {
  private static final MessageVerifier VERIFIER = new MessageVerifier(KeyRing.empty());

  private MessageDecoderFuzzer() {}

  /** Any octets are refused, or understood so that they are written again identically. */
  public static void fuzzerTestOneInput(byte[] input) {
    Octets octets = Octets.of(input);
    try {
      DecodedMessage message = DecodedMessage.decode(octets);
      if (!message.encode().equals(octets)) {
        throw new AssertionError("written again it differs: " + octets);
      }
      MessageDump.of(message, Optional.of(VERIFIER.verify(message)));
    } catch (DecodeException refused) {
      if (refused.offset() < 0 || refused.offset() > octets.length()) {
        throw new AssertionError("a fault outside the message", refused);
      }
    }
  }
}
