// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.electricity;

import static org.meterbox.correlate.content.DlmsContent.array;
import static org.meterbox.correlate.content.DlmsContent.bool;
import static org.meterbox.correlate.content.DlmsContent.integer;
import static org.meterbox.correlate.content.DlmsContent.octets;
import static org.meterbox.correlate.content.DlmsContent.structure;
import static org.meterbox.correlate.content.DlmsContent.text;
import static org.meterbox.correlate.content.DlmsContent.within;

import java.util.List;
import java.util.Optional;
import org.meterbox.correlate.content.ControllerState;
import org.meterbox.correlate.content.DlmsAnswers;
import org.meterbox.correlate.content.DlmsTimes;
import org.meterbox.correlate.content.Timestamps;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.kernel.Octets;

/** Auxiliary load switches and controllers, and the boost button. */
public final class AuxiliaryLoads {
  private static final int CONTROLLERS = 5;
  private static final int MAX_DESCRIPTION = 22;
  private static final int MAX_STATE = 72_000;
  private static final String LOCAL = "0000000000000000";
  private static final String ANY_LEVEL = "FF";
  private static final int ON = 0x01;
  private static final int OFF = 0x02;

  private AuxiliaryLoads() {}

  /**
   * Auxiliary load switches (ECS61a): five descriptions, five types, special days, schedule, five
   * states.
   */
  public static void switches(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(17);
    for (int i = 0; i < CONTROLLERS; i++) {
      out.open("AuxiliaryLoadControlSwitch").attribute("Index", i + 1);
      answers.with(i, v -> out.leaf("Description", description(v)));
      answers.with(CONTROLLERS + i, v -> switchType(octets(v), out));
      answers.with(2 * CONTROLLERS + 2 + i, v -> out.leaf("State", bool(v)));
      out.close();
    }
    Optional<DlmsValue> days = answers.value(2 * CONTROLLERS);
    if (days.isPresent()) {
      out.open("ALCSHCALCSSpecialDays");
      specialDays(days.get(), "ALCSHCALCSSpecialDay", "index", out);
      out.close();
    }
    Optional<DlmsValue> schedule = answers.value(2 * CONTROLLERS + 1);
    if (schedule.isPresent()) {
      for (DlmsValue entry : array(schedule.get())) {
        switchSchedule(ScheduleEntry.of(entry), out);
      }
    }
  }

  private static void switchType(Octets type, MmcWriter out) throws UnexpectedContentException {
    out.open("TypeAndIdentifier");
    if (type.hex().equals(LOCAL)) {
      out.empty("ALCS");
    } else {
      out.leaf("HCALCS", Configuration.eui(type));
    }
    out.close();
  }

  private static void switchSchedule(ScheduleEntry entry, MmcWriter out)
      throws UnexpectedContentException {
    out.open("ALCSScheduler").open("ActivateDeactivateSwitch");
    out.attribute("index", within(entry.selector() >> 8, 1, CONTROLLERS));
    switch (entry.selector() & 0xFF) {
      case ON -> out.empty("ActivateSwitch");
      case OFF -> out.empty("DeactivateSwitch");
      default -> throw new UnexpectedContentException("expected a switch on or off");
    }
    out.close();
    applicability(entry, "index", out);
    period(entry, "ALCSScheduleDatesAndTime", out);
    out.close();
  }

  /** Auxiliary controllers (ECS61d): five descriptions, special days, schedule. */
  public static void controllers(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(CONTROLLERS + 2);
    for (int i = 0; i < CONTROLLERS; i++) {
      Optional<DlmsValue> description = answers.value(i);
      if (description.isPresent()) {
        out.open("AuxiliaryControllerDescription").attribute("auxiliaryControllerN", i + 1);
        out.leaf("AuxiliaryControlDescription", description(description.get())).close();
      }
    }
    Optional<DlmsValue> days = answers.value(CONTROLLERS);
    if (days.isPresent()) {
      out.open("AuxiliaryControllerSpecialDayDefinitions");
      specialDays(days.get(), "AuxiliaryControllerSpecialDayDefinition", "identifier", out);
      out.close();
    }
    Optional<DlmsValue> schedule = answers.value(CONTROLLERS + 1);
    if (schedule.isPresent()) {
      for (DlmsValue entry : array(schedule.get())) {
        controllerSchedule(ScheduleEntry.of(entry), out);
      }
    }
  }

