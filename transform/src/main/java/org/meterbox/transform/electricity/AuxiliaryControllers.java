// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform.electricity;

import static org.meterbox.kernel.DeviceType.ESME;
import static org.meterbox.transform.CosemForms.activation;
import static org.meterbox.transform.CosemForms.attribute;
import static org.meterbox.transform.CosemForms.date;
import static org.meterbox.transform.CosemForms.dateTime;
import static org.meterbox.transform.CosemForms.u16;
import static org.meterbox.transform.CosemForms.within;
import static org.meterbox.transform.Translation.action;
import static org.meterbox.transform.Translation.set;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.Bool;
import org.meterbox.gbcs.dlms.DlmsValue.OctetString;
import org.meterbox.gbcs.dlms.DlmsValue.UInt16;
import org.meterbox.gbcs.dlms.DlmsValue.VisibleString;
import org.meterbox.kernel.Octets;
import org.meterbox.transform.CosemForms;
import org.meterbox.transform.Mapping;
import org.meterbox.transform.Numbered;
import org.meterbox.transform.Translation;

/**
 * Auxiliary load control switches and proportional controllers (service requests 6.14.x, 7.5, 7.6,
 * 7.8 to 7.10, 7.13 and 7.16). A script selector has the controller in its high octet and the
 * action in its low one.
 */
public final class AuxiliaryControllers {
  private static final int CONTROLLERS = 5;
  private static final int SCRIPT_TABLE = 9;
  private static final String SCRIPTS = "0-0:10.0.103.255";
  private static final String LIMIT_SCRIPTS = "0-0:10.0.107.255";

  private static final int ACTIVATE = 0x11;
  private static final int DEACTIVATE = 0x12;
  private static final int RESET = 0x20;
  private static final int CALENDAR_ON = 0x01;
  private static final int CALENDAR_OFF = 0x02;

  /** What the controlled load takes, and what it gives. */
  private static final int OUTPUT = 1;

  private static final int INPUT = 2;
  private static final int PER_CENT = 100;

  /** Distinguishes a calendar's level from that of a single action. */
  private static final int BY_CALENDAR = 0x80;

  /** Type and identifier of a switch that is part of the meter. */
  private static final OctetString NO_IDENTIFIER = OctetString.ofHex("0000000000000000");

  /** The mappings of this family. */
  public static final List<Mapping> MAPPINGS =
      List.of(
          meter("6.14.1", "ECS46a", 0x0053, AuxiliaryControllers::descriptions),
          meter("6.14.2", "ECS46c", 0x0054, AuxiliaryControllers::switchCalendar),
          meter("6.14.3", "ECS46d", 0x011A, AuxiliaryControllers::controllerCalendar),
          meter("7.5", "ECS47", 0x0055, t -> timedSwitch(t, "ActivateALCSHCALCS", 1, ACTIVATE)),
          meter("7.6", "ECS47", 0x0055, t -> timedSwitch(t, "DeactivateALCSHCALCS", 2, DEACTIVATE)),
          meter("7.8", "ECS47", 0x0055, AuxiliaryControllers::reset),
          meter("7.9", "ECS62", 0x005F, t -> boost(t, "AddToBoostButton", Bool.TRUE)),
          meter("7.10", "ECS62", 0x005F, t -> boost(t, "RemoveFromBoostButton", Bool.FALSE)),
          meter("7.13", "ECS47a", 0x011E, t -> level(t, SCRIPTS, 1)),
          meter("7.16", "ECS47e", 0x011F, t -> level(t, LIMIT_SCRIPTS, 3)));

  private AuxiliaryControllers() {}

  private static Mapping meter(String variant, String useCase, int code, Mapping.Payload payload) {
    return Mapping.of(variant, ESME, useCase, code, payload);
  }

  private static Octets descriptions(Translation translation) throws ElementException {
    List<AccessRequest.Item> items = new ArrayList<>();
    for (Map.Entry<Integer, XmlElement> described :
        Numbered.by("index", CONTROLLERS, translation.body().children("ALCSHCALCSDescription"))
            .entrySet()) {
      DlmsValue text = visible(described.getValue().child("SwitchDescription"));
      items.add(
          set(1, String.format(Locale.ROOT, "0-0:94.44.0.%d", 10 + described.getKey()), 2, text));
    }
    return translation.access(items.stream());
  }

  /** A visible-string of DLMS has the characters of ASCII only. */
  private static DlmsValue visible(XmlElement text) throws ElementException {
    if (!StandardCharsets.US_ASCII.newEncoder().canEncode(text.text())) {
      throw text.fault("has characters that a meter cannot show");
    }
    return new VisibleString(CosemForms.octets(text.text()));
  }

  private static Octets timedSwitch(
      Translation translation, String name, int durationObject, int script)
      throws ElementException {
    XmlElement element = translation.body().child(name);
    int number = attribute(element, "index", CONTROLLERS);
    String duration = String.format(Locale.ROOT, "0-0:94.44.%d.%d", 116 + number, durationObject);
    return translation.access(
        set(1, duration, 2, u16(element.child("Duration"))),
        action(SCRIPT_TABLE, SCRIPTS, 1, new UInt16(number << 8 | script)));
  }

  private static Octets reset(Translation translation) throws ElementException {
    int number = attribute(translation.body().child("ResetALCSHCALCS"), "index", CONTROLLERS);
    return translation.access(action(SCRIPT_TABLE, SCRIPTS, 1, new UInt16(number << 8 | RESET)));
  }

