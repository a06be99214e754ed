// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.content;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.kernel.Octets;

/** Text that a device wrote. */
public final class DeviceText {
  private DeviceText() {}

  /**
   * The characters of octets in UTF-8. Nothing is replaced: two texts that differ would look alike.
   *
   * @throws UnexpectedContentException where they are no UTF-8, or hold a character that XML 1.0
   *     cannot carry, such as NUL
   */
  public static String of(Octets octets) throws UnexpectedContentException {
    String text;
    try {
      text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets.toArray())).toString();
    } catch (CharacterCodingException noUtf8) {
      throw new UnexpectedContentException("expected text in UTF-8");
    }
    if (!text.codePoints().allMatch(MmcWriter::isCharacter)) {
      throw new UnexpectedContentException("expected text of characters that XML can carry");
    }
    return text;
  }
}
