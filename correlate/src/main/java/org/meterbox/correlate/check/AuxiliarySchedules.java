// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.meterbox.correlate.expectation.Data;
import org.meterbox.correlate.expectation.DlmsCommand;
import org.meterbox.correlate.expectation.Expectation;
import org.meterbox.correlate.expectation.Requested;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.kernel.Octets;

/**
 * Names and schedules of auxiliary load switches and controllers: 6.14.1 (GBCS ECS46a), 6.14.2
 * (ECS46c), 6.14.3 (ECS46d).
 */
final class AuxiliarySchedules {
  private static final int MAX_CONTROLLERS = 5;
  private static final int MAX_DESCRIPTION = 22;
  private static final String SCRIPTS = "00000A0067FF";
  private static final int SWITCH_ON = 0x01;
  private static final int SWITCH_OFF = 0x02;

  /** Marks a level as that of the calendar. */
  private static final int OF_THE_CALENDAR = 0x80;

  private AuxiliarySchedules() {}

  static List<Expectation> descriptions(OriginalRequest request) throws ElementException {
    DlmsCommand command = new DlmsCommand(request.requestId().counter());
    Map<Integer, XmlElement> descriptions =
        Indexed.by("index", request.body().children("ALCSHCALCSDescription"), MAX_CONTROLLERS);
    for (Map.Entry<Integer, XmlElement> described : descriptions.entrySet()) {
      XmlElement text = described.getValue().child("SwitchDescription");
      if (!StandardCharsets.US_ASCII.newEncoder().canEncode(text.text())) {
        throw text.fault("has characters that a meter does not know");
      }
      byte[] characters = text.text().getBytes(StandardCharsets.US_ASCII);
      if (characters.length > MAX_DESCRIPTION) {
        throw text.fault(
            String.format(Locale.ROOT, "is longer than %d characters", MAX_DESCRIPTION));
      }
      command.set(
          CosemAttribute.of(
              1, String.format(Locale.ROOT, "0-0:94.44.0.%d", 10 + described.getKey()), 2),
          String.format(Locale.ROOT, "description of switch %d", described.getKey()),
          Data.requested(text, new DlmsValue.VisibleString(Octets.of(characters))));
    }
    return List.of(Expectation.of(0x0053, command.payload()));
  }

  static List<Expectation> switches(OriginalRequest request) throws ElementException {
    XmlElement body = request.body();
    DlmsCommand command = new DlmsCommand(request.requestId().counter());
    Map<Integer, XmlElement> types =
        Indexed.by("index", body.children("SwitchTypeAndId"), MAX_CONTROLLERS);
    for (Map.Entry<Integer, XmlElement> type : types.entrySet()) {
      command.set(
          CosemAttribute.of(1, String.format(Locale.ROOT, "0-0:94.44.0.%d", 20 + type.getKey()), 2),
          String.format(Locale.ROOT, "type of switch %d", type.getKey()),
          switchType(type.getValue()));
    }
    Schedule schedule =
        new Schedule(
            body.child("ALCSHCALCSSpecialDays").children("ALCSHCALCSSpecialDay"), "index", SCRIPTS);
    for (XmlElement entry : body.children("ALCSHCALCSConnectionSchedule")) {
      addEntry(
          schedule,
          entry,
          switchAction(entry.child("ActivateDeactivateSwitch")),
          "index",
          entry.child("ALCSScheduleDatesAndTime"));
    }
    addSchedule(command, schedule, Activation.of(request).dlms());
    return List.of(Expectation.of(0x0054, command.payload()));
  }

  private static Data switchType(XmlElement element) throws ElementException {
    Optional<XmlElement> identifier = element.find("HCALCS");
    if (identifier.isPresent()) {
      return Data.requested(
          identifier.get(), new DlmsValue.OctetString(identifier.get().eui64().octets()));
    }
    return Data.requested(element.child("ALCS"), DlmsValue.OctetString.ofHex("0000000000000000"));
  }

  private static Data switchAction(XmlElement action) throws ElementException {
    int number = Requested.attribute(action, "index", 1, MAX_CONTROLLERS);
    XmlElement choice = action.onlyChild();
    int what =
        switch (choice.localName()) {
          case "ActivateSwitch" -> SWITCH_ON;
          case "DeactivateSwitch" -> SWITCH_OFF;
          default -> throw choice.fault("neither activates nor deactivates");
        };
    return Data.requested(
        action.path(),
        String.format(Locale.ROOT, "%s of switch %d", choice.localName(), number),
        new DlmsValue.UInt16((number << 8) | what));
  }

  static List<Expectation> controllers(OriginalRequest request) throws ElementException {
    XmlElement body = request.body();
    Schedule schedule =
        new Schedule(
            body.child("AuxiliaryControllerSpecialDayDefinitions")
                .children("AuxiliaryControllerSpecialDayDefinition"),
            "identifier",
            SCRIPTS);
    for (XmlElement entry : body.children("AuxiliaryControllerSchedule")) {
      addEntry(
          schedule,
          entry,
          AuxiliaryLevel.of(entry.child("AuxiliaryControllerAction"), OF_THE_CALENDAR),
          "identifier",
          entry.child("AuxiliaryControllerSchedulePeriodAndTime"));
    }
    DlmsCommand command = new DlmsCommand(request.requestId().counter());
    addSchedule(command, schedule, Activation.of(request).dlms());
    return List.of(Expectation.of(0x011A, command.payload()));
  }

  private static void addEntry(
      Schedule schedule,
      XmlElement entry,
      Data selector,
      String specialDayAttribute,
      XmlElement when)
      throws ElementException {
    List<Integer> specialDays = new ArrayList<>();
    for (XmlElement day : entry.children("SpecialDaysApplicability")) {
      specialDays.add(Requested.attribute(day, specialDayAttribute, 1, Schedule.MAX_SPECIAL_DAYS));
    }
    Optional<XmlElement> weekdays = entry.find("DaysOfWeekApplicability");
    schedule.add(
        entry,
        selector,
        Moments.timeOfDay(when.child("SwitchTime")),
        weekdays.isPresent() ? Schedule.weekdays(weekdays.get()) : List.of(),
        specialDays,
        Moments.date(when.child("StartDate")),
        Moments.date(when.child("EndDate")));
  }

  private static void addSchedule(DlmsCommand command, Schedule schedule, Data time)
      throws ElementException {
    command
        .set(
            CosemAttribute.of(11, "0-1:11.0.3.255", 2),
            "special days",
            schedule.specialDays(day -> day))
        .set(CosemAttribute.of(10, "0-1:12.0.2.255", 2), "schedule", schedule.entries())
        .set(CosemAttribute.of(9000, "0-0:94.44.128.26", 6), "time for the schedule", time)
        .set(CosemAttribute.of(9000, "0-0:94.44.128.35", 6), "time for the special days", time);
  }
}