  private static Octets boost(Translation translation, String name, Bool associated)
      throws ElementException {
    List<AccessRequest.Item> items = new ArrayList<>();
    for (Map.Entry<Integer, XmlElement> button :
        Numbered.by("index", CONTROLLERS, translation.body().children(name)).entrySet()) {
      if (button.getValue().bool()) {
        items.add(
            set(1, String.format(Locale.ROOT, "0-0:94.44.6.%d", button.getKey()), 2, associated));
      }
    }
    if (items.isEmpty()) {
      throw translation.body().fault("names no switch whose association changes");
    }
    return translation.access(items.stream());
  }

  /** A level for a time, with the objects for its start and its end from this number. */
  private static Octets level(Translation translation, String scripts, int firstObject)
      throws ElementException {
    XmlElement body = translation.body();
    int number = attribute(body, "auxiliaryControllerN", CONTROLLERS);
    String object = "0-0:94.44.%d.%d";
    return translation.access(
        set(
            1,
            String.format(Locale.ROOT, object, 116 + number, firstObject),
            2,
            dateTime(body.child("StartDateTime"))),
        set(
            1,
            String.format(Locale.ROOT, object, 116 + number, firstObject + 1),
            2,
            dateTime(body.child("EndDateTime"))),
        action(SCRIPT_TABLE, scripts, 1, new UInt16(selector(body, number))));
  }

  private static int selector(XmlElement commanded, int number) throws ElementException {
    int direction = commanded.has("InputFromControlledLoad") ? INPUT : OUTPUT;
    int level = (int) within(commanded.child("CommandedStateLevel"), 0, PER_CENT);
    return (direction << 4 | number) << 8 | level;
  }

  private static Octets switchCalendar(Translation translation) throws ElementException {
    XmlElement body = translation.body();
    List<AccessRequest.Item> items = new ArrayList<>();
    for (Map.Entry<Integer, XmlElement> switched :
        Numbered.by("index", CONTROLLERS, body.children("SwitchTypeAndId")).entrySet()) {
      items.add(
          set(
              1,
              String.format(Locale.ROOT, "0-0:94.44.0.%d", 20 + switched.getKey()),
              2,
              identifier(switched.getValue())));
    }
    SortedMap<Integer, XmlElement> days =
        specialDays(body.find("ALCSHCALCSSpecialDays"), "ALCSHCALCSSpecialDay", "index");
    List<ScheduleEntry> entries = new ArrayList<>();
    for (XmlElement schedule : body.children("ALCSHCALCSConnectionSchedule")) {
      XmlElement action = schedule.child("ActivateDeactivateSwitch");
      int script = action.has("ActivateSwitch") ? CALENDAR_ON : CALENDAR_OFF;
      entries.add(
          entry(
              schedule,
              attribute(action, "index", CONTROLLERS) << 8 | script,
              "index",
              schedule.child("ALCSScheduleDatesAndTime")));
    }
    return calendar(translation, items, days, entries);
  }

  private static DlmsValue identifier(XmlElement switched) throws ElementException {
    return switched.has("HCALCS") ? CosemForms.identifier(switched.eui64("HCALCS")) : NO_IDENTIFIER;
  }

  private static Octets controllerCalendar(Translation translation) throws ElementException {
    XmlElement body = translation.body();
    SortedMap<Integer, XmlElement> days =
        specialDays(
            body.find("AuxiliaryControllerSpecialDayDefinitions"),
            "AuxiliaryControllerSpecialDayDefinition",
            "identifier");
    List<ScheduleEntry> entries = new ArrayList<>();
    for (XmlElement schedule : body.children("AuxiliaryControllerSchedule")) {
      XmlElement action = schedule.child("AuxiliaryControllerAction");
      int number = attribute(action, "auxiliaryControllerN", CONTROLLERS);
      entries.add(
          entry(
              schedule,
              selector(action, number) | BY_CALENDAR,
              "identifier",
              schedule.child("AuxiliaryControllerSchedulePeriodAndTime")));
    }
    return calendar(translation, new ArrayList<>(), days, entries);
  }

  private static ScheduleEntry entry(
      XmlElement schedule, int selector, String dayAttribute, XmlElement when)
      throws ElementException {
    Map<Integer, XmlElement> days = new LinkedHashMap<>();
    for (XmlElement day : schedule.children("SpecialDaysApplicability")) {
      days.put(attribute(day, dayAttribute, ScheduleEntry.MAX_SPECIAL_DAYS), day);
    }
    return new ScheduleEntry(
        selector,
        CosemForms.time(when.child("SwitchTime")),
        ScheduleEntry.weekdays(schedule.find("DaysOfWeekApplicability")),
        days,
        date(when.child("StartDate")),
        date(when.child("EndDate")));
  }

  private static SortedMap<Integer, XmlElement> specialDays(
      Optional<XmlElement> list, String name, String number) throws ElementException {
    List<XmlElement> days = list.map(all -> all.children(name)).orElse(List.of());
    return Numbered.by(number, ScheduleEntry.MAX_SPECIAL_DAYS, days);
  }

  private static Octets calendar(
      Translation translation,
      List<AccessRequest.Item> items,
      SortedMap<Integer, XmlElement> days,
      List<ScheduleEntry> entries)
      throws ElementException {
    List<DlmsValue> dates = new ArrayList<>();
    for (Map.Entry<Integer, XmlElement> day : days.entrySet()) {
      dates.add(ScheduleEntry.specialDay(day.getKey(), date(day.getValue())));
    }
    DlmsValue when = activation(translation.body());
    items.add(set(11, "0-1:11.0.3.255", 2, new DlmsValue.ArrayOf(dates)));
    items.add(
        set(
            10,
            "0-1:12.0.2.255",
            2,
            ScheduleEntry.table(entries, OctetString.ofHex("00000A0067FF"), days.keySet())));
    items.add(set(9000, "0-0:94.44.128.26", 6, when));
    items.add(set(9000, "0-0:94.44.128.35", 6, when));
    return translation.access(items.stream());
  }
}
