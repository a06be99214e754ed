// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.gbcs.dlms.DlmsCodec;
import org.meterbox.gbcs.dump.MessageDump;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * Whoever can reach a meter's radio or a gateway's port can send any octets. Whatever they are, the
 * decoder either refuses them with its one exception, or understands every octet, so that the
 * message is written again exactly as it came.
 */
class HostileInputTest {
  private static final int MESSAGES_PER_SEED = 300;
  private static final int CHANGED_MESSAGES_PER_SEED = 12;

  private final MessageVerifier verifier = new MessageVerifier(KeyRing.empty());

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whatWeWriteWeReadAndWriteAgainIdentically(long seed) throws Exception {
    RandomMessages messages = new RandomMessages(new SplittableRandom(seed));
    for (int i = 0; i < MESSAGES_PER_SEED; i++) {
      Octets octets = messages.message();
      DecodedMessage message = DecodedMessage.decode(octets);
      assertThat(message.encode()).as("seed %d, message %d: %s", seed, i, octets).isEqualTo(octets);
      assertThat(MessageDump.of(message, Optional.of(verifier.verify(message)))).isNotBlank();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void aMessageCutAnywhereIsRefusedOrWholeInItself(long seed) {
    forEachMessage(
        seed,
        octets -> {
          for (int length = 0; length < octets.length(); length++) {
            refusedOrUnderstood(octets.slice(0, length), seed);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void aMessageWithAChangedBitIsRefusedOrUnderstood(long seed) {
    forEachMessage(
        seed,
        octets -> {
          byte[] changed = octets.toArray();
          for (int bit = 0; bit < 8 * changed.length; bit++) {
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            refusedOrUnderstood(Octets.of(changed), seed);
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
          }
        });
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33})
  void appendedOctetsAreRefusedOrUnderstood(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    forEachMessage(
        seed,
        octets -> {
          for (int appended = 1; appended <= 70; appended++) {
            byte[] tail = new byte[appended];
            random.nextBytes(tail);
            refusedOrUnderstood(octets.concat(Octets.of(tail)), seed);
          }
        });
  }

  /** Lengths and counts that claim far more than there is, in place of every octet. */
  @ParameterizedTest
  @ValueSource(longs = {41, 42, 43})
  void absurdLengthsAnywhereAreRefusedOrUnderstood(long seed) {
    forEachMessage(
        seed,
        octets -> {
          for (String length :
              new String[] {"FF", "81FF", "82FFFF", "83FFFFFF", "84FFFFFFFF", "80"}) {
            Octets claim = Octets.ofHex(length);
            for (int at = 0; at < octets.length(); at++) {
              Octets changed =
                  octets.slice(0, at).concat(claim).concat(octets.slice(at + 1, octets.length()));
              refusedOrUnderstood(changed, seed);
            }
          }
        });
  }

  /** Two octets a level: without a limit the stack would overflow at a few thousand. */
  @Test
  void valuesNestOnlyAsDeepAsTheLimit() throws Exception {
    DlmsCodec.decode(Octets.ofHex("0101".repeat(DlmsCodec.MAX_DEPTH) + "00"));
    for (String level : new String[] {"0101", "0201", "130100010102", "13020113"}) {
      assertThatThrownBy(() -> DlmsCodec.decode(Octets.ofHex(level.repeat(10_000) + "00")))
          .isInstanceOfSatisfying(
              DecodeException.class,
              refused -> assertThat(refused.fault()).isIn(Fault.LIMIT_EXCEEDED, Fault.UNKNOWN_TAG));
    }
  }

  /**
   * A compact array describes its elements once. Elements without octets would let a few octets
   * stand for thousands of millions of values.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "13 01FFFF 01FFFF 00 01 00",
        "13 02 02 11 01FFFF 00 02 0101",
        "13 02 02 11 01FFFF 010000 11 02 0101",
        "13 02 0B 11 00 00 00 00 00 00 00 00 00 00 02 0101",
        "13 0200 01 00",
        "13 00 01 00"
      })
  void aShortMessageCannotStandForAGreatNumberOfValues(String hex) {
    assertThatThrownBy(() -> DlmsCodec.decode(Octets.ofHex(hex)))
        .isInstanceOf(DecodeException.class);
  }

  /** The longest input is refused by its length alone. */
  @Test
  void aMessageBeyondTheLimitIsRefusedAtOnce() {
    OctetWriter writer = new OctetWriter(GbcsMessage.MAX_OCTETS + 1).u8(0xDF);
    Octets tooLong = writer.put(new byte[GbcsMessage.MAX_OCTETS]).toOctets();

    assertThatThrownBy(() -> DecodedMessage.decode(tooLong))
        .isInstanceOfSatisfying(
            DecodeException.class,
            refused -> assertThat(refused.fault()).isEqualTo(Fault.LIMIT_EXCEEDED));
  }

  /** The place is that in the message, not that in the payload. */
  @Test
  void aFaultInThePayloadIsShownAtItsPlaceInTheMessage() {
    Octets message =
        Octets.ofHex(
            "DF09010000000000000001"
                + "0890B3000000000003"
                + "0800DB000000000001"
                + "00"
                + "02004F"
                + "0B"
                + "D9200000010001"
                + "05001122");

    assertThatThrownBy(() -> DecodedMessage.decode(message))
        .isInstanceOfSatisfying(
            DecodeException.class,
            refused -> {
              assertThat(refused.path()).isEqualTo("message.payload");
              assertThat(refused.offset()).isBetween(34, message.length());
            });
  }

  private interface Attack {
    void on(Octets message);
  }

  private static void forEachMessage(long seed, Attack attack) {
    RandomMessages messages = new RandomMessages(new SplittableRandom(seed));
    for (int i = 0; i < CHANGED_MESSAGES_PER_SEED; i++) {
      attack.on(messages.message());
    }
  }

  private void refusedOrUnderstood(Octets octets, long seed) {
    try {
      DecodedMessage message = DecodedMessage.decode(octets);
      assertThat(message.encode()).as("seed %d: %s", seed, octets).isEqualTo(octets);
      verifier.verify(message);
    } catch (DecodeException refused) {
      assertThat(refused.offset()).isBetween(0, octets.length());
    }
  }
}
