// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform.electricity;

import static org.meterbox.kernel.DeviceType.ESME;
import static org.meterbox.transform.CosemForms.activation;
import static org.meterbox.transform.CosemForms.calendarDate;
import static org.meterbox.transform.CosemForms.characters;
import static org.meterbox.transform.CosemForms.i16;
import static org.meterbox.transform.CosemForms.i32;
import static org.meterbox.transform.CosemForms.i8;
import static org.meterbox.transform.CosemForms.u16;
import static org.meterbox.transform.Translation.action;
import static org.meterbox.transform.Translation.set;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.BitString;
import org.meterbox.gbcs.dlms.DlmsValue.Enumerated;
import org.meterbox.gbcs.dlms.DlmsValue.Int32;
import org.meterbox.gbcs.dlms.DlmsValue.Int8;
import org.meterbox.gbcs.dlms.DlmsValue.OctetString;
import org.meterbox.gbcs.dlms.DlmsValue.UInt16;
import org.meterbox.gbcs.dlms.DlmsValue.UInt32;
import org.meterbox.kernel.Octets;
import org.meterbox.transform.CosemForms;
import org.meterbox.transform.Mapping;
import org.meterbox.transform.Numbered;
import org.meterbox.transform.Translation;

/** Payment mode, balance, debt and prepayment settings (service requests 1.5 to 1.7 and 2.x). */
public final class Payment {
  private static final String NEXT_ACCOUNT = "0-1:19.0.0.255";
  private static final String TIME_DEBT_1 = "0-0:19.20.1.255";
  private static final String TIME_DEBT_2 = "0-0:19.20.2.255";
  private static final String PAYMENT_DEBT = "0-0:19.20.3.255";
  private static final int CHARGE = 113;
  private static final int SECONDS_PER_HOUR = 3_600;
  private static final int SECONDS_PER_DAY = 86_400;
  private static final int RESET_BLOCK_COUNTERS = 99;
  private static final int START_NON_DISABLEMENT = 32;
  private static final int STOP_NON_DISABLEMENT = 33;

  /** The period of the debt recovery rate cap: a week. */
  private static final Int32 CAP_PERIOD = new Int32(604_800);

  /** The objects whose next values take effect together, in the order of ECS08. */
  private static final List<String> PREPAYMENT_ACTIVATIONS =
      List.of(
          "0-0:94.44.2.20",
          "0-0:94.44.2.10",
          "0-0:94.44.128.12",
          "0-0:94.44.128.13",
          "0-0:94.44.128.9",
          "0-0:94.44.128.2",
          "0-0:94.44.128.3",
          "0-0:94.44.128.28");

  /** The mappings of this family. */
  public static final List<Mapping> MAPPINGS =
      List.of(
          meter("1.5", "ECS04b", 0x00B3, Payment::resetBalance)
              .when(subject ->
                  subject.request().body().children().stream()
                      .anyMatch(mode -> mode.has("ResetMeterBalance"))),
          meter(
              "1.5",
              "ECS04a",
              0x001C,
              t ->
                  t.access(
                      action(
                          112,
                          "0-0:19.10.0.255",
                          1,
                          i32(t.body().onlyChild().child("AdjustMeterBalance"))))),
          meter("1.6", "ECS02", 0x001A, Payment::creditMode)
              .when(subject -> subject.request().body().has("Credit")),
          meter("1.6", "ECS03", 0x001B, Payment::prepaymentMode),
          meter(
              "1.7",
              "ECS05",
              0x001D,
              t -> t.access(action(9, "0-0:10.0.100.255", 1, new UInt16(RESET_BLOCK_COUNTERS)))),
          meter("2.1", "ECS08", 0x001F, t -> prepayment(t, 2)).forEarlierDevices(),
          meter("2.1", "ECS08a", 0x00DE, t -> prepayment(t, 4)),
          meter(
              "2.2",
              "CS01a",
              0x0007,
              t -> t.access(action(115, "0-0:19.40.0.255", 1, characters(t.body().text("UTRN"))))),
          meter("2.3", "ECS07", 0x001E, Payment::debt),
          meter(
              "2.5",
              "ECS09",
              0x0020,
              t -> t.access(action(112, "0-0:19.10.1.255", 3, new Int8(0)))));

  private Payment() {}

  private static Mapping meter(String variant, String useCase, int code, Mapping.Payload payload) {
    return Mapping.of(variant, ESME, useCase, code, payload);
  }

  private static Octets resetBalance(Translation translation) {
    Int32 zero = new Int32(0);
    return translation.access(
        action(112, "0-0:19.10.0.255", 2, zero),
        action(112, "0-0:19.10.1.255", 2, zero),
        action(112, "0-0:19.10.2.255", 2, zero));
  }

  private static Octets creditMode(Translation translation) throws ElementException {
    return translation.access(
        mode(1),
        set(111, NEXT_ACCOUNT, 11, CreditCharges.creditMode(translation.device().twinElement())),
        set(111, NEXT_ACCOUNT, 13, activation(translation.body())));
  }

  private static Octets prepaymentMode(Translation translation) throws ElementException {
    XmlElement settings = translation.body().child("Prepayment");
    DlmsValue when = activation(translation.body());
    return translation.access(
        mode(2),
        set(9000, "0-0:94.44.128.22", 4, i32(settings.child("DisablementThreshold"))),
        set(
            111,
            NEXT_ACCOUNT,
            11,
            CreditCharges.prepaymentMode(
                settings.bool("SuspendDebtDisabled"),
                settings.bool("SuspendDebtEmergency"),
                translation.device().twinElement())),
        set(9000, "0-0:94.44.128.22", 6, when),
        set(111, NEXT_ACCOUNT, 13, when));
  }

