// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.meterbox.correlate.expectation.Expectation;
import org.meterbox.correlate.expectation.GbzCommand;
import org.meterbox.correlate.expectation.Requested;
import org.meterbox.correlate.expectation.ZclFields;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.Octets;

/** Tariffs and prices of a gas meter: 1.1.1 (GBCS GCS01a), 1.2.1 (GCS01b). */
final class GasTariff {
  private static final int PRICE = 0x0700;
  private static final int TO_THE_METER = 0x09;
  private static final int DELIVERED = 0;
  private static final long NEVER_TARIFF = 0xFFFF_FFFFL;
  private static final int CURRENCY_GBP = 826;
  private static final int CURRENCY_EUR = 978;
  private static final int BLOCK_CHARGING = 0x10;
  private static final int THRESHOLD_OCTETS = 6;
  private static final long NEVER_PASSED = 0xFFFF_FFFF_FFFFL;

  /** What a day of a block tariff names in the place of a tier: none. */
  private static final int NO_TIER = 0;

  private static final int TIERS = 4;
  private static final int MAX_THRESHOLDS = 3;

  private GasTariff() {}

  static List<Expectation> tariff(OriginalRequest request) throws ElementException {
    XmlElement tariff = request.body().child("GasTariffElements");
    XmlElement prices = prices(request);
    Activation time = Activation.of(request);
    GbzCommand command = new GbzCommand();
    calendar(command, time, tariff, prices);
    information(command, time, prices);
    Optional<XmlElement> blocks = prices.find("BlockTariff");
    if (blocks.isPresent()) {
      List<XmlElement> thresholds = thresholds(request, blocks.get());
      checkPriced(blocks.get(), thresholds);
      publish(command, time, thresholds);
    }
    matrix(command, time, prices);
    return List.of(Expectation.of(0x006B, command.payload()));
  }

  static Expectation price(OriginalRequest request) throws ElementException {
    XmlElement prices = prices(request);
    Activation time = Activation.of(request);
    GbzCommand command = new GbzCommand();
    information(command, time, prices);
    matrix(command, time, prices);
    return Expectation.of(0x00A3, command.payload());
  }

  private static XmlElement prices(OriginalRequest request) throws ElementException {
    XmlElement prices = request.body().child("PriceElements").child("GasPriceElements");
    Optional<XmlElement> blocks = prices.find("BlockTariff");
    if (blocks.isPresent()) {
      XmlElement number = blocks.get().child("NumberOfThresholds");
      long thresholds = Requested.within(number, 1, MAX_THRESHOLDS);
      int priced = blocks.get().children("BlockPrice").size();
      Indexed.all(blocks.get(), "BlockPrice", priced);
      // The last threshold may be the one that is never passed; it has no block after it.
      if (priced < thresholds || priced > thresholds + 1) {
        throw number.fault("does not agree with the number of BlockPrice");
      }
    }
    return prices;
  }

  private static void calendar(
      GbzCommand command, Activation time, XmlElement tariff, XmlElement prices)
      throws ElementException {
    XmlElement table = tariff.child("SwitchingTable");
    List<XmlElement> seasons = table.child("Seasons").children("Season");
    List<XmlElement> weeks = table.child("WeekProfiles").children("WeekProfile");
    List<XmlElement> days = table.child("DayProfiles").children("DayProfile");
    List<XmlElement> specialDays = tariff.child("SpecialDays").children("SpecialDay");
    List<XmlElement> names = new ArrayList<>();
    for (XmlElement day : days) {
      names.add(day.child("DayName"));
    }
    new ProfileNames(names, weeks).check(seasons, specialDays);
    GasCalendar calendar = new GasCalendar(command, time, DELIVERED);
    calendar.calendar(seasons, weeks, days);
    for (XmlElement day : days) {
      calendar.day(day.child("DayName"), 1, fields -> wholeDay(day, prices, fields));
    }
    for (XmlElement week : weeks) {
      calendar.week(week);
    }
    calendar.seasons(seasons);
    calendar.specialDays(specialDays);
  }

  /** One tier from midnight on, of the kind that the prices have. */
  private static void wholeDay(XmlElement day, XmlElement prices, ZclFields fields)
      throws ElementException {
    fields.prescribed("Start Minute", 0, 2);
    Optional<XmlElement> blocks = day.find("BlockTariff");
    if (blocks.isPresent() != prices.has("BlockTariff")) {
      throw day.fault("is not of the kind of tariff that the prices are of");
    }
    if (blocks.isPresent()) {
      fields.unsigned(blocks.get(), NO_TIER, 1);
      return;
    }
    XmlElement tier = day.child("TOUTariffAction");
    int named = (int) Requested.within(tier, 1, TIERS);
    if (!Indexed.by("index", prices.child("TOUTariff").children("TOUPrice"), TIERS)
        .containsKey(named)) {
      throw tier.fault("names a price that is not among those of the request");
    }
    fields.unsigned(tier, named, 1);
  }

