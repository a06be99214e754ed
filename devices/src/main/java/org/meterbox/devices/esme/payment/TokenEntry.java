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
import org.meterbox.kernel.OriginatorCounter;

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
  static final PartCodec<TokenEntry> CODEC = new Codec();
  private static final int MAX_WRONG_ENTRIES = 0xFFFF;

  /** Nothing remembered of a supplier whose tokens begin above a floor. */
  public static TokenEntry startingAbove(Optional<Eui64> issuer, TokenCounter floor) {
    return new TokenEntry(issuer, TokenHistory.startingAbove(floor), 0, Optional.empty());
  }

  /**
   * This, or where the supplier is another one now, nothing remembered of it but its floor. Where
   * it is the same supplier with a new floor, tokens above the floor that were taken stay taken.
   *
   * @param floor the one that came with the supplier's certificate, where one came
   */
  public TokenEntry forIssuer(Eui64 supplier, Optional<TokenCounter> floor) {
    TokenCounter lowest = floor.orElse(new TokenCounter(0));
    if (issuer.isPresent() && !issuer.get().equals(supplier)) {
      return new TokenEntry(
          Optional.of(supplier), TokenHistory.startingAbove(lowest), wrongEntries, suspendedUntil);
    }
    TokenHistory kept =
        lowest.compareTo(history.floor()) > 0
            ? new TokenHistory(
                lowest,
                history.taken().stream().filter(taken -> taken.compareTo(lowest) > 0).toList())
            : history;
    return new TokenEntry(Optional.of(supplier), kept, wrongEntries, suspendedUntil);
  }

  /** The counter of a token is the high half of the Originator Counter that a floor names. */
  public static Optional<TokenCounter> floor(Optional<OriginatorCounter> topUpFloor) {
    return topUpFloor.map(floor -> new TokenCounter(floor.value() >>> Integer.SIZE));
  }

  /** Whether no token may be typed in at an instant. */
  public boolean isSuspended(Instant at) {
    return suspendedUntil.filter(until -> until.isAfter(at)).isPresent();
  }

  /** With other counters of tokens that were taken. */
  public TokenEntry withHistory(TokenHistory next) {
    return new TokenEntry(issuer, next, wrongEntries, suspendedUntil);
  }

  /** With no wrong entries remembered. */
  public TokenEntry withoutWrongEntries() {
    return new TokenEntry(issuer, history, 0, Optional.empty());
  }

  /** After one more wrong entry, which may suspend further ones. */
  public TokenEntry withWrongEntry(Instant at, EntrySuspension rule) {
    int wrong = Math.min(wrongEntries + 1, MAX_WRONG_ENTRIES);
    Duration suspension = rule.after(wrong);
    return new TokenEntry(
        issuer,
        history,
        wrong,
        suspension.isZero() ? Optional.empty() : Optional.of(at.plus(suspension)));
  }

  /** Writes what is remembered for a memory image. */
  public void write(OctetWriter image) {
    image.u8(issuer.isPresent() ? 1 : 0);
    issuer.ifPresent(supplier -> image.u64(supplier.value()));
    ImageFields.writeNumber(history.floor().value(), image);
    image.u8(history.taken().size());
    history.taken().forEach(counter -> ImageFields.writeNumber(counter.value(), image));
    image.u16(wrongEntries);
    ImageFields.writeOptional(suspendedUntil, image);
  }

  /** Reads what {@link #write} wrote. */
  public static TokenEntry read(OctetReader image) throws DecodeException {
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
      entry.write(image);
    }

    @Override
    public TokenEntry read(OctetReader image) throws DecodeException {
      return TokenEntry.read(image);
    }
  }
}
