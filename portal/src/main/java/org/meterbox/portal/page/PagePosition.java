// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.page;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.meterbox.portal.web.TurnedAwayException;

/**
 * Where a page of a list in order of time begins: at a time, behind so many entries of that very
 * time.
 *
 * @param at the time of the entry that the page before showed last
 * @param skipped how many entries of that time the pages before have shown
 */
public record PagePosition(Instant at, int skipped) {
  /** Entries of one time that pages can be divided in. */
  private static final int SKIPPED_MAX = 20_000;

  /**
   * Reads it from an address.
   *
   * @throws TurnedAwayException where no page's link names it
   */
  public static PagePosition parse(String text) throws TurnedAwayException {
    String[] parts = text.split("_", 3);
    try {
      if (parts.length == 2) {
        Instant at = Instant.EPOCH.plus(Long.parseLong(parts[0]), ChronoUnit.MICROS);
        int skipped = Integer.parseInt(parts[1]);
        if (skipped >= 0 && skipped <= SKIPPED_MAX) {
          return new PagePosition(at, skipped);
        }
      }
    } catch (NumberFormatException | ArithmeticException | DateTimeException notOne) {
      // Falls through to the same answer as any other text.
    }
    throw TurnedAwayException.parameter("page", "a page of this list, as its links name it");
  }

  /** Reads it where the address has one. */
  public static Optional<PagePosition> parse(Optional<String> text) throws TurnedAwayException {
    return text.isPresent() ? Optional.of(parse(text.get())) : Optional.empty();
  }

  /** The page behind these entries, which are those of a page that began at {@code before}. */
  public static PagePosition behind(List<Instant> shown, Optional<PagePosition> before) {
    Instant last = shown.getLast();
    int same = (int) shown.stream().filter(last::equals).count();
    boolean onlyThat =
        same == shown.size() && before.map(PagePosition::at).equals(Optional.of(last));
    return new PagePosition(last, onlyThat ? same + before.orElseThrow().skipped() : same);
  }

  /** As an address spells it. */
  public String text() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at) + "_" + skipped;
  }
}
