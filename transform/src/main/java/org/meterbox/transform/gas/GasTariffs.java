// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform.gas;

import static org.meterbox.kernel.DeviceType.GSME;
import static org.meterbox.transform.gas.GbzCommands.implementation;
import static org.meterbox.transform.gas.GbzCommands.issuerEvent;
import static org.meterbox.transform.gas.GbzCommands.publication;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.Octets;
import org.meterbox.transform.CosemForms;
import org.meterbox.transform.Mapping;
import org.meterbox.transform.Numbered;
import org.meterbox.transform.Translation;

/**
 * Tariff and prices of a gas meter (service requests 1.1.1 and 1.2.1). A tariff either changes with
 * the day (time of use) or with consumption (blocks), never both; the thresholds of blocks go with
 * the tariff only.
 */
public final class GasTariffs {
  private static final int STERLING = 826;
  private static final int EURO = 978;

  /** The tariff switching table. */
  private static final int TARIFF_ID = 1;

  private static final int BY_BLOCK = 0x10;
  private static final int FIVE_DECIMALS = 0x50;
  private static final int NO_TIER_BLOCK_MODE = 0xFF;
  private static final int THRESHOLD_DIVISOR = 1000;
  private static final long MAX_THRESHOLD = 0xFFFF_FFFF_FFFFL;
  private static final int PRICES = 4;
  private static final int MAX_THRESHOLDS = 3;

  /** The price tier of a day whose prices depend on consumption only. */
  private static final int NO_TIER = 0;

  private static final int THRESHOLDS_OF_ALL_TIERS = 1;

  /** The mappings of this family. */
  public static final List<Mapping> MAPPINGS =
      List.of(
          Mapping.of("1.1.1", GSME, "GCS01a", 0x006B, GasTariffs::tariff),
          Mapping.of("1.2.1", GSME, "GCS01b", 0x00A3, GasTariffs::price));

  private GasTariffs() {}

  private static Octets tariff(Translation translation) throws ElementException {
    XmlElement tariff = translation.body().child("GasTariffElements");
    XmlElement table = tariff.child("SwitchingTable");
    XmlElement prices = prices(translation);
    requireAgreement(tariff, prices);
    List<GasCalendar.Day> days = new ArrayList<>();
    for (XmlElement day : table.child("DayProfiles").children("DayProfile")) {
      days.add(day(day));
    }
    GbzCommands commands = new GbzCommands();
    GasCalendar.publish(
        translation,
        commands,
        GasCalendar.TARIFF,
        days,
        new GasCalendar.Lists(
            table.child("WeekProfiles"), table.child("Seasons"), tariff.child("SpecialDays")));
    information(translation, commands, prices);
    if (prices.has("BlockTariff")) {
      thresholds(translation, commands, tariff.child("ThresholdMatrix"));
    }
    matrix(translation, commands, prices);
    return commands.encode();
  }

  /**
   * A tariff by blocks has as many thresholds as it says and days without a price of their own; one
   * by time of use has a price for each that its days name.
   */
  private static void requireAgreement(XmlElement tariff, XmlElement prices)
      throws ElementException {
    boolean byBlock = prices.has("BlockTariff");
    if (byBlock) {
      XmlElement number = prices.child("BlockTariff").child("NumberOfThresholds");
      int given = tariff.child("ThresholdMatrix").children("BlockThreshold").size();
      if (CosemForms.within(number, 1, MAX_THRESHOLDS) != given) {
        throw number.fault(
            String.format(Locale.ROOT, "is %s, but ThresholdMatrix has %d", number.token(), given));
      }
      requirePriceForEachBlock(number, prices, tariff.child("ThresholdMatrix"));
    }
    for (XmlElement day :
        tariff.child("SwitchingTable").child("DayProfiles").children("DayProfile")) {
      requireAgreement(day, prices, byBlock);
    }
  }

  private static void requirePriceForEachBlock(
      XmlElement number, XmlElement prices, XmlElement matrix) throws ElementException {
    int blocks = 1;
    for (XmlElement threshold : matrix.children("BlockThreshold")) {
      if (CosemForms.within(threshold, 0, MAX_THRESHOLD) != MAX_THRESHOLD) {
        blocks++;
      }
    }
    int given = prices.child("BlockTariff").children("BlockPrice").size();
    if (given != blocks) {
      throw number.fault(
          String.format(
              Locale.ROOT,
              "is %s: the thresholds make %d blocks, but there are %d BlockPrice",
              number.token(),
              blocks,
              given));
    }
  }

  private static void requireAgreement(XmlElement day, XmlElement prices, boolean byBlock)
      throws ElementException {
    if (day.has("BlockTariff") != byBlock) {
      throw day.fault(
          byBlock
              ? "names a price by time of use, but the prices are those of blocks"
              : "goes by blocks, but the prices are those of times of use");
    }
    if (!byBlock) {
      XmlElement action = day.child("TOUTariffAction");
      int tier = (int) CosemForms.within(action, 1, PRICES);
      if (!prices(prices.child("TOUTariff").children("TOUPrice")).containsKey(tier)) {
        throw action.fault(
            String.format(Locale.ROOT, "is %d, but there is no TOUPrice with that index", tier));
      }
    }
  }

  private static Octets price(Translation translation) throws ElementException {
    XmlElement prices = prices(translation);
    GbzCommands commands = new GbzCommands();
    information(translation, commands, prices);
    matrix(translation, commands, prices);
    return commands.encode();
  }

