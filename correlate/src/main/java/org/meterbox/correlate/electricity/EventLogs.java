// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.electricity;

import static org.meterbox.correlate.content.DlmsContent.enumeration;
import static org.meterbox.correlate.content.DlmsContent.integer;
import static org.meterbox.correlate.content.DlmsContent.octets;
import static org.meterbox.correlate.content.DlmsContent.structure;
import static org.meterbox.correlate.content.DlmsContent.within;

import java.util.List;
import org.meterbox.correlate.content.DlmsAnswers;
import org.meterbox.correlate.content.LogMeanings;
import org.meterbox.correlate.content.Timestamps;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/** Event logs of meters and hubs (ECS35a to ECS35g). */
public final class EventLogs {
  private EventLogs() {}

  /** Events with other information of up to eight octets (ECS35a, ECS35c). */
  public static void events(DlmsAnswers answers, MmcWriter out) throws UnexpectedContentException {
    answers.expectSize(1);
    out.open("Log");
    for (DlmsValue entry : ReadLogs.plainLog(answers, 0)) {
      List<DlmsValue> parts = structure(entry, 3);
      Octets other = octets(parts.get(2));
      out.open("LogEntry");
      event(parts, out);
      if (!other.isEmpty()) {
        out.hexLeaf("OtherInformation", other);
        LogMeanings.other(other).ifPresent(text -> out.leaf("OtherInformationLogMeaning", text));
      }
      out.close();
    }
    out.close();
  }

  /** Security events: time and code (ECS35b, ECS35d). */
  public static void securityEvents(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(1);
    out.open("Log");
    for (DlmsValue entry : ReadLogs.plainLog(answers, 0)) {
      out.open("LogEntry");
      event(structure(entry, 2), out);
      out.close();
    }
    out.close();
  }

  /** Power events with a number (ECS35e). */
  public static void powerEvents(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(1);
    out.open("Log");
    for (DlmsValue entry : ReadLogs.plainLog(answers, 0)) {
      List<DlmsValue> parts = structure(entry, 3);
      out.open("LogEntry");
      event(parts, out);
      Octets number = new OctetWriter(4).u32(integer(parts.get(2))).toOctets();
      out.hexLeaf("OtherInformation", number).close();
    }
    out.close();
  }

  private static void event(List<DlmsValue> parts, MmcWriter out)
      throws UnexpectedContentException {
    int code = (int) within(integer(parts.get(1)), 0, 0xFFFF);
    out.leaf("Timestamp", Timestamps.ofSeconds(integer(parts.get(0))));
    out.hexLeaf("LogCode", code);
    LogMeanings.event(code).ifPresent(meaning -> out.leaf("LogMeaning", meaning));
  }

  /** Events of auxiliary load switches and controllers (ECS35f, ECS35g). */
  public static void auxiliaryEvents(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(1);
    out.open("ALCSEvent");
    for (DlmsValue entry : ReadLogs.plainLog(answers, 0)) {
      List<DlmsValue> parts = structure(entry, 4);
      out.open("ALCSEventLogEntry");
      out.leaf("Timestamp", Timestamps.ofSeconds(integer(parts.get(0))));
      AuxiliaryAction action = AuxiliaryAction.of((int) integer(parts.get(1)));
      out.leaf("SwitchNumber", action.number());
      action.word().ifPresent(word -> out.leaf("SwitchAction", word));
      out.leaf("Outcome", outcome(enumeration(parts.get(2))));
      out.leaf("HANCommandID", integer(parts.get(3)));
      action.level().ifPresent(level -> out.leaf("AuxiliaryControllerLevel", level));
      if (action.input()) {
        out.empty("InputFromControlledLoad");
      }
      out.close();
    }
    out.close();
  }

  private static String outcome(int outcome) throws UnexpectedContentException {
    return switch (outcome) {
      case 0 -> "Outcome not known";
      case 1 -> "Success";
      case 2 -> "Failure";
      default -> throw new UnexpectedContentException("expected an outcome from 0 to 2");
    };
  }
}
