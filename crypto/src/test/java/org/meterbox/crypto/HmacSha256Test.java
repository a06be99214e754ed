// SPDX-License-Identifier: Apache-2.0
package org.meterbox.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.meterbox.kernel.Octets;

/** HMAC-SHA-256 against the published vectors of RFC 4231. */
final class HmacSha256Test {
  private static Octets ascii(String text) {
    return Octets.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  // Section 4.3, test case 2.
  @Test
  void aKeyShorterThanTheCode() {
    assertThat(HmacSha256.of(ascii("Jefe"), ascii("what do ya want for nothing?")))
        .isEqualTo(
            Octets.ofHex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
  }

  // Section 4.7, test case 6: a key longer than a block.
  @Test
  void aKeyLongerThanABlock() {
    assertThat(
            HmacSha256.of(
                Octets.ofHex("aa".repeat(131)),
                ascii("Test Using Larger Than Block-Size Key - Hash Key First")))
        .isEqualTo(
            Octets.ofHex("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
  }
}
