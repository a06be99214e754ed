// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.electricity;

import static org.meterbox.correlate.content.DlmsContent.array;
import static org.meterbox.correlate.content.DlmsContent.bool;
import static org.meterbox.correlate.content.DlmsContent.integer;
import static org.meterbox.correlate.content.DlmsContent.octets;
import static org.meterbox.correlate.content.DlmsContent.text;
import static org.meterbox.correlate.content.DlmsContent.whole;
import static org.meterbox.correlate.content.DlmsContent.within;

import java.util.List;
import java.util.Optional;
import org.meterbox.correlate.content.DlmsAnswers;
import org.meterbox.correlate.content.DlmsTimes;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;

/** What a meter or hub is and how it is set up. */
public final class Configuration {
  private static final int FIRMWARE_VERSION_OCTETS = 4;
  private static final int MPAN_LENGTH = 13;
  private static final int UNIT_COUNT = 255;

  private Configuration() {}

  /** The firmware version (ECS52): four octets, shown as eight hexadecimal digits. */
  public static void firmwareVersion(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(1);
    answers.with(0, v -> out.leaf("FirmwareVersion", octets(v, FIRMWARE_VERSION_OCTETS).hex()));
  }

  /** Identity of a meter (ECS26m): variant, model, manufacturer, state of the tamper switch. */
  public static void meterIdentity(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(4);
    model(answers, 1, 2, out);
    meter(answers, 3, 0, out);
  }

  /** Identity of a meter as older meters give it (ECS26e): its identifier comes first. */
  public static void meterIdentityWithId(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(5);
    identifier(answers, out);
    model(answers, 2, 3, out);
    meter(answers, 4, 1, out);
  }

  /** Identity of a hub (ECS26n): model, manufacturer. */
  public static void hubIdentity(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(2);
    model(answers, 0, 1, out);
  }

  /** Identity of a hub as older hubs give it (ECS26i): its identifier comes first. */
  public static void hubIdentityWithId(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(3);
    identifier(answers, out);
    model(answers, 1, 2, out);
  }

  private static void identifier(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.with(0, id -> out.leaf("DeviceIdentifier", eui(octets(id, Eui64.OCTETS))));
  }

  private static void model(DlmsAnswers answers, int model, int manufacturer, MmcWriter out)
      throws UnexpectedContentException {
    answers.with(model, v -> out.leaf("ModelType", shortText(v, 8)));
    answers.with(manufacturer, v -> out.leaf("ManufacturerIdentifier", shortText(v, 32)));
  }

  private static void meter(DlmsAnswers answers, int tamperState, int variant, MmcWriter out)
      throws UnexpectedContentException {
    out.open("Electricity");
    answers.with(tamperState, v -> out.leaf("SupplyTamperState", bool(v) ? "Locked" : "Unchanged"));
    answers.with(variant, v -> out.leaf("MeterVariant", shortText(v, 1)));
    out.close();
  }

  private static String shortText(DlmsValue value, int max) throws UnexpectedContentException {
    String text = text(value);
    within(text.length(), 0, max);
    return text;
  }

  static String eui(Octets octets) throws UnexpectedContentException {
    if (octets.length() != Eui64.OCTETS) {
      throw new UnexpectedContentException("expected an identifier of eight octets");
    }
    return Eui64.parse(octets.hex()).dashed();
  }

  /** Randomised offset, its number and its limit (ECS26c). */
  public static void randomisation(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(3);
    answers.with(0, v -> out.leaf("RandomisedOffset", integer(v)));
    answers.with(1, v -> out.leaf("RandomisedOffsetNumber", integer(v)));
    answers.with(2, v -> out.leaf("RandomisedOffsetLimit", integer(v)));
  }

  /** Power thresholds (ECS26f): from low to medium, from medium to high, in watts. */
  public static void powerThresholds(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(1);
    Optional<DlmsValue> read = answers.value(0);
    if (read.isPresent()) {
      List<DlmsValue> thresholds = array(read.get(), 2);
      out.leaf("LowMediumPowerThreshold", integer(thresholds.get(0)));
      out.leaf("MediumHighPowerThreshold", integer(thresholds.get(1)));
    }
  }

  /**
   * Meter point numbers (ECS40): of import, with the secondary element's behind it on a twin
   * element meter, and of export.
   */
  public static void meterPoints(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(2);
    out.open("Electricity");
    Optional<DlmsValue> imports = answers.value(0);
    if (imports.isPresent()) {
      String numbers = shortText(imports.get(), 2 * MPAN_LENGTH);
      int first = Math.min(numbers.length(), MPAN_LENGTH);
      out.leaf("ImportMPAN", numbers.substring(0, first));
      if (numbers.length() > MPAN_LENGTH) {
        out.leaf("SecondaryImportMPAN", numbers.substring(MPAN_LENGTH));
      }
    }
    answers.with(1, v -> out.leaf("ExportMPAN", shortText(v, MPAN_LENGTH)));
    out.close();
  }

  /**
   * Load limiting (ECS27): whether supply is disabled when the limit is exceeded, counter with
   * unit, power threshold in watts, period and restoration period in seconds.
   */
  public static void loadLimit(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(6);
    if (answers.has(1, 2)) {
      String counter = whole(answers.given(1), answers.given(2), UNIT_COUNT);
      out.leaf("LoadLimitCounterValue", counter);
    }
    answers.with(3, v -> out.leaf("LoadLimitPowerThreshold", integer(v)));
    answers.with(4, v -> out.leaf("LoadLimitPeriod", integer(v)));
    answers.with(5, v -> out.leaf("LoadLimitRestorationPeriod", integer(v)));
    answers.with(0, v -> out.leaf("LoadLimitSupplyState", bool(v) ? "Disable" : "Unchanged"));
  }

  /**
   * Setting the clock (ECS70): after the three steps of setting it, the time and the status of the
   * clock.
   */
  public static void clock(DlmsAnswers answers, MmcWriter out) throws UnexpectedContentException {
    answers.expectSize(5);
    answers.with(3, time -> out.leaf("DeviceTime", DlmsTimes.dateTime(time)));
    out.open("Electricity");
    Optional<DlmsValue> status = answers.value(4);
    if (status.isPresent()) {
      long code = integer(status.get());
      out.open("ElecClockTimeStatus").attribute("TimeStatusCode", code);
      out.leaf("TimeStatus", clockStatus((int) code)).close();
    }
    out.close();
  }

  /** The first two bits of a DLMS clock status. */
  private static String clockStatus(int status) {
    if ((status & 1) != 0) {
      return "invalid";
    }
    return (status & 2) != 0 ? "unreliable" : "reliable";
  }
}
