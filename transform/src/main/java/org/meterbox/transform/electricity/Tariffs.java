// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform.electricity;

import static org.meterbox.kernel.DeviceType.ESME;
import static org.meterbox.transform.CosemForms.activation;
import static org.meterbox.transform.CosemForms.characters;
import static org.meterbox.transform.CosemForms.date;
import static org.meterbox.transform.CosemForms.i16;
import static org.meterbox.transform.CosemForms.i8;
import static org.meterbox.transform.CosemForms.midnightOf;
import static org.meterbox.transform.CosemForms.time;
import static org.meterbox.transform.CosemForms.u32;
import static org.meterbox.transform.CosemForms.u8;
import static org.meterbox.transform.CosemForms.within;
import static org.meterbox.transform.Translation.set;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.ArrayOf;
import org.meterbox.gbcs.dlms.DlmsValue.Bool;
import org.meterbox.gbcs.dlms.DlmsValue.OctetString;
import org.meterbox.gbcs.dlms.DlmsValue.UInt16;
import org.meterbox.gbcs.dlms.DlmsValue.UInt32;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.transform.CalendarNames;
import org.meterbox.transform.Mapping;
import org.meterbox.transform.Numbered;
import org.meterbox.transform.Translation;

/** Tariffs and prices (service requests 1.1.1, 1.1.2, 1.2.1 and 1.2.2). */
public final class Tariffs {
  private static final String PRIMARY_CALENDAR = "0-0:13.0.0.255";
  private static final String SECONDARY_CALENDAR = "0-0:13.0.1.255";
  private static final String STANDING_CHARGE = "0-0:19.20.4.255";
  private static final String PRIMARY_PRICES = "0-0:19.20.0.255";
  private static final String SECONDARY_PRICES = "0-0:19.20.5.255";
  private static final OctetString TARIFF_SCRIPTS = OctetString.ofHex("00000A0064FF");

  private static final int BLOCK_REGISTERS = 8;
  private static final int DAYS_OF_WEEK = 7;

  /** Script selectors of block registers follow this, those of the secondary element the other. */
  private static final int BLOCK_SCRIPTS = 100;

  private static final int SECONDARY_SCRIPTS = 200;

  /** Ends the thresholds of a block register. */
  private static final DlmsValue NO_MORE_BLOCKS = new UInt32(TariffPrices.NO_MORE_BLOCKS);

  /** The mappings of this family. */
  public static final List<Mapping> MAPPINGS =
      List.of(
          Mapping.of("1.1.1", ESME, "ECS01a", 0x0019, Tariffs::primaryTariff),
          Mapping.of("1.2.1", ESME, "ECS01b", 0x00A2, Tariffs::primaryPrices),
          Mapping.of("1.1.2", ESME, "ECS01c", 0x00B7, Tariffs::secondaryTariff),
          Mapping.of("1.2.2", ESME, "ECS01d", 0x00C7, Tariffs::secondaryPrices));

  private Tariffs() {}

  private static Octets primaryTariff(Translation translation) throws ElementException {
    XmlElement tariff = translation.body().child("ElecTariffElements");
    XmlElement table = tariff.child("SwitchingTable");
    requireNames(table, tariff.child("SpecialDays"));
    TariffPrices.of(translation.body())
        .requireAgreement(dayProfiles(table), tariff.child("ThresholdMatrix"));
    List<AccessRequest.Item> items = new ArrayList<>();
    items.addAll(calendar(PRIMARY_CALENDAR, table, 0));
    items.add(set(11, "0-1:11.0.0.255", 2, specialDays(tariff.child("SpecialDays"))));
    items.addAll(thresholds(tariff.child("ThresholdMatrix")));
    items.add(
        set(
            9000,
            "0-0:94.44.2.0",
            4,
            Bool.of(tariff.child("CurrencyUnits").token().equals("GBP"))));
    items.addAll(prices(translation.body()));
    DlmsValue when = activation(translation.body());
    items.add(set(20, PRIMARY_CALENDAR, 10, when));
    items.add(set(9000, "0-0:94.44.128.29", 6, when));
    items.add(set(9000, "0-0:94.44.2.0", 6, when));
    items.add(set(113, STANDING_CHARGE, 7, when));
    items.add(set(113, PRIMARY_PRICES, 7, when));
    items.add(set(9000, "0-0:63.1.1.255", 6, when));
    return translation.access(items.stream());
  }

  private static Octets primaryPrices(Translation translation) throws ElementException {
    List<AccessRequest.Item> items = new ArrayList<>(prices(translation.body()));
    DlmsValue when = activation(translation.body());
    items.add(set(113, STANDING_CHARGE, 7, when));
    items.add(set(113, PRIMARY_PRICES, 7, when));
    return translation.access(items.stream());
  }

  private static List<AccessRequest.Item> prices(XmlElement body) throws ElementException {
    XmlElement prices = body.child("PriceElements").child("ElectricityPriceElements");
    DlmsValue standing =
        Prices.single(i8(prices.child("StandingChargeScale")), i16(prices.child("StandingCharge")));
    return List.of(
        set(113, STANDING_CHARGE, 6, standing),
        set(113, PRIMARY_PRICES, 6, Prices.primary(prices)));
  }

