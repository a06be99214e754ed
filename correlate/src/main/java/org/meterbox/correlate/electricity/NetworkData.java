// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.electricity;

import static org.meterbox.correlate.content.DlmsContent.integer;
import static org.meterbox.correlate.content.DlmsContent.structure;
import static org.meterbox.correlate.content.DlmsContent.whole;

import java.util.List;
import org.meterbox.correlate.content.DlmsAnswers;
import org.meterbox.correlate.content.Timestamps;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.dlms.DlmsValue;

/** Average voltages and the thresholds around them. */
public final class NetworkData {
  private static final int UNIT_COUNT = 255;
  private static final int ANSWERS_A_PHASE = 6;
  private static final int PHASES = 3;

  private NetworkData() {}

  /**
   * Voltage data of a single phase meter (ECS23): counter below the threshold with its unit,
   * counter above it with its unit, profile log, capture period in seconds.
   */
  public static void singlePhase(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(ANSWERS_A_PHASE);
    out.open("Electricity").open("SinglePhaseESME");
    phase(answers, 0, out);
    out.close().close();
  }

  /** Voltage data of a polyphase meter (ECS23b): as of a single phase meter, three times. */
  public static void polyPhase(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(PHASES * ANSWERS_A_PHASE);
    out.open("Electricity").open("PolyPhaseESME");
    for (int phase = 1; phase <= PHASES; phase++) {
      out.open("PhaseVoltageOperationalData").open("VoltageOperationalData");
      phase(answers, (phase - 1) * ANSWERS_A_PHASE, out);
      out.close().leaf("Phase", phase).close();
    }
    out.close().close();
  }

  private static void phase(DlmsAnswers answers, int first, MmcWriter out)
      throws UnexpectedContentException {
    counter(answers, first + 2, "AvgRMSOverVoltageCounter", out);
    counter(answers, first, "AvgRMSUnderVoltageCounter", out);
    out.open("AvgRMSVoltageProfileDataLog");
    for (DlmsValue entry : ReadLogs.plainLog(answers, first + 4)) {
      List<DlmsValue> parts = structure(entry, 2);
      out.open("LogEntry").leaf("Value", integer(parts.get(1)));
      out.leaf("Timestamp", Timestamps.ofSeconds(integer(parts.get(0)))).close();
    }
    answers.with(first + 5, period -> out.leaf("MeasurementPeriod", integer(period)));
    out.close();
  }

  private static void counter(DlmsAnswers answers, int position, String element, MmcWriter out)
      throws UnexpectedContentException {
    if (answers.has(position, 2)) {
      String value = whole(answers.given(position), answers.given(position + 1), UNIT_COUNT);
      out.open(element).leaf("Value", value).leaf("Unit", "count").close();
    }
  }

  /**
   * Voltage settings of a single phase meter (ECS26b): threshold and measurement period of extreme
   * over voltage, extreme under voltage, sag and swell; average over and under voltage thresholds.
   */
  public static void settings(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(10);
    out.open("SinglePhaseVoltageSettings");
    averageThresholds(answers, 8, 9, out);
    out.close();
    rmsSettings(answers, out);
  }

  /**
   * Voltage settings of a polyphase meter (ECS26k): as of a single phase meter; then for phases 2
   * and 3 the average under voltage threshold before the over voltage threshold.
   */
  public static void polyPhaseSettings(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(14);
    phaseSettings(answers, 1, 8, 9, out);
    phaseSettings(answers, 2, 11, 10, out);
    phaseSettings(answers, 3, 13, 12, out);
    rmsSettings(answers, out);
  }

  private static void phaseSettings(
      DlmsAnswers answers, int phase, int over, int under, MmcWriter out)
      throws UnexpectedContentException {
    out.open("PolyPhaseVoltageSettings").leaf("Phase", phase).open("PhaseVoltageSettings");
    averageThresholds(answers, over, under, out);
    out.close().close();
  }

  private static void averageThresholds(DlmsAnswers answers, int over, int under, MmcWriter out)
      throws UnexpectedContentException {
    answers.with(over, v -> out.leaf("AverageRMSOverVoltageThreshold", integer(v)));
    answers.with(under, v -> out.leaf("AverageRMSUnderVoltageThreshold", integer(v)));
  }

  private static void rmsSettings(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    out.open("RMSVoltageSettings");
    answers.with(1, v -> out.leaf("RMSExtremeOverVoltageMeasurementPeriod", integer(v)));
    answers.with(0, v -> out.leaf("RMSExtremeOverVoltageThreshold", integer(v)));
    answers.with(3, v -> out.leaf("RMSExtremeUnderVoltageMeasurementPeriod", integer(v)));
    answers.with(2, v -> out.leaf("RMSExtremeUnderVoltageThreshold", integer(v)));
    answers.with(5, v -> out.leaf("RMSVoltageSagMeasurementPeriod", integer(v)));
    answers.with(4, v -> out.leaf("RMSVoltageSagThreshold", integer(v)));
    answers.with(7, v -> out.leaf("RMSVoltageSwellMeasurementPeriod", integer(v)));
    answers.with(6, v -> out.leaf("RMSVoltageSwellThreshold", integer(v)));
    out.close();
  }
}
