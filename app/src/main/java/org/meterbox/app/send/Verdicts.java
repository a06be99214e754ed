// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.send;

import java.util.List;
import java.util.Locale;
import org.meterbox.correlate.Correlation;
import org.meterbox.correlate.Difference;
import org.meterbox.correlate.Verdict;
import org.meterbox.kernel.Eui64;

/** What Parse and Correlate found, in words. */
final class Verdicts {
  private Verdicts() {}

  /** Whether a MAC or a signature holds. */
  static String words(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Valid(var certificate) -> "valid, with the key of " + certificate;
      case Verdict.Invalid(var tried) -> "INVALID, tried " + tried;
      case Verdict.NoKey(Eui64 party, var use) ->
          String.format(Locale.ROOT, "not checked: no %s of %s", use, party);
      case Verdict.Absent() -> "none";
    };
  }

  /** Why a Pre-Command is not what was asked. */
  static List<String> lines(Correlation correlation) {
    return switch (correlation) {
      case Correlation.Match(var useCase, _) -> List.of("it matches, as " + useCase);
      case Correlation.Mismatch(List<Difference> differences) ->
          differences.stream().map(Difference::toString).toList();
      case Correlation.Unusable(String reason) -> List.of(reason);
    };
  }
}
