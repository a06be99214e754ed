// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.gas;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.meterbox.correlate.content.GbzAnswers;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.gbz.Cluster;
import org.meterbox.gbcs.gbz.ZclFields;

/**
 * Volumes of gas in cubic metres. Registers come with multiplier and divisor; snapshots and samples
 * come without: they count thousandths, the resolution that GBCS fixes for thresholds too.
 */
final class Volumes {
  private static final int MULTIPLIER = 0x0301;
  private static final int DIVISOR = 0x0302;
  private static final int DECIMALS = 3;

  private Volumes() {}

  /**
   * A register as a decimal; empty where it, its multiplier or its divisor could not be given,
   * since without them a number means nothing.
   */
  static Optional<String> register(GbzAnswers answers, int attribute)
      throws UnexpectedContentException {
    Optional<Long> value = answers.number(Cluster.METERING, attribute);
    Optional<Long> multiplier = answers.number(Cluster.METERING, MULTIPLIER);
    Optional<Long> divisor = answers.number(Cluster.METERING, DIVISOR);
    return value.isPresent() && multiplier.isPresent() && divisor.isPresent()
        ? Optional.of(scaled(value.get(), multiplier.get(), divisor.get()))
        : Optional.empty();
  }

  /** A number times multiplier by divisor, exactly. */
  static String scaled(long value, long multiplier, long divisor)
      throws UnexpectedContentException {
    if (divisor == 0) {
      throw new UnexpectedContentException("expected a divisor other than zero");
    }
    BigDecimal product = BigDecimal.valueOf(value).multiply(BigDecimal.valueOf(multiplier));
    try {
      return plain(product.divide(BigDecimal.valueOf(divisor)));
    } catch (ArithmeticException endless) {
      throw new UnexpectedContentException("expected a divisor that leaves a decimal number");
    }
  }

  /** Thousandths of a cubic metre as a decimal. */
  static String thousandths(long value) {
    return plain(BigDecimal.valueOf(value, DECIMALS));
  }

  /** Writes rows of thousandths as elements with the attribute index, from 1. */
  static void indexed(
      GbzAnswers answers, List<ZclFields> rows, String field, String element, MmcWriter out)
      throws UnexpectedContentException {
    for (int i = 0; i < rows.size(); i++) {
      int index = i + 1;
      answers
          .number(rows.get(i), field)
          .map(Volumes::thousandths)
          .ifPresent(v -> out.open(element).attribute("index", index).text(v).close());
    }
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
