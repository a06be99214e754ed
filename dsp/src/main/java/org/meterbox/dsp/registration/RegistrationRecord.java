// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.registration;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Mpxn;
import org.meterbox.kernel.UserRole;

/**
 * One line of a file of registration data. The providers' own formats are not public; this one is
 * described in {@code docs/registration.md}.
 */
public sealed interface RegistrationRecord {
  /** Characters of one line at most. */
  int LINE_MAX = 512;

  /**
   * The first line.
   *
   * @param provider who sends the file, at most 40 letters, digits and hyphens
   * @param number one more than that of the provider's file before
   */
  record Header(String provider, long number) implements RegistrationRecord {}

  /** A party is responsible for a meter point. */
  record Responsible(Registration registration) implements RegistrationRecord {}

  /** Where a meter point is. */
  record Place(
      Mpxn mpxn, Optional<Long> uprn, Optional<String> postCode, Optional<String> addressIdentifier)
      implements RegistrationRecord {}

  /** The last line: how many records stand between the first and it. */
  record Trailer(long records) implements RegistrationRecord {}

  /** A line that is none of these. */
  record Malformed(String why) implements RegistrationRecord {}

  /** Reads a line. */
  static RegistrationRecord read(String line) {
    if (line.length() > LINE_MAX) {
      return new Malformed(
          String.format(Locale.ROOT, "the line has more than %d characters", LINE_MAX));
    }
    List<String> cells = List.of(line.split(",", -1));
    try {
      return switch (cells.getFirst()) {
        case "H" -> header(cells);
        case "R" -> responsible(cells);
        case "P" -> place(cells);
        case "Z" -> new Trailer(Long.parseLong(cell(cells, 2, 1)));
        default -> new Malformed("a line begins with H, R, P or Z");
      };
    } catch (IllegalArgumentException | DateTimeParseException wrong) {
      return new Malformed(String.valueOf(wrong.getMessage()));
    }
  }

  private static Header header(List<String> cells) {
    String provider = cell(cells, 4, 2);
    if (!cell(cells, 4, 1).equals("1") || !provider.matches("[A-Za-z0-9-]{1,40}")) {
      throw new IllegalArgumentException("a header is H,1,PROVIDER,NUMBER");
    }
    return new Header(provider, Long.parseLong(cell(cells, 4, 3)));
  }

  private static Responsible responsible(List<String> cells) {
    Mpxn mpxn = new Mpxn(cell(cells, 6, 1));
    UserRole role = role(cell(cells, 6, 2), mpxn);
    Optional<Instant> until =
        Optional.of(cell(cells, 6, 5)).filter(text -> !text.isEmpty()).map(Instant::parse);
    return new Responsible(
        new Registration(
            mpxn, role, Eui64.parse(cell(cells, 6, 3)), Instant.parse(cell(cells, 6, 4)), until));
  }

  /** Roles of one fuel are not held for meter points of the other. */
  private static UserRole role(String word, Mpxn mpxn) {
    for (UserRole role : UserRole.values()) {
      if (role.name().equals(word)) {
        boolean fits =
            switch (role) {
              case IS, ES, ED -> mpxn.isMpan();
              case GS, GT -> !mpxn.isMpan();
              case RSA -> true;
              case OU, LC -> false;
            };
        if (fits) {
          return role;
        }
      }
    }
    throw new IllegalArgumentException("no party holds this role for such a meter point: " + word);
  }

  private static Place place(List<String> cells) {
    Optional<String> postCode = filled(cell(cells, 5, 3), 6, 8, "a post code");
    return new Place(
        new Mpxn(cell(cells, 5, 1)),
        filled(cell(cells, 5, 2), 1, 12, "a UPRN").map(RegistrationRecord::uprn),
        postCode,
        filled(cell(cells, 5, 4), 1, 30, "an address identifier"));
  }

  private static Long uprn(String digits) {
    if (!digits.matches("[1-9][0-9]*")) {
      throw new IllegalArgumentException("a UPRN is a positive number: " + digits);
    }
    return Long.valueOf(digits);
  }

  private static Optional<String> filled(String text, int min, int max, String what) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.length() < min || text.length() > max) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s has %d to %d characters", what, min, max));
    }
    return Optional.of(text);
  }

  private static String cell(List<String> cells, int count, int index) {
    if (cells.size() != count) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "such a line has %d cells", count));
    }
    return cells.get(index);
  }
}