  private static void information(GbzCommand command, Activation time, XmlElement prices)
      throws ElementException {
    Optional<XmlElement> blocks = prices.find("BlockTariff");
    ZclFields fields =
        time.addTo(
            new ZclFields()
                .prescribed("Provider Id", 0, 4)
                .senderTime("Issuer Event Id")
                .prescribed("Issuer Tariff Id", 1, 4),
            NEVER_TARIFF);
    fields
        .prescribed("Tariff Type / Charging Scheme", blocks.isPresent() ? BLOCK_CHARGING : 0, 1)
        .prescribed("Tariff Label", 0, 1);
    if (blocks.isPresent()) {
      fields.count("TOUPrice", 0).unsigned(blocks.get().child("NumberOfThresholds"), 1);
    } else {
      fields
          .count("TOUPrice", prices.child("TOUTariff").children("TOUPrice").size())
          .count("block thresholds", 0);
    }
    fields
        .prescribed("Unit of Measure: kWh", 0, 1)
        .unsigned(prices.child("CurrencyUnits"), currency(prices.child("CurrencyUnits")), 2)
        .prescribed("Price Trailing Digit: 5", 0x50, 1)
        .unsigned(prices.child("StandingCharge"), 4)
        .prescribed("Tier Block Mode: none", 0xFF, 1)
        .prescribed("Block Threshold Multiplier", 1, 3)
        .prescribed("Block Threshold Divisor", 1000, 3);
    command.command("PublishTariffInformation", PRICE, TO_THE_METER, 0x04, fields);
  }

  private static int currency(XmlElement element) throws ElementException {
    return switch (element.token()) {
      case "GBP" -> CURRENCY_GBP;
      case "ECB" -> CURRENCY_EUR;
      default -> throw element.fault("is neither GBP nor ECB");
    };
  }

  /** As many as the prices say are in use: all that the request gives. */
  private static List<XmlElement> thresholds(OriginalRequest request, XmlElement blocks)
      throws ElementException {
    XmlElement matrix = request.body().child("GasTariffElements").child("ThresholdMatrix");
    int given = matrix.children("BlockThreshold").size();
    XmlElement number = blocks.child("NumberOfThresholds");
    if (Requested.within(number, 1, MAX_THRESHOLDS) != given) {
      throw number.fault(
          String.format(Locale.ROOT, "is not the number of BlockThreshold, which is %d", given));
    }
    return List.copyOf(Indexed.all(matrix, "BlockThreshold", given));
  }

  /** Each threshold that can be passed begins another block. */
  private static void checkPriced(XmlElement blocks, List<XmlElement> thresholds)
      throws ElementException {
    int passable = 0;
    for (XmlElement threshold : thresholds) {
      if (threshold.integer() < NEVER_PASSED) {
        passable++;
      }
    }
    if (blocks.children("BlockPrice").size() != passable + 1) {
      throw blocks
          .child("NumberOfThresholds")
          .fault("is that of thresholds which make another number of blocks than have a price");
    }
  }

  private static void publish(GbzCommand command, Activation time, List<XmlElement> thresholds)
      throws ElementException {
    ZclFields fields =
        priceHead(time)
            .prescribed("Sub-payload Control: for all tiers", 1, 1)
            .count("BlockThreshold", thresholds.size());
    for (XmlElement threshold : thresholds) {
      fields.unsigned(threshold, THRESHOLD_OCTETS);
    }
    command.command("PublishBlockThresholds", PRICE, TO_THE_METER, 0x06, fields);
  }

  private static void matrix(GbzCommand command, Activation time, XmlElement prices)
      throws ElementException {
    ZclFields fields = priceHead(time);
    Optional<XmlElement> blocks = prices.find("BlockTariff");
    if (blocks.isPresent()) {
      fields.prescribed("Sub-payload Control: blocks", 0, 1);
      // The first block is block 0.
      addPrices(Indexed.by("index", blocks.get().children("BlockPrice"), 4), -1, fields);
    } else {
      fields.prescribed("Sub-payload Control: TOU", 1, 1);
      XmlElement tou = prices.child("TOUTariff");
      addPrices(Indexed.by("index", tou.children("TOUPrice"), 4), 0, fields);
    }
    command.command("PublishPriceMatrix", PRICE, TO_THE_METER, 0x05, fields);
  }

  private static void addPrices(SortedMap<Integer, XmlElement> prices, int offset, ZclFields fields)
      throws ElementException {
    for (Map.Entry<Integer, XmlElement> price : prices.entrySet()) {
      int id = price.getKey() + offset;
      fields.requested(
          Requested.path(price.getValue(), "index"),
          Integer.toString(price.getKey()),
          Octets.of((byte) id));
      fields.unsigned(price.getValue(), 4);
    }
  }

  private static ZclFields priceHead(Activation time) throws ElementException {
    return time.addTo(
            new ZclFields().prescribed("Provider Id", 0, 4).senderTime("Issuer Event Id"),
            GasCalendar.NEVER)
        .prescribed("Issuer Tariff Id", 1, 4)
        .prescribed("Command Index", 0, 1)
        .prescribed("Total Number of Commands", 1, 1);
  }
}
