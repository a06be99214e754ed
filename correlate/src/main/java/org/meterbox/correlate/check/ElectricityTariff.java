// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
 * Tariffs and prices of an electricity meter: 1.1.1 (GBCS ECS01a), 1.1.2 (ECS01c), 1.2.1 (ECS01b),
 * 1.2.2 (ECS01d).
 */
final class ElectricityTariff {
  private static final int SELECTOR_BLOCKS = 100;
  private static final int SELECTOR_SECONDARY = 200;

  private static final DlmsValue TARIFF_SCRIPTS = DlmsValue.OctetString.ofHex("00000A0064FF");

  private ElectricityTariff() {}

  static Expectation primary(OriginalRequest request) throws ElementException {
    XmlElement tariff = request.body().child("ElecTariffElements");
    XmlElement prices = prices(request);
    checkNames(tariff.child("SwitchingTable"), tariff.child("SpecialDays"));
    ElectricityPrices.checkPriced(
        tariff.child("SwitchingTable"), prices, tariff.child("ThresholdMatrix"));
    Data time = Activation.of(request).dlms();
    DlmsCommand command = new DlmsCommand(request.requestId().counter());
    switching(command, tariff.child("SwitchingTable"), "0-0:13.0.0.255", Element.PRIMARY);
    command.set(
        CosemAttribute.of(11, "0-1:11.0.0.255", 2),
        "special days",
        specialDays(tariff.child("SpecialDays")));
    thresholds(command, tariff.child("ThresholdMatrix"));
    command
        .set(
            CosemAttribute.of(9000, "0-0:94.44.2.0", 4),
            "currency",
            currency(tariff.child("CurrencyUnits")))
        .set(
            CosemAttribute.of(113, "0-0:19.20.4.255", 6),
            "standing charge",
            ElectricityPrices.standingCharge(prices))
        .set(
            CosemAttribute.of(113, "0-0:19.20.0.255", 6),
            "prices",
            ElectricityPrices.matrix(prices))
        .set(CosemAttribute.of(20, "0-0:13.0.0.255", 10), "time for the switching table", time)
        .set(CosemAttribute.of(9000, "0-0:94.44.128.29", 6), "time for the special days", time)
        .set(CosemAttribute.of(9000, "0-0:94.44.2.0", 6), "time for the currency", time)
        .set(CosemAttribute.of(113, "0-0:19.20.4.255", 7), "time for the standing charge", time)
        .set(CosemAttribute.of(113, "0-0:19.20.0.255", 7), "time for the prices", time)
        .set(CosemAttribute.of(9000, "0-0:63.1.1.255", 6), "time for the thresholds", time);
    return Expectation.of(0x0019, command.payload());
  }

  static Expectation primaryPrice(OriginalRequest request) throws ElementException {
    XmlElement prices = prices(request);
    Data time = Activation.of(request).dlms();
    return Expectation.of(
        0x00A2,
        new DlmsCommand(request.requestId().counter())
            .set(
                CosemAttribute.of(113, "0-0:19.20.4.255", 6),
                "standing charge",
                ElectricityPrices.standingCharge(prices))
            .set(
                CosemAttribute.of(113, "0-0:19.20.0.255", 6),
                "prices",
                ElectricityPrices.matrix(prices))
            .set(CosemAttribute.of(113, "0-0:19.20.4.255", 7), "time for the standing charge", time)
            .set(CosemAttribute.of(113, "0-0:19.20.0.255", 7), "time for the prices", time)
            .payload());
  }

  static List<Expectation> secondary(OriginalRequest request) throws ElementException {
    XmlElement body = request.body();
    checkNames(body.child("SwitchingTable"), body.child("SpecialDays"));
    ElectricityPrices.checkPriced(body.child("SwitchingTable"), body.child("PriceElements"));
    Data time = Activation.of(request).dlms();
    DlmsCommand command =
        new DlmsCommand(request.requestId().counter())
            .set(
                CosemAttribute.of(113, "0-0:19.20.5.255", 6),
                "prices",
                ElectricityPrices.secondary(body));
    switching(command, body.child("SwitchingTable"), "0-0:13.0.1.255", Element.SECONDARY);
    command
        .set(
            CosemAttribute.of(11, "0-1:11.0.1.255", 2),
            "special days",
            specialDays(body.child("SpecialDays")))
        .set(CosemAttribute.of(20, "0-0:13.0.1.255", 10), "time for the switching table", time)
        .set(CosemAttribute.of(113, "0-0:19.20.5.255", 7), "time for the prices", time)
        .set(CosemAttribute.of(9000, "0-0:94.44.128.30", 6), "time for the special days", time);
    return List.of(Expectation.of(0x00B7, command.payload()));
  }

  static List<Expectation> secondaryPrice(OriginalRequest request) throws ElementException {
    return List.of(
        Expectation.of(
            0x00C7,
            new DlmsCommand(request.requestId().counter())
                .set(
                    CosemAttribute.of(113, "0-0:19.20.5.255", 6),
                    "prices",
                    ElectricityPrices.secondary(request.body()))
                .set(
                    CosemAttribute.of(113, "0-0:19.20.5.255", 7),
                    "time for the prices",
                    Activation.of(request).dlms())
                .payload()));
  }

  private enum Element {
    PRIMARY,
    SECONDARY
  }

