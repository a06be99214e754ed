// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs;

import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.assertj.core.api.Assertions;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;

/**
 * Damages valid octets in every way that is cheap to think of, and demands of a codec that it
 * either refuses with {@link DecodeException} or has lost nothing: what it accepted encodes to the
 * same octets. Any other exception fails the test with seed and octets.
 */
public final class HostileOctets {
  private static final int ALL_BITS_UP_TO = 400;
  private static final int SAMPLED_DAMAGES = 3_000;
  private static final int[] TELLING = {0x00, 0x01, 0x7F, 0x80, 0x81, 0x82, 0x84, 0xFE, 0xFF};

  private final Recoder codec;
  private final long seed;
  private final RandomGenerator random;

  private HostileOctets(Recoder codec, long seed) {
    this.codec = codec;
    this.seed = seed;
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** Decodes, and encodes what was decoded. */
  @FunctionalInterface
  public interface Recoder {
    Octets recode(Octets octets) throws DecodeException;
  }

  /** Runs every damage on octets that say their own end, so that none may be missing or added. */
  public static void check(Octets valid, long seed, Recoder codec) {
    HostileOctets hostile = new HostileOctets(codec, seed);
    hostile.roundTrips(valid);
    for (int length = 0; length < valid.length(); length++) {
      hostile.isRefused(valid.slice(0, length), "cut to " + length);
    }
    hostile.isRefused(valid.concat(Octets.of((byte) 0)), "an octet appended");
    hostile.isRefused(valid.concat(Octets.of((byte) 0xFF, (byte) 0xFF)), "octets appended");
    hostile.damages(valid);
  }

  /** As {@link #check}, for octets whose end nothing says: parts may be missing. */
  public static void checkOpenEnded(Octets valid, long seed, Recoder codec) {
    HostileOctets hostile = new HostileOctets(codec, seed);
    hostile.roundTrips(valid);
    for (int length = 0; length < valid.length(); length++) {
      hostile.survives(valid.slice(0, length), "cut to " + length);
    }
    hostile.damages(valid);
  }

  /** Runs octets that mean nothing. */
  public static void checkNoise(int runs, int maxOctets, Octets start, long seed, Recoder codec) {
    HostileOctets hostile = new HostileOctets(codec, seed);
    for (int run = 0; run < runs; run++) {
      byte[] noise = new byte[hostile.random.nextInt(maxOctets + 1)];
      hostile.random.nextBytes(noise);
      hostile.survives(start.concat(Octets.of(noise)), "noise");
    }
  }

  private void damages(Octets valid) {
    if (valid.length() <= ALL_BITS_UP_TO) {
      for (int bit = 0; bit < 8 * valid.length(); bit++) {
        survives(flipped(valid, bit), "bit " + bit);
      }
      for (int at = 0; at < valid.length(); at++) {
        for (int octet : TELLING) {
          survives(
              replaced(valid, at, octet),
              String.format(Locale.ROOT, "octet %d is %02X", at, octet));
        }
      }
    }
    for (int run = 0; run < SAMPLED_DAMAGES; run++) {
      survives(damaged(valid), "random damage");
    }
  }

  /** Several flips, a telling octet, a part taken out or a part doubled. */
  private Octets damaged(Octets valid) {
    int at = random.nextInt(valid.length());
    int length = 1 + random.nextInt(Math.min(8, valid.length() - at));
    Octets head = valid.slice(0, at);
    Octets tail = valid.slice(at, valid.length());
    return switch (random.nextInt(4)) {
      case 0 -> head.concat(valid.slice(at + length, valid.length()));
      case 1 -> head.concat(valid.slice(at, at + length)).concat(tail);
      case 2 -> replaced(valid, at, TELLING[random.nextInt(TELLING.length)]);
      default ->
          flipped(
              flipped(valid, random.nextInt(8 * valid.length())),
              random.nextInt(8 * valid.length()));
    };
  }

  private static Octets flipped(Octets octets, int bit) {
    byte[] content = octets.toArray();
    content[bit / 8] ^= (byte) (1 << (bit % 8));
    return Octets.of(content);
  }

  private static Octets replaced(Octets octets, int at, int octet) {
    byte[] content = octets.toArray();
    content[at] = (byte) octet;
    return Octets.of(content);
  }

  private void roundTrips(Octets valid) {
    try {
      Assertions.assertThat(codec.recode(valid)).isEqualTo(valid);
    } catch (DecodeException e) {
      throw new AssertionError("refused what is valid: " + valid, e);
    }
  }

  private void isRefused(Octets octets, String damage) {
    if (survives(octets, damage)) {
      throw new AssertionError(
          String.format(Locale.ROOT, "accepted, %s, seed %d: %s", damage, seed, octets));
    }
  }

  /** Whether the octets were accepted, which they may be only without loss. */
  private boolean survives(Octets octets, String damage) {
    Octets again;
    try {
      again = codec.recode(octets);
    } catch (DecodeException refused) {
      return false;
    } catch (RuntimeException | Error escaped) {
      throw new AssertionError(
          String.format(
              Locale.ROOT, "%s, seed %d, let an exception escape: %s", damage, seed, octets),
          escaped);
    }
    if (!Arrays.equals(again.toArray(), octets.toArray())) {
      throw new AssertionError(
          String.format(
              Locale.ROOT, "%s, seed %d: %s came back as %s", damage, seed, octets, again));
    }
    return true;
  }
}