  private static void controllerSchedule(ScheduleEntry entry, MmcWriter out)
      throws UnexpectedContentException {
    AuxiliaryAction action = AuxiliaryAction.of(entry.selector());
    out.open("AuxiliaryControllerSchedule").open("AuxiliaryControllerAction");
    out.attribute("auxiliaryControllerN", action.number());
    long level =
        action.level().orElseThrow(() -> new UnexpectedContentException("expected a level"));
    out.leaf("CommandedStateLevel", level);
    if (action.input()) {
      out.empty("InputFromControlledLoad");
    }
    out.close();
    applicability(entry, "identifier", out);
    period(entry, "AuxiliaryControllerSchedulePeriodAndTime", out);
    out.close();
  }

  /** States of auxiliary controllers (ECS61e): five types, five texts in JSON. */
  public static void states(DlmsAnswers answers, MmcWriter out) throws UnexpectedContentException {
    answers.expectSize(2 * CONTROLLERS);
    for (int i = 0; i < CONTROLLERS; i++) {
      out.open("AuxiliaryControllerOperationalData").attribute("auxiliaryControllerN", i + 1);
      answers.with(i, v -> controllerType(octets(v), out));
      answers.with(
          CONTROLLERS + i,
          v -> {
            String state = text(v);
            within(state.length(), 0, MAX_STATE);
            out.open("AuxiliaryControllerStateAndAssociatedInformation");
            ControllerState.render(state, out);
            out.close();
          });
      out.close();
    }
  }

  private static void controllerType(Octets type, MmcWriter out) throws UnexpectedContentException {
    out.open("TypeAndIdentifier");
    if (type.isEmpty()) {
      out.leaf("AuxiliaryControllerType", "None");
    } else if (type.hex().equals(LOCAL)) {
      out.leaf("AuxiliaryControllerType", "ALCS");
    } else if (type.hex().equals(ANY_LEVEL)) {
      out.leaf("AuxiliaryControllerType", "APC");
    } else {
      out.leaf("AuxiliaryControllerType", "HCALCS").leaf("HCALCSID", Configuration.eui(type));
    }
    out.close();
  }

  /**
   * The boost button (ECS61c): whether there is one, its log of starts and ends, and for each of
   * five controllers whether the button works on it.
   */
  public static void boostButton(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(2 + CONTROLLERS);
    for (DlmsValue entry : ReadLogs.plainLog(answers, 1)) {
      List<DlmsValue> parts = structure(entry, 2);
      out.open("EventLogEntry");
      out.leaf("BoostEnd", Timestamps.ofSeconds(integer(parts.get(1))));
      out.leaf("BoostStart", Timestamps.ofSeconds(integer(parts.get(0)))).close();
    }
    answers.with(0, v -> out.leaf("BoostFunctionAvailability", bool(v)));
    for (int i = 1; i <= CONTROLLERS; i++) {
      String element = "BoostFunctionControl" + i + "Value";
      answers.with(1 + i, v -> out.leaf(element, bool(v)));
    }
  }

  private static String description(DlmsValue value) throws UnexpectedContentException {
    String text = text(value);
    within(text.length(), 0, MAX_DESCRIPTION);
    return text;
  }

  private static void specialDays(DlmsValue days, String element, String attribute, MmcWriter out)
      throws UnexpectedContentException {
    for (DlmsValue day : array(days)) {
      List<DlmsValue> parts = structure(day, 3);
      out.open(element).attribute(attribute, within(integer(parts.get(0)), 1, 20));
      DlmsTimes.dateParts(out, octets(parts.get(1), 5));
      out.close();
    }
  }

  private static void applicability(ScheduleEntry entry, String attribute, MmcWriter out)
      throws UnexpectedContentException {
    for (int day : entry.specialDays()) {
      out.open("SpecialDaysApplicability").attribute(attribute, within(day, 1, 20)).close();
    }
    entry.daysOfWeek(out);
  }

  private static void period(ScheduleEntry entry, String element, MmcWriter out)
      throws UnexpectedContentException {
    out.open(element).leaf("SwitchTime", DlmsTimes.time(entry.switchTime()));
    DlmsTimes.date(out, "StartDate", entry.begin());
    DlmsTimes.date(out, "EndDate", entry.end());
    out.close();
  }
}