  private static XmlElement prices(OriginalRequest request) throws ElementException {
    return request.body().child("PriceElements").child("ElectricityPriceElements");
  }

  private static void checkNames(XmlElement table, XmlElement specialDays) throws ElementException {
    List<XmlElement> days = new ArrayList<>();
    for (XmlElement day : table.child("DayProfiles").children("DayProfile")) {
      days.add(day.child("DayName"));
    }
    new ProfileNames(days, table.child("WeekProfiles").children("WeekProfile"))
        .check(table.child("Seasons").children("Season"), specialDays.children("SpecialDay"));
  }

  private static void switching(DlmsCommand command, XmlElement table, String object, Element set)
      throws ElementException {
    List<Data> seasons = new ArrayList<>();
    for (XmlElement season : table.child("Seasons").children("Season")) {
      seasons.add(season(season));
    }
    List<Data> weeks = new ArrayList<>();
    for (XmlElement week : table.child("WeekProfiles").children("WeekProfile")) {
      weeks.add(week(week));
    }
    List<Data> days = new ArrayList<>();
    for (XmlElement day : table.child("DayProfiles").children("DayProfile")) {
      days.add(day(day, set));
    }
    command
        .set(CosemAttribute.of(20, object, 7), "seasons", Data.array("Seasons", seasons))
        .set(CosemAttribute.of(20, object, 8), "weeks", Data.array("WeekProfiles", weeks))
        .set(CosemAttribute.of(20, object, 9), "days", Data.array("DayProfiles", days));
  }

  private static Data season(XmlElement season) throws ElementException {
    XmlElement name = season.child("SeasonName");
    Octets octets = Octets.of(name.text().getBytes(StandardCharsets.UTF_8));
    return Data.structure(
        season.path(),
        Data.requested(name, new DlmsValue.OctetString(octets)),
        Moments.dateAtMidnight(season.child("SeasonStartDate")),
        Data.octet(season.child("ReferencedWeekName")));
  }

  private static Data week(XmlElement week) throws ElementException {
    List<Data> parts = new ArrayList<>();
    parts.add(Data.octet(week.child("WeekName")));
    for (XmlElement day : Indexed.all(week, "ReferencedDayName", 7)) {
      parts.add(Data.uint8(day));
    }
    return Data.structure(week.path(), parts);
  }

  private static Data day(XmlElement day, Element set) throws ElementException {
    List<Data> entries = new ArrayList<>();
    for (XmlElement entry : day.children("ProfileSchedule")) {
      entries.add(
          Data.structure(
              entry.path(),
              Moments.timeOfDay(entry.child("StartTime")),
              Data.prescribed("the tariff scripts", TARIFF_SCRIPTS),
              selector(entry, set)));
    }
    return Data.structure(
        day.path(), Data.uint8(day.child("DayName")), Data.array(day.path(), entries));
  }

  /** Which registers count from then on. */
  private static Data selector(XmlElement entry, Element set) throws ElementException {
    Optional<XmlElement> blocks = entry.find("BlockTariffAction");
    if (blocks.isPresent() && set == Element.PRIMARY) {
      long tou = Requested.within(blocks.get(), 1, ElectricityPrices.MAX_TOU_WITH_BLOCKS);
      return Data.requested(blocks.get(), new DlmsValue.UInt16((int) (SELECTOR_BLOCKS + tou)));
    }
    XmlElement action = entry.child("TOUTariffAction");
    int most =
        set == Element.PRIMARY ? ElectricityPrices.MAX_TOU : ElectricityPrices.MAX_TOU_SECONDARY;
    int offset = set == Element.PRIMARY ? 0 : SELECTOR_SECONDARY;
    long tou = Requested.within(action, 1, most);
    return Data.requested(action, new DlmsValue.UInt16((int) (offset + tou)));
  }

  private static Data specialDays(XmlElement element) throws ElementException {
    List<Data> days = new ArrayList<>();
    for (XmlElement day : element.children("SpecialDay")) {
      int number = days.size() + 1;
      days.add(
          Data.structure(
              day.path(),
              Data.prescribed("number of the special day", new DlmsValue.UInt16(number)),
              Moments.date(day.child("Date")),
              Data.uint8(day.child("ReferencedDayName"))));
    }
    return Data.array("SpecialDays", days);
  }

  private static void thresholds(DlmsCommand command, XmlElement matrix) throws ElementException {
    int tou = 0;
    for (XmlElement thresholds :
        Indexed.all(matrix, "Thresholds", ElectricityPrices.MAX_TOU_WITH_BLOCKS)) {
      tou++;
      List<XmlElement> given = thresholds.children("BlockThreshold");
      List<Data> values = new ArrayList<>();
      for (XmlElement threshold : Indexed.all(thresholds, "BlockThreshold", given.size())) {
        values.add(Data.uint32(threshold));
      }
      command.set(
          CosemAttribute.of(21, String.format(Locale.ROOT, "0-0:16.1.%d.255", 10 + tou), 2),
          String.format(Locale.ROOT, "thresholds of TOU %d", tou),
          Data.array(thresholds.path(), values));
    }
  }

  private static Data currency(XmlElement element) throws ElementException {
    return switch (element.token()) {
      case "GBP" -> Data.requested(element, DlmsValue.Bool.TRUE);
      case "ECB" -> Data.requested(element, DlmsValue.Bool.FALSE);
      default -> throw element.fault("is neither GBP nor ECB");
    };
  }
}
