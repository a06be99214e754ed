// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.gas;

import static org.meterbox.correlate.content.DlmsContent.within;
import static org.meterbox.correlate.content.GbzAnswers.needed;
import static org.meterbox.correlate.content.GbzAnswers.rows;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.meterbox.correlate.content.AlertCodes;
import org.meterbox.correlate.content.DeviceText;
import org.meterbox.correlate.content.GbzAnswers;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.gbz.Cluster;
import org.meterbox.gbcs.gbz.ZclCommand.Direction;
import org.meterbox.gbcs.gbz.ZclFields;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;

/** What a gas meter is and how it is set up. */
public final class Configuration {
  private static final int PUBLISH_BILLING_PERIOD = 0x09;
  private static final int REPORT_EVENT_CONFIGURATION = 0x04;
  private static final int START_SAMPLING_RESPONSE = 0x0D;
  private static final int MANUFACTURER_NAME = 0x0004;
  private static final int MODEL_IDENTIFIER = 0x0005;
  private static final int SITE_ID = 0x0307;
  private static final int TAMPER_STATE = 0x0607;
  private static final int DEPLETION_STATE = 0x0608;
  private static final int CONVERSION_FACTOR = 0x0302;
  private static final int CONVERSION_FACTOR_DIGITS = 0x0303;
  private static final int CALORIFIC_VALUE = 0x0304;
  private static final int CALORIFIC_VALUE_DIGITS = 0x0306;
  private static final int FLOW_THRESHOLD = 0x0B10;
  private static final int FLOW_MULTIPLIER = 0x0B12;
  private static final int FLOW_DIVISOR = 0x0B13;
  private static final int FLOW_STABILISATION = 0x0B14;
  private static final int FLOW_MEASUREMENT = 0x0B15;
  private static final int MODEL_OCTETS = 8;

  private Configuration() {}

  /** Identity (GCS21m): manufacturer, model, what happens on tampering and on an empty battery. */
  public static void identity(GbzAnswers answers, MmcWriter out) throws UnexpectedContentException {
    Optional<Octets> model = answers.octets(Cluster.BASIC, MODEL_IDENTIFIER);
    if (model.isPresent()) {
      out.leaf("ModelType", text(model.get(), MODEL_OCTETS));
    }
    manufacturerAndStates(answers, out);
  }

  /** Identity as older meters give it (GCS21e): the device identifier stands behind the model. */
  public static void identityWithId(GbzAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    Optional<Octets> model = answers.octets(Cluster.BASIC, MODEL_IDENTIFIER);
    if (model.isPresent()) {
      Octets both = model.get();
      within(both.length(), MODEL_OCTETS + Eui64.OCTETS, MODEL_OCTETS + Eui64.OCTETS);
      Octets id = both.slice(MODEL_OCTETS, both.length());
      out.leaf("DeviceIdentifier", Eui64.parse(id.hex()).dashed());
      out.leaf("ModelType", text(both.slice(0, MODEL_OCTETS), MODEL_OCTETS));
    }
    manufacturerAndStates(answers, out);
  }

  private static void manufacturerAndStates(GbzAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    Optional<Octets> manufacturer = answers.octets(Cluster.BASIC, MANUFACTURER_NAME);
    if (manufacturer.isPresent()) {
      out.leaf("ManufacturerIdentifier", text(manufacturer.get(), 32));
    }
    out.open("Gas");
    state(answers, TAMPER_STATE, "SupplyTamperState", out);
    state(answers, DEPLETION_STATE, "SupplyDepletionState", out);
    out.close();
  }

  /** The supply status that follows: 0 off and so locked, 3 unchanged. */
  private static void state(GbzAnswers answers, int attribute, String element, MmcWriter out)
      throws UnexpectedContentException {
    Optional<Long> state = answers.number(Cluster.METERING, attribute);
    if (state.isPresent()) {
      if (state.get() != 0 && state.get() != 3) {
        throw new UnexpectedContentException("expected supply off or unchanged");
      }
      out.leaf(element, state.get() == 0 ? "Locked" : "Unchanged");
    }
  }

  private static String text(Octets octets, int max) throws UnexpectedContentException {
    within(octets.length(), 0, max);
    return DeviceText.of(octets);
  }

  /** The meter point number (GCS46). */
  public static void meterPoint(GbzAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    out.open("Gas");
    Optional<Octets> site = answers.octets(Cluster.METERING, SITE_ID);
    if (site.isPresent()) {
      out.leaf("MPRN", text(site.get(), 10));
    }
    out.close();
  }

