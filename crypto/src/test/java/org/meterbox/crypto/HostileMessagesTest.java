// SPDX-License-Identifier: Apache-2.0
package org.meterbox.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.crypto.WorkedValues.Row;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/** MACs and encrypted blocks that were cut, changed, moved or made for somebody else. */
final class HostileMessagesTest {
  private static final MessageId IDENTITY =
      MessageId.parse("00-DB-12-34-56-78-90-A0:90-B3-D5-1F-30-01-00-00:1000");
  private static final Octets CONTENT = Octets.ofHex("DF0902000000000000000102030405");

  private final SharedSecret secret =
      WorkedValues.agreementKey("90b3d51f30010000-ka")
          .orElseThrow()
          .agree(WorkedValues.publicKey("00db1234567890a0-ka"));
  private final DerivedKey key = DerivedKey.derive(secret, KeyPurpose.RESPONSE, IDENTITY);
  private final Octets mac = MessageMac.compute(key, CONTENT);

  private static void assertMacRefused(DerivedKey key, Octets content, Octets mac) {
    assertThatThrownBy(() -> MessageMac.verify(key, content, mac))
        .isInstanceOf(VerificationException.class);
  }

  private static void assertNotDecrypted(DerivedKey key, Octets block) {
    assertThatThrownBy(() -> SensitiveContent.decrypt(key, block))
        .isInstanceOf(VerificationException.class);
  }

  private static Octets flipped(Octets octets, int bit) {
    byte[] changed = octets.toArray();
    changed[bit / 8] ^= (byte) (1 << (bit % 8));
    return Octets.of(changed);
  }

  // A cut MAC would be guessed in a few tries: only the full twelve octets count.
  @Test
  void refusesAMacOfAnyOtherLength() {
    Octets tag = Octets.of(MessageMac.fullTag(key, CONTENT.toArray()));
    for (int length = 0; length <= tag.length(); length++) {
      if (length != MessageMac.OCTETS) {
        assertMacRefused(key, CONTENT, tag.slice(0, length));
      }
    }
    assertMacRefused(key, CONTENT, mac.concat(Octets.ofHex("00")));
  }

  @Test
  void refusesOneFlippedBitInMacOrContent() {
    for (int bit = 0; bit < 8 * mac.length(); bit++) {
      assertMacRefused(key, CONTENT, flipped(mac, bit));
    }
    for (int bit = 0; bit < 8 * CONTENT.length(); bit++) {
      assertMacRefused(key, flipped(CONTENT, bit), mac);
    }
    for (int length = 0; length < CONTENT.length(); length++) {
      assertMacRefused(key, CONTENT.slice(0, length), mac);
    }
    assertMacRefused(key, CONTENT.concat(Octets.ofHex("00")), mac);
  }

  // A response's MAC is none for a command, an alert or a block of the same parties and counter.
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RESPONSE")
  void refusesTheKeyOfAnotherPurpose(KeyPurpose purpose) {
    assertMacRefused(DerivedKey.derive(secret, purpose, IDENTITY), CONTENT, mac);
  }

  // The shared secret is the same in both directions; a message thrown back must not hold.
  @Test
  void refusesSwappedPartiesAndOtherCounters() {
    assertMacRefused(
        DerivedKey.derive(secret, KeyPurpose.RESPONSE, IDENTITY.answered()), CONTENT, mac);
    MessageId next =
        new MessageId(IDENTITY.originator(), IDENTITY.target(), new OriginatorCounter(1001));
    assertMacRefused(DerivedKey.derive(secret, KeyPurpose.RESPONSE, next), CONTENT, mac);
    MessageId elsewhere =
        new MessageId(IDENTITY.originator(), Eui64.parse("90B3D51F30010001"), IDENTITY.counter());
    assertMacRefused(DerivedKey.derive(secret, KeyPurpose.RESPONSE, elsewhere), CONTENT, mac);
  }

  @Test
  void refusesTheKeyOfAnotherParty() {
    SharedSecret other =
        WorkedValues.agreementKey("90b3d51f30000002-ka")
            .orElseThrow()
            .agree(WorkedValues.publicKey("00db1234567890a0-ka"));
    assertMacRefused(DerivedKey.derive(other, KeyPurpose.RESPONSE, IDENTITY), CONTENT, mac);
  }

  // Any plain text comes back, from none at all to more than a block cipher's block.
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void decryptsWhatItEncrypted(long seed) throws VerificationException {
    SplittableRandom random = new SplittableRandom(seed);
    for (int length = 0; length < 70; length++) {
      byte[] plain = new byte[length];
      random.nextBytes(plain);
      MessageId identity =
          new MessageId(
              new Eui64(random.nextLong()),
              new Eui64(random.nextLong()),
              new OriginatorCounter(random.nextLong()));
      DerivedKey encryption = DerivedKey.derive(secret, KeyPurpose.ENCRYPTION, identity);
      Octets block = SensitiveContent.encrypt(encryption, Octets.of(plain));
      assertThat(block.length()).isEqualTo(length + SensitiveContent.OVERHEAD_OCTETS);
      assertThat(SensitiveContent.decrypt(encryption, block))
          .as("seed %d, length %d", seed, length)
          .isEqualTo(Octets.of(plain));
    }
  }

  // Each octet of a block counts, the security header and the tag included.
  @Test
  void refusesABlockThatWasCutOrChanged() {
    Row row = WorkedValues.table("sensitive").getFirst();
    SharedSecret z =
        WorkedValues.agreementKey(row.text("private"))
            .orElseThrow()
            .agree(WorkedValues.publicKey(row.text("public")));
    DerivedKey encryption = DerivedKey.derive(z, KeyPurpose.ENCRYPTION, row.identity());
    Octets block = row.octets("block");
    for (int length = 0; length < block.length(); length++) {
      assertNotDecrypted(encryption, block.slice(0, length));
    }
    for (int bit = 0; bit < 8 * block.length(); bit++) {
      assertNotDecrypted(encryption, flipped(block, bit));
    }
    assertNotDecrypted(encryption, block.concat(Octets.ofHex("00")));
    assertNotDecrypted(DerivedKey.derive(z, KeyPurpose.RESPONSE, row.identity()), block);
    assertNotDecrypted(
        DerivedKey.derive(z, KeyPurpose.ENCRYPTION, row.identity().answered()), block);
  }

  // A stray log line must not cost a key.
  @Test
  void printsNoSecrets() {
    SoftwareAgreementKey own = WorkedValues.agreementKey("90b3d51f30010000-ka").orElseThrow();
    SoftwareSigningKey signer = WorkedValues.signingKey("90b3d51f30010000-ds").orElseThrow();
    assertThat(own.toString()).contains("redacted");
    assertThat(signer.toString()).contains("redacted");
    assertThat(secret.toString()).isEqualTo("SharedSecret[redacted]");
    assertThat(key.toString()).isEqualTo("DerivedKey[redacted]");
  }
}
