// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.correlate.expectation.Expectation;
import org.meterbox.correlate.expectation.GbzCommand;
import org.meterbox.correlate.expectation.Requested;
import org.meterbox.correlate.expectation.ZclFields;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;

/** Settings of a gas meter: 6.6 (GBCS GCS23), 6.7 (GCS24, GCS24a). */
final class GasConfiguration {
  private static final int PRICE = 0x0700;
  private static final int METERING = 0x0702;
  private static final int TO_SERVER = 0x01;
  private static final int TO_THE_METER = 0x09;
  private static final int CUBIC_METRES = 0x01;
  private static final int MEGAJOULES_PER_CUBIC_METRE = 0x01;
  private static final long MAX_UINT32 = 0xFFFF_FFFFL;
  private static final int UNCHANGED = 3;
  private static final int LOCKED = 0;
  private static final int OFF = 0;

  private GasConfiguration() {}

  static List<Expectation> conversion(OriginalRequest request) throws ElementException {
    XmlElement factor = request.body().child("ConversionFactor");
    XmlElement calorificValue = request.body().child("CalorificValue");
    ZclFields factorFields =
        new ZclFields()
            .senderTime("Issuer Event Id")
            .prescribed("Start Time: at once", 0, 4)
            .unsigned(factor, scaled(factor, 5, MAX_UINT32), 4)
            .prescribed("Conversion Factor Trailing Digit: 5", 0x50, 1);
    ZclFields calorificFields =
        new ZclFields()
            .senderTime("Issuer Event Id")
            .prescribed("Start Time: at once", 0, 4)
            .unsigned(calorificValue, scaled(calorificValue, 1, MAX_UINT32), 4)
            .prescribed("Calorific Value Unit", MEGAJOULES_PER_CUBIC_METRE, 1)
            .prescribed("Calorific Value Trailing Digit: 1", 0x10, 1);
    return List.of(
        Expectation.of(
            0x007C,
            new GbzCommand()
                .command("PublishConversionFactor", PRICE, TO_THE_METER, 0x02, factorFields)
                .command("PublishCalorificValue", PRICE, TO_THE_METER, 0x03, calorificFields)
                .payload()));
  }

  static List<Expectation> flow(OriginalRequest request) throws ElementException {
    Optional<XmlElement> exact = request.body().find("UncontrolledGasFlowRateDecimal");
    if (exact.isPresent()) {
      long tenThousandths = scaled(exact.get(), 4, 0xFFFF);
      return List.of(flow(0x00FC, request.body(), exact.get(), tenThousandths, 10_000));
    }
    XmlElement rate = request.body().child("UncontrolledGasFlowRate");
    long value = Requested.within(rate, 0, 0xFFFF);
    return List.of(flow(0x007D, request.body(), rate, value, 1));
  }

  private static Expectation flow(
      int useCase, XmlElement body, XmlElement rate, long threshold, int divisor)
      throws ElementException {
    ZclFields flow =
        new ZclFields()
            .prescribed("Provider Id", 0, 4)
            .senderTime("Issuer Event Id")
            .unsigned(rate, threshold, 2)
            .prescribed("Unit of Measure: cubic metres per hour", CUBIC_METRES, 1)
            .prescribed("Multiplier", 1, 2)
            .prescribed("Divisor", divisor, 2)
            .unsigned(body.child("StabilisationPeriod"), 1)
            .unsigned(body.child("MeasurementPeriod"), 2);
    XmlElement tamper = body.child("SupplyTamperState");
    XmlElement depletion = body.child("SupplyDepletionState");
    ZclFields supply =
        new ZclFields()
            .senderTime("Issuer Event Id")
            .unsigned(tamper, state(tamper), 1)
            .unsigned(depletion, state(depletion), 1)
            .prescribed("Supply Uncontrolled Flow State", OFF, 1)
            .prescribed("Load Limit Supply State", UNCHANGED, 1);
    return Expectation.of(
        useCase,
        new GbzCommand()
            .command("SetUncontrolledFlowThreshold", METERING, TO_SERVER, 0x0E, flow)
            .command("SetSupplyStatus", METERING, TO_SERVER, 0x0D, supply)
            .payload());
  }

  private static int state(XmlElement element) throws ElementException {
    return switch (element.token()) {
      case "Unchanged" -> UNCHANGED;
      case "Locked" -> LOCKED;
      default -> throw element.fault("is neither Unchanged nor Locked");
    };
  }

  /** A decimal number without its point. */
  private static long scaled(XmlElement element, int digits, long most) throws ElementException {
    BigDecimal value = element.decimal().movePointRight(digits).stripTrailingZeros();
    if (value.signum() < 0 || value.scale() > 0 || value.compareTo(BigDecimal.valueOf(most)) > 0) {
      throw element.fault(
          String.format(Locale.ROOT, "has more than %d decimals or is out of range", digits));
    }
    return value.longValueExact();
  }
}