  /** Conversion of volume to energy, and the test for flow that nobody controls (GCS21a). */
  public static void gas(GbzAnswers answers, MmcWriter out) throws UnexpectedContentException {
    price(answers, CALORIFIC_VALUE, CALORIFIC_VALUE_DIGITS, "CalorificValue", out);
    price(answers, CONVERSION_FACTOR, CONVERSION_FACTOR_DIGITS, "ConversionFactor", out);
    Optional<Long> flow = answers.number(Cluster.METERING, FLOW_THRESHOLD);
    Optional<Long> multiplier = answers.number(Cluster.METERING, FLOW_MULTIPLIER);
    Optional<Long> divisor = answers.number(Cluster.METERING, FLOW_DIVISOR);
    if (flow.isPresent() && multiplier.isPresent() && divisor.isPresent()) {
      String rate = Volumes.scaled(flow.get(), multiplier.get(), divisor.get());
      out.leaf("UncontrolledGasFlowRate", rate);
    }
    answers
        .number(Cluster.METERING, FLOW_STABILISATION)
        .ifPresent(period -> out.leaf("FlowStabilisationPeriod", period));
    answers
        .number(Cluster.METERING, FLOW_MEASUREMENT)
        .ifPresent(period -> out.leaf("FlowMeasurementPeriod", period));
  }

  /** A number of the price cluster with as many decimals as the high nibble beside it says. */
  private static void price(
      GbzAnswers answers, int attribute, int digits, String element, MmcWriter out)
      throws UnexpectedContentException {
    Optional<Long> value = answers.number(Cluster.PRICE, attribute);
    Optional<Long> decimals = answers.number(Cluster.PRICE, digits);
    if (value.isPresent() && decimals.isPresent()) {
      int scale = (int) (decimals.get() >> 4);
      out.leaf(element, BigDecimal.valueOf(value.get(), scale).toPlainString());
    }
  }

  /** The billing calendar (GCS21d, GCS21k). */
  public static void billingCalendar(GbzAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    for (ZclFields fields : answers.published(Cluster.PRICE, PUBLISH_BILLING_PERIOD)) {
      out.open("BillingCalendar").open("GasBillingCalendar");
      answers
          .time(fields, "Billing Period Start Time")
          .ifPresent(start -> out.leaf("BillingPeriodStart", start));
      long count = needed(fields, "Billing Period Duration");
      long unit = needed(fields, "Billing Period Duration Type") & 0x0F;
      out.leaf("Periodicity", periodicity(count, unit)).close().close();
    }
  }

  /** Units: 1 days, 2 weeks, 3 months (ZSE billing period duration type). */
  private static String periodicity(long count, long unit) throws UnexpectedContentException {
    return switch (String.format(Locale.ROOT, "%d of %d", count, unit)) {
      case "1 of 1" -> "Daily";
      case "1 of 2" -> "Weekly";
      case "1 of 3" -> "Monthly";
      case "3 of 3" -> "Quarterly";
      case "6 of 3" -> "SixMonthly";
      case "12 of 3" -> "Yearly";
      default -> throw new UnexpectedContentException("expected a billing period of MMC");
    };
  }

  /** The number of the sampling that was started (GCS31); none where it could not be. */
  public static void sampling(GbzAnswers answers, MmcWriter out) throws UnexpectedContentException {
    for (ZclFields fields : answers.published(Cluster.METERING, START_SAMPLING_RESPONSE)) {
      answers.number(fields, "Sample Id").ifPresent(id -> out.leaf("SampleID", id));
    }
  }

  /** Which alerts and events are on (GCS20r). */
  public static void alertBehaviour(GbzAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    Map<String, Long> byCode = new HashMap<>();
    for (ZclFields fields :
        answers.commands(
            Cluster.DEVICE_MANAGEMENT, Direction.FROM_CLIENT, REPORT_EVENT_CONFIGURATION)) {
      for (ZclFields row : rows(fields, "Events")) {
        byCode.put(
            String.format(Locale.ROOT, "%04X", needed(row, "Event Id")),
            needed(row, "Event Configuration"));
      }
    }
    out.open("GasSupplierAlertEventSettings");
    for (String code : AlertCodes.SUPPLIER_GSME) {
      Long configuration = byCode.remove(code);
      if (configuration != null) {
        event(code, configuration, out);
      }
    }
    out.close();
    if (!byCode.isEmpty()) {
      throw new UnexpectedContentException("expected alert codes of gas meters");
    }
  }

  /** Bits 0 to 2 log, 3 push to the WAN, 4 push to the home, 6 alarm at the meter (ZSE). */
  private static void event(String code, long configuration, MmcWriter out) {
    out.open("x" + code);
    enabled("WANAlert", configuration & 0x08, out);
    enabled("HANAlert", configuration & 0x10, out);
    enabled("EventLog", configuration & 0x07, out);
    enabled("Alarm", configuration & 0x40, out);
    out.close();
  }

  private static void enabled(String element, long bits, MmcWriter out) {
    out.leaf(element, bits != 0 ? "Enable" : "Disable");
  }
}
