// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.payment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.devices.esme.state.EsmePart;
import org.meterbox.devices.esme.state.Manufacture;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.gbcs.utrn.TokenCounter;
import org.meterbox.gbcs.utrn.TokenHistory;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * What a meter remembers of the tokens that it was given.
 *
 * @param issuer the supplier whose tokens are remembered; empty before the first
 * @param history the counters of those that were taken
 * @param wrongEntries tokens typed in one after the other that were not authentic
 * @param suspendedUntil until when none may be typed in
 */
public record TokenEntry(
    Optional<Eui64> issuer,
    TokenHistory history,
    int wrongEntries,
    Optional<Instant> suspendedUntil)
    implements EsmePart {
  /**
   * Wrong entries after which typing in is suspended. How many and for how long has no firm source:
   * with these values whoever tries all day makes fewer than twenty guesses at a number of 32 bits.
   */
  static final int WRONG_ENTRIES_BEFORE_SUSPENSION = 5;

  /** The first suspension; each further wrong entry doubles it. */
  static final Duration FIRST_SUSPENSION = Duration.ofMinutes(1);

  /** The longest suspension. */
  static final Duration LONGEST_SUSPENSION = Duration.ofDays(1);

  static final PartCodec<TokenEntry> CODEC = new Codec();
  private static final int MAX_DOUBLINGS = 12;
  private static final int MAX_WRONG_ENTRIES = 0xFFFF;

  /** Nothing remembered of a supplier whose tokens begin above a floor. */
  static TokenEntry startingAbove(Optional<Eui64> issuer, TokenCounter floor) {
    return new TokenEntry(issuer, TokenHistory.startingAbove(floor), 0, Optional.empty());
  }

  /** This, or where the supplier is another one now, nothing remembered of it. */
  TokenEntry forIssuer(Eui64 supplier) {
    return issuer.filter(supplier::equals).isPresent()
        ? this
        : new TokenEntry(
            Optional.of(supplier),
            issuer.isEmpty() ? history : TokenHistory.startingAbove(new TokenCounter(0)),
            wrongEntries,
            suspendedUntil);
  }

  boolean isSuspended(Instant at) {
    return suspendedUntil.filter(until -> until.isAfter(at)).isPresent();
  }

  TokenEntry withHistory(TokenHistory next) {
    return new TokenEntry(issuer, next, wrongEntries, suspendedUntil);
  }

  TokenEntry withoutWrongEntries() {
    return new TokenEntry(issuer, history, 0, Optional.empty());
  }

  /** After one more wrong entry, which may suspend further ones. */
  TokenEntry withWrongEntry(Instant at) {
    int wrong = Math.min(wrongEntries + 1, MAX_WRONG_ENTRIES);
    if (wrong < WRONG_ENTRIES_BEFORE_SUSPENSION) {
      return new TokenEntry(issuer, history, wrong, Optional.empty());
    }
    int doublings = Math.min(wrong - WRONG_ENTRIES_BEFORE_SUSPENSION, MAX_DOUBLINGS);
    Duration suspension = FIRST_SUSPENSION.multipliedBy(1L << doublings);
    if (suspension.compareTo(LONGEST_SUSPENSION) > 0) {
      suspension = LONGEST_SUSPENSION;
    }
    return new TokenEntry(issuer, history, wrong, Optional.of(at.plus(suspension)));
  }

  private static final class Codec implements PartCodec<TokenEntry> {
    @Override
    public Class<TokenEntry> type() {
      return TokenEntry.class;
    }

    @Override
    public TokenEntry manufactured(Manufacture manufacture) {
      return startingAbove(Optional.empty(), new TokenCounter(0));
    }

    @Override
    public void write(TokenEntry entry, OctetWriter image) {
      image.u8(entry.issuer().isPresent() ? 1 : 0);
      entry.issuer().ifPresent(issuer -> image.u64(issuer.value()));
      ImageFields.writeNumber(entry.history().floor().value(), image);
      image.u8(entry.history().taken().size());
      entry.history().taken().forEach(taken -> ImageFields.writeNumber(taken.value(), image));
      image.u16(entry.wrongEntries());
      ImageFields.writeOptional(entry.suspendedUntil(), image);
    }

    @Override
    public TokenEntry read(OctetReader image) throws DecodeException {
      Optional<Eui64> issuer =
          image.u8() == 1 ? Optional.of(new Eui64(image.u64())) : Optional.empty();
      TokenCounter floor = new TokenCounter(ImageFields.readNumber(image));
      List<TokenCounter> taken = new ArrayList<>();
      for (int left = image.u8(); left > 0; left--) {
        taken.add(new TokenCounter(ImageFields.readNumber(image)));
      }
      return new TokenEntry(
          issuer, new TokenHistory(floor, taken), image.u16(), ImageFields.readOptional(image));
    }
  }
}