  private static Octets secondaryTariff(Translation translation) throws ElementException {
    XmlElement body = translation.body();
    XmlElement table = body.child("SwitchingTable");
    requireNames(table, body.child("SpecialDays"));
    TariffPrices.ofSecondary(body).requireAgreement(dayProfiles(table));
    DlmsValue when = activation(body);
    List<AccessRequest.Item> items = new ArrayList<>();
    items.add(set(113, SECONDARY_PRICES, 6, Prices.secondary(body.child("PriceElements"))));
    items.addAll(calendar(SECONDARY_CALENDAR, table, SECONDARY_SCRIPTS));
    items.add(set(11, "0-1:11.0.1.255", 2, specialDays(body.child("SpecialDays"))));
    items.add(set(20, SECONDARY_CALENDAR, 10, when));
    items.add(set(113, SECONDARY_PRICES, 7, when));
    items.add(set(9000, "0-0:94.44.128.30", 6, when));
    return translation.access(items.stream());
  }

  private static Octets secondaryPrices(Translation translation) throws ElementException {
    XmlElement body = translation.body();
    return translation.access(
        set(113, SECONDARY_PRICES, 6, Prices.secondary(body.child("PriceElements"))),
        set(113, SECONDARY_PRICES, 7, activation(body)));
  }

  private static List<XmlElement> dayProfiles(XmlElement table) throws ElementException {
    return table.child("DayProfiles").children("DayProfile");
  }

  private static void requireNames(XmlElement table, XmlElement specialDays)
      throws ElementException {
    List<XmlElement> names = new ArrayList<>();
    for (XmlElement day : dayProfiles(table)) {
      names.add(day.child("DayName"));
    }
    CalendarNames.requireDefined(
        names,
        new CalendarNames.References(
            table.child("WeekProfiles").children("WeekProfile"),
            table.child("Seasons").children("Season"),
            specialDays.children("SpecialDay")));
  }

  /** Seasons, weeks and days, of which time of use scripts follow {@code firstScript}. */
  private static List<AccessRequest.Item> calendar(String object, XmlElement table, int firstScript)
      throws ElementException {
    List<DlmsValue> seasons = new ArrayList<>();
    for (XmlElement season : table.child("Seasons").children("Season")) {
      seasons.add(
          DlmsValue.structure(
              characters(season.text("SeasonName")),
              midnightOf(season.child("SeasonStartDate")),
              weekName(season.child("ReferencedWeekName"))));
    }
    List<DlmsValue> weeks = new ArrayList<>();
    for (XmlElement week : table.child("WeekProfiles").children("WeekProfile")) {
      weeks.add(week(week));
    }
    List<DlmsValue> days = new ArrayList<>();
    for (XmlElement day : dayProfiles(table)) {
      days.add(day(day, firstScript));
    }
    return List.of(
        set(20, object, 7, new ArrayOf(seasons)),
        set(20, object, 8, new ArrayOf(weeks)),
        set(20, object, 9, new ArrayOf(days)));
  }

  private static DlmsValue weekName(XmlElement name) throws ElementException {
    int number = (int) within(name, 0, 0xFF);
    return new OctetString(new OctetWriter(1).u8(number).toOctets());
  }

  private static DlmsValue week(XmlElement week) throws ElementException {
    List<DlmsValue> parts = new ArrayList<>();
    parts.add(weekName(week.child("WeekName")));
    for (XmlElement day :
        Numbered.by("index", DAYS_OF_WEEK, week.children("ReferencedDayName")).values()) {
      parts.add(u8(day));
    }
    return new DlmsValue.Structure(parts);
  }

  private static DlmsValue day(XmlElement day, int firstScript) throws ElementException {
    List<DlmsValue> actions = new ArrayList<>();
    for (XmlElement action : day.children("ProfileSchedule")) {
      boolean block = action.has("BlockTariffAction");
      XmlElement script = action.child(block ? "BlockTariffAction" : "TOUTariffAction");
      int selector = (block ? BLOCK_SCRIPTS : firstScript) + (int) within(script, 1, 48);
      actions.add(
          DlmsValue.structure(
              time(action.child("StartTime")), TARIFF_SCRIPTS, new UInt16(selector)));
    }
    return DlmsValue.structure(u8(day.child("DayName")), new ArrayOf(actions));
  }

  private static DlmsValue specialDays(XmlElement table) throws ElementException {
    List<DlmsValue> lines = new ArrayList<>();
    for (XmlElement day : table.children("SpecialDay")) {
      lines.add(
          DlmsValue.structure(
              new UInt16(lines.size() + 1),
              date(day.child("Date")),
              u8(day.child("ReferencedDayName"))));
    }
    return new ArrayOf(lines);
  }

  private static List<AccessRequest.Item> thresholds(XmlElement matrix) throws ElementException {
    Map<Integer, XmlElement> registers =
        Numbered.by("index", BLOCK_REGISTERS, matrix.children("Thresholds"));
    List<AccessRequest.Item> items = new ArrayList<>();
    for (int number = 1; number <= BLOCK_REGISTERS; number++) {
      List<DlmsValue> values = new ArrayList<>();
      if (registers.containsKey(number)) {
        List<XmlElement> thresholds = registers.get(number).children("BlockThreshold");
        // Numbers up to their count, each once: the array has no place for a gap.
        for (XmlElement threshold : Numbered.by("index", thresholds.size(), thresholds).values()) {
          values.add(u32(threshold));
        }
      } else {
        values.add(NO_MORE_BLOCKS);
      }
      items.add(
          set(
              21,
              String.format(Locale.ROOT, "0-0:16.1.%d.255", 10 + number),
              2,
              new ArrayOf(values)));
    }
    return items;
  }
}