  /** Payment mode, and the status of an account that is not active yet. */
  private static AccessRequest.Item mode(int paymentMode) {
    return set(
        111, NEXT_ACCOUNT, 2, DlmsValue.structure(new Enumerated(paymentMode), new Enumerated(1)));
  }

  private static Octets debt(Translation translation) throws ElementException {
    XmlElement body = translation.body();
    XmlElement first = body.child("ElecDebtRecovery1");
    XmlElement second = body.child("ElecDebtRecovery2");
    return translation.access(
        set(CHARGE, TIME_DEBT_1, 6, rate(first)),
        set(CHARGE, TIME_DEBT_2, 6, rate(second)),
        set(CHARGE, PAYMENT_DEBT, 13, u16(body.child("DebtRecoveryPerPayment"))),
        set(CHARGE, TIME_DEBT_1, 8, period(first)),
        set(CHARGE, TIME_DEBT_2, 8, period(second)),
        action(CHARGE, TIME_DEBT_1, 2, new Int8(0)),
        action(CHARGE, TIME_DEBT_2, 2, new Int8(0)),
        action(CHARGE, PAYMENT_DEBT, 4, i32(body.child("PaymentDebtRegister"))),
        action(CHARGE, TIME_DEBT_1, 4, i32(body.child("TimeDebtRegister1"))),
        action(CHARGE, TIME_DEBT_2, 4, i32(body.child("TimeDebtRegister2"))));
  }

  private static DlmsValue rate(XmlElement recovery) throws ElementException {
    return Prices.single(
        i8(recovery.child("DebtRecoveryRatePriceScale")), i16(recovery.child("DebtRecoveryRate")));
  }

  private static DlmsValue period(XmlElement recovery) throws ElementException {
    boolean hourly = recovery.child("DebtRecoveryRatePeriod").token().equals("HOURLY");
    return new UInt32(hourly ? SECONDS_PER_HOUR : SECONDS_PER_DAY);
  }

  /**
   * ECS08 and ECS08a, which differ in the attribute of the greatest balance: its value, or its next
   * value.
   */
  private static Octets prepayment(Translation translation, int maximumBalanceAttribute)
      throws ElementException {
    XmlElement settings = translation.body().child("UpdatePrepayConfigElectricity");
    XmlElement calendar = settings.child("ElectricityNonDisablementCalendar");
    SortedMap<Integer, XmlElement> days =
        Numbered.by(
            "index",
            ScheduleEntry.MAX_SPECIAL_DAYS,
            calendar.child("ElectricitySpecialDays").children("SpecialDay"));
    DlmsValue when = activation(translation.body());
    List<AccessRequest.Item> items = new ArrayList<>();
    items.add(set(11, "0-1:11.0.2.255", 2, specialDays(days)));
    items.add(
        set(
            9000,
            "0-0:94.44.2.20",
            maximumBalanceAttribute,
            i32(settings.child("MaxMeterBalance"))));
    items.add(set(9000, "0-0:94.44.2.10", 4, i32(settings.child("MaxCreditThreshold"))));
    items.add(set(10, "0-1:12.0.1.255", 2, schedule(calendar, days.keySet())));
    items.add(set(9000, "0-0:94.44.128.12", 4, u16(settings.child("DebtRecoveryRateCap"))));
    items.add(set(9000, "0-0:94.44.128.13", 4, CAP_PERIOD));
    items.add(set(9000, "0-0:94.44.128.9", 4, i32(settings.child("LowCreditThreshold"))));
    items.add(set(9000, "0-0:94.44.128.2", 4, i32(settings.child("EmergencyCreditLimit"))));
    items.add(set(9000, "0-0:94.44.128.31", 6, when));
    items.add(set(9000, "0-0:94.44.128.3", 4, i32(settings.child("EmergencyCreditThreshold"))));
    for (String object : PREPAYMENT_ACTIVATIONS) {
      items.add(set(9000, object, 6, when));
    }
    return translation.access(items.stream());
  }

  private static DlmsValue specialDays(SortedMap<Integer, XmlElement> days)
      throws ElementException {
    List<DlmsValue> lines = new ArrayList<>();
    for (Map.Entry<Integer, XmlElement> day : days.entrySet()) {
      DlmsValue date = CosemForms.date(day.getValue().child("Date"));
      lines.add(ScheduleEntry.specialDay(day.getKey(), date));
    }
    return new DlmsValue.ArrayOf(lines);
  }

  private static DlmsValue schedule(XmlElement calendar, Collection<Integer> specialDays)
      throws ElementException {
    List<ScheduleEntry> entries = new ArrayList<>();
    for (XmlElement line : calendar.children("ElectricityNonDisablementSchedule")) {
      entries.add(nonDisablement(line));
    }
    return ScheduleEntry.table(entries, OctetString.ofHex("00000A006AFF"), specialDays);
  }

  private static ScheduleEntry nonDisablement(XmlElement line) throws ElementException {
    boolean start = line.child("NonDisablementScript").token().equals("START");
    Map<Integer, XmlElement> days = new LinkedHashMap<>();
    for (XmlElement day :
        line.child("SpecialDaysApplicability").children("SpecialDayApplicability")) {
      XmlElement number = day.child("SpecialDayID");
      days.put((int) CosemForms.within(number, 1, ScheduleEntry.MAX_SPECIAL_DAYS), number);
    }
    XmlElement when = line.child("ScheduleDatesAndTime");
    BitString weekdays = ScheduleEntry.weekdays(line.find("DaysOfWeekApplicability"));
    return new ScheduleEntry(
        start ? START_NON_DISABLEMENT : STOP_NON_DISABLEMENT,
        CosemForms.time(when.child("SwitchTime")),
        weekdays,
        days,
        calendarDate(when.child("StartDate")),
        calendarDate(when.child("EndDate")));
  }
}
