// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.correlate.expectation.Data;
import org.meterbox.correlate.expectation.DlmsCommand;
import org.meterbox.correlate.expectation.Expectation;
import org.meterbox.correlate.expectation.GbzCommand;
import org.meterbox.correlate.expectation.Requested;
import org.meterbox.correlate.expectation.ZclFields;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/** When billing periods begin: 6.8 (GBCS ECS30, ECS30a, GCS25, GCS25a). */
final class BillingCalendar {
  private static final int ANY_YEAR = 0xFFFF;
  private static final int ANY = 0xFF;
  private static final int MONTHS = 12;
  private static final int MAX_DAY = 28;
  private static final int PRICE = 0x0700;
  private static final int TO_THE_METER = 0x09;
  private static final int DAYS_OF_NO_KIND = 0x21;
  private static final int WEEKS_OF_NO_KIND = 0x22;
  private static final int MONTHS_OF_NO_KIND = 0x23;
  private static final int REPEATING = 2;
  private static final int BLOCK_PERIOD = 1;

  /**
   * Which use cases set a period. The older one was made for periods of up to a month, the newer
   * one for all: which of them a meter takes the request does not say, and both mean the same.
   */
  private enum UseCases {
    EITHER,
    NEWER;

    List<Integer> codes(int older, int newer, OriginalRequest request, UserKnowledge knowledge) {
      List<Integer> codes = new ArrayList<>();
      if (this == NEWER || knowledge.mayTakeReplaced(request, false)) {
        codes.add(newer);
      }
      if (this == EITHER && knowledge.mayTakeReplaced(request, true)) {
        codes.add(older);
      }
      return codes;
    }
  }

  /** How long a gas meter's billing period is. */
  private record Period(int duration, int type, UseCases useCases) {}

  private BillingCalendar() {}

  static List<Expectation> calendar(OriginalRequest request, UserKnowledge knowledge)
      throws ElementException {
    Optional<XmlElement> electricity = request.body().find("ElectricityBillingCalendar");
    if (electricity.isPresent()) {
      return electricity(request, electricity.get(), knowledge);
    }
    XmlElement gas = request.body().child("GasBillingCalendar");
    Period period = period(gas.child("Periodicity"));
    List<Expectation> expectations = new ArrayList<>();
    for (int useCase : period.useCases().codes(0x007E, 0x00D8, request, knowledge)) {
      expectations.add(gas(useCase, gas, period));
    }
    return expectations;
  }

  private static List<Expectation> electricity(
      OriginalRequest request, XmlElement calendar, UserKnowledge knowledge)
      throws ElementException {
    Data time = Moments.timeOfDay(calendar.child("BillingTime"));
    List<Data> beginnings = new ArrayList<>();
    UseCases useCases = UseCases.EITHER;
    for (XmlElement choice : calendar.children()) {
      switch (choice.localName()) {
        case "BillingTime" -> {}
        case "Daily" -> beginnings.add(beginning(time, choice, ANY, ANY, ANY));
        case "Weekly" ->
            beginnings.add(beginning(time, choice, ANY, ANY, (int) Requested.within(choice, 1, 7)));
        case "Monthly" ->
            beginnings.add(
                beginning(time, choice, ANY, (int) Requested.within(choice, 1, MAX_DAY), ANY));
        case "Quarterly" -> useCases = addYearly(beginnings, time, choice, 3);
        case "SixMonthly" -> useCases = addYearly(beginnings, time, choice, 6);
        case "Yearly" -> useCases = addYearly(beginnings, time, choice, MONTHS);
        default -> throw choice.fault("is no way to bill");
      }
    }
    DlmsCommand command =
        new DlmsCommand(request.requestId().counter())
            .set(
                CosemAttribute.of(22, "0-0:15.0.0.255", 4),
                "billing calendar",
                Data.array("billing calendar", beginnings));
    return useCases.codes(0x0046, 0x00D7, request, knowledge).stream()
        .map(useCase -> Expectation.of(useCase, command.payload()))
        .toList();
  }

  /** Adds one entry for each month in which a period begins. */
  private static UseCases addYearly(
      List<Data> beginnings, Data time, XmlElement choice, int monthsApart)
      throws ElementException {
    int first = (int) Requested.within(choice.child("BillingPeriodStartMonth"), 1, MONTHS);
    int day = (int) Requested.within(choice.child("DayOfMonth"), 1, MAX_DAY);
    for (int passed = 0; passed < MONTHS; passed += monthsApart) {
      int month = (first - 1 + passed) % MONTHS + 1;
      beginnings.add(beginning(time, choice, month, day, ANY));
    }
    return UseCases.NEWER;
  }

  private static Data beginning(Data time, XmlElement choice, int month, int day, int weekday) {
    Octets date = new OctetWriter(5).u16(ANY_YEAR).u8(month).u8(day).u8(weekday).toOctets();
    return Data.structure(
        choice.path(), time, Data.requested(choice, new DlmsValue.OctetString(date)));
  }

  private static Period period(XmlElement periodicity) throws ElementException {
    return switch (periodicity.token()) {
      case "Daily" -> new Period(1, DAYS_OF_NO_KIND, UseCases.EITHER);
      case "Weekly" -> new Period(1, WEEKS_OF_NO_KIND, UseCases.EITHER);
      case "Monthly" -> new Period(1, MONTHS_OF_NO_KIND, UseCases.EITHER);
      case "Quarterly" -> new Period(3, MONTHS_OF_NO_KIND, UseCases.NEWER);
      case "SixMonthly" -> new Period(6, MONTHS_OF_NO_KIND, UseCases.NEWER);
      case "Yearly" -> new Period(MONTHS, MONTHS_OF_NO_KIND, UseCases.NEWER);
      default -> throw periodicity.fault("is no way to bill");
    };
  }

  private static Expectation gas(int useCase, XmlElement calendar, Period period)
      throws ElementException {
    XmlElement periodicity = calendar.child("Periodicity");
    ZclFields billing =
        head(calendar)
            .unsigned(periodicity, period.duration(), 3)
            .unsigned(periodicity, period.type(), 1)
            .prescribed("Tariff Type", 0, 1);
    ZclFields block =
        head(calendar)
            .unsigned(periodicity, period.duration(), 3)
            .prescribed("Block Period Control", REPEATING, 1)
            .unsigned(periodicity, period.type(), 1)
            .prescribed("Tariff Type", 0, 1)
            .prescribed("Tariff Resolution Period", BLOCK_PERIOD, 1);
    return Expectation.of(
        useCase,
        new GbzCommand()
            .command("PublishBillingPeriod", PRICE, TO_THE_METER, 0x09, billing)
            .command("PublishBlockPeriod", PRICE, TO_THE_METER, 0x01, block)
            .payload());
  }

  private static ZclFields head(XmlElement calendar) throws ElementException {
    XmlElement start = calendar.child("BillingPeriodStart");
    return new ZclFields()
        .prescribed("Provider Id", 0, 4)
        .senderTime("Issuer Event Id")
        .unsigned(start, Moments.sinceZigbeeEpoch(start.path(), start.dateTime()), 4);
  }
}
