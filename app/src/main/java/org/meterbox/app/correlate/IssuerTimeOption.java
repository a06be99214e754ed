// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.correlate;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.meterbox.correlate.check.SenderTimes;
import picocli.CommandLine.Option;

/**
 * When a Pre-Command may have been made. Commands to gas meters carry that time as Issuer Event Id,
 * and a meter refuses whatever is older than the newest it has seen: a Pre-Command from the far
 * future would shut out all later ones.
 */
final class IssuerTimeOption {
  /** How far clocks and the way of a Pre-Command may be apart unless the user says otherwise. */
  private static final Duration TOLERANCE = Duration.ofHours(1);

  @Option(
      names = "--made-at",
      paramLabel = "TIME",
      description = {
        "When the Pre-Command was made, e.g. 2026-02-17T09:30:00Z, or now. A command to a gas meter"
            + " names that time; without this option any time is accepted, and it is said that it"
            + " was not checked."
      })
  private @Nullable String madeAt;

  @Option(
      names = "--made-within",
      paramLabel = "DURATION",
      description = "How far from TIME it may have been made, e.g. PT5M; PT1H unless given.")
  private @Nullable Duration tolerance;

  /**
   * Which times are accepted.
   *
   * @throws IllegalArgumentException where the options are malformed; its message is for the user
   */
  SenderTimes accepted(InstantSource clock) {
    if (madeAt == null) {
      if (tolerance != null) {
        throw new IllegalArgumentException("--made-within needs --made-at TIME or --made-at now");
      }
      return SenderTimes.any();
    }
    Duration within = tolerance == null ? TOLERANCE : tolerance;
    if (within.isNegative()) {
      throw new IllegalArgumentException("--made-within: a duration is not negative");
    }
    InstantSource around = madeAt.equals("now") ? clock : InstantSource.fixed(time(madeAt));
    return SenderTimes.near(around, within);
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (java.time.format.DateTimeParseException malformed) {
      throw new IllegalArgumentException(
          "--made-at: '" + text + "' is neither now nor a time such as 2026-02-17T09:30:00Z",
          malformed);
    }
  }

  /** What the user should know of a time that no option bounds. */
  Optional<String> unchecked(Optional<Instant> issuerTime) {
    return madeAt == null
        ? issuerTime.map(time ->
            String.format(
                Locale.ROOT,
                "not checked: the time at which the Pre-Command says it was made, %s;"
                    + " --made-at bounds it",
                time))
        : Optional.empty();
  }
}