  private static XmlElement prices(Translation translation) throws ElementException {
    XmlElement prices = translation.body().child("PriceElements").child("GasPriceElements");
    if (prices.has("BlockTariff")) {
      requirePriceForEachBlock(prices.child("BlockTariff"));
    }
    return prices;
  }

  /**
   * Thresholds part consumption into one block more than there are thresholds, and into as many
   * where the last is one that is never passed.
   */
  private static void requirePriceForEachBlock(XmlElement tariff) throws ElementException {
    XmlElement number = tariff.child("NumberOfThresholds");
    long thresholds = CosemForms.within(number, 1, MAX_THRESHOLDS);
    List<XmlElement> given = Numbered.inOrder(tariff, "BlockPrice");
    if (given.size() != thresholds && given.size() != thresholds + 1) {
      throw number.fault(
          String.format(
              Locale.ROOT,
              "is %d, but BlockTariff has %d BlockPrice, not %d",
              thresholds,
              given.size(),
              thresholds + 1));
    }
  }

  /** One tier from midnight on. */
  private static GasCalendar.Day day(XmlElement day) throws ElementException {
    int tier =
        day.has("BlockTariff")
            ? NO_TIER
            : (int) CosemForms.within(day.child("TOUTariffAction"), 1, PRICES);
    return new GasCalendar.Day(day.child("DayName"), List.of(new GasCalendar.Switch(0, tier)));
  }

  private static void information(Translation translation, GbzCommands commands, XmlElement prices)
      throws ElementException {
    long start = implementation(translation.body());
    boolean byBlock = prices.has("BlockTariff");
    int tiers = byBlock ? 0 : prices.child("TOUTariff").children("TOUPrice").size();
    long thresholds =
        byBlock
            ? CosemForms.within(
                prices.child("BlockTariff").child("NumberOfThresholds"), 1, MAX_THRESHOLDS)
            : 0;
    int currency = prices.child("CurrencyUnits").token().equals("GBP") ? STERLING : EURO;
    long standingCharge = CosemForms.within(prices.child("StandingCharge"), 0, 0xFFFF_FFFFL);
    commands.send(
        "Publish Tariff Information",
        f ->
            f.number("Provider Id", 0)
                .number("Issuer Event Id", issuerEvent(translation))
                .number("Issuer Tariff Id", TARIFF_ID)
                .number("Start Time", start)
                .number("Tariff Type/Charging Scheme", byBlock ? BY_BLOCK : 0)
                .octets("Tariff Label", Octets.EMPTY)
                .number("Number of Price Tiers In Use", tiers)
                .number("Number of Block Thresholds In Use", thresholds)
                .number("Unit of Measure", 0)
                .number("Currency", currency)
                .number("Price Trailing Digit", FIVE_DECIMALS)
                .number("Standing Charge", standingCharge)
                .number("Tier Block Mode", NO_TIER_BLOCK_MODE)
                .number("Block Threshold Multiplier", 1)
                .number("Block Threshold Divisor", THRESHOLD_DIVISOR));
  }

  private static void thresholds(Translation translation, GbzCommands commands, XmlElement matrix)
      throws ElementException {
    long start = publication(translation.body());
    List<Long> ascending = new ArrayList<>();
    for (XmlElement threshold : Numbered.inOrder(matrix, "BlockThreshold")) {
      ascending.add(CosemForms.within(threshold, 0, MAX_THRESHOLD));
    }
    commands.send(
        "Publish Block Thresholds",
        f ->
            f.number("Provider Id", 0)
                .number("Issuer Event Id", issuerEvent(translation))
                .number("Start Time", start)
                .number("Issuer Tariff Id", TARIFF_ID)
                .number("Command Index", 0)
                .number("Total Commands", 1)
                .number("Sub-payload Control", THRESHOLDS_OF_ALL_TIERS)
                .rows(
                    "Tiers",
                    List.of(ascending),
                    (tier, values) ->
                        tier.number("Tier/Number of Block Thresholds", values.size())
                            .rows(
                                "Thresholds",
                                values,
                                (row, value) -> row.number("Block Threshold", value))));
  }

  /** The identifiers of tiers count from one, those of blocks from zero. */
  private static void matrix(Translation translation, GbzCommands commands, XmlElement prices)
      throws ElementException {
    long start = publication(translation.body());
    boolean byBlock = prices.has("BlockTariff");
    List<XmlElement> listed =
        byBlock
            ? prices.child("BlockTariff").children("BlockPrice")
            : prices.child("TOUTariff").children("TOUPrice");
    SortedMap<Integer, Long> table = prices(listed);
    commands.send(
        "Publish Price Matrix",
        f ->
            f.number("Provider Id", 0)
                .number("Issuer Event Id", issuerEvent(translation))
                .number("Start Time", start)
                .number("Issuer Tariff Id", TARIFF_ID)
                .number("Command Index", 0)
                .number("Total Commands", 1)
                .number("Sub-payload Control", byBlock ? 0 : 1)
                .rows(
                    "Prices",
                    List.copyOf(table.entrySet()),
                    (row, price) ->
                        row.number("Tier/Block Id", price.getKey() - (byBlock ? 1 : 0))
                            .number("Price", price.getValue())));
  }

  private static SortedMap<Integer, Long> prices(List<XmlElement> listed) throws ElementException {
    SortedMap<Integer, Long> prices = new TreeMap<>();
    for (Map.Entry<Integer, XmlElement> price : Numbered.by("index", PRICES, listed).entrySet()) {
      prices.put(price.getKey(), CosemForms.within(price.getValue(), 0, 0xFFFF_FFFFL));
    }
    return prices;
  }
}
