// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.meterbox.correlate.expectation.Data;
import org.meterbox.correlate.expectation.Requested;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.kernel.Octets;

/** Prices as an electricity meter holds them (class 113, unit charges). */
final class ElectricityPrices {
  static final int MAX_TOU = 48;
  static final int MAX_TOU_SECONDARY = 4;
  static final int MAX_TOU_WITH_BLOCKS = 8;

  private static final int BLOCK_ONE = 0xA0;
  private static final int PER_BLOCK = 0x10;
  private static final int MAX_BLOCKS = 4;

  /** What ends the thresholds of a time of use (GBCS ECS01a). */
  private static final long NEVER_PASSED = 0xFFFF_FFFFL;

  private static final DlmsValue ACTIVE_IMPORT = DlmsValue.OctetString.ofHex("0100010800FF");
  private static final DlmsValue ACTIVE_IMPORT_SECONDARY =
      DlmsValue.OctetString.ofHex("0114010800FF");
  private static final DlmsValue NO_COMMODITY = DlmsValue.OctetString.ofHex("000000000000");

  private ElectricityPrices() {}

  static Data standingCharge(XmlElement prices) throws ElementException {
    return chargeTable(
        prices.child("StandingChargeScale"), prices.child("StandingCharge"), "StandingCharge");
  }

  /** One amount that depends on nothing. */
  static Data chargeTable(XmlElement scale, XmlElement amount, String what)
      throws ElementException {
    return Data.structure(
        what,
        Data.structure(
            "units of " + what,
            Data.prescribed("scale of the commodity", new DlmsValue.Int8(0)),
            Data.int8(scale)),
        Data.structure(
            "commodity of " + what,
            Data.prescribed("no class", new DlmsValue.UInt16(0)),
            Data.prescribed("no object", NO_COMMODITY),
            Data.prescribed("no attribute", new DlmsValue.Int8(0))),
        Data.array(
            "table of " + what,
            Data.structure(
                "entry of " + what,
                Data.prescribed("no index", new DlmsValue.OctetString(Octets.EMPTY)),
                Data.int16(amount))));
  }

  /** All 48 prices without blocks and all 32 with blocks; zero where the request names none. */
  static Data matrix(XmlElement prices) throws ElementException {
    Map<Integer, XmlElement> given = new HashMap<>();
    XmlElement tariff = tariff(prices);
    given.putAll(Indexed.by("index", tariff.children("TOUPrice"), MAX_TOU));
    for (Map.Entry<Integer, XmlElement> tou :
        Indexed.by("index", tariff.children("BlockPrices"), MAX_TOU_WITH_BLOCKS).entrySet()) {
      for (Map.Entry<Integer, XmlElement> block :
          Indexed.by("index", tou.getValue().children("BlockPrice"), MAX_BLOCKS).entrySet()) {
        given.put(blockIndex(block.getKey(), tou.getKey()), block.getValue());
      }
    }
    List<Data> entries = new ArrayList<>();
    for (int tou = 1; tou <= MAX_TOU; tou++) {
      entries.add(entry(tou, String.format(Locale.ROOT, "price of TOU %d", tou), given));
    }
    for (int block = 1; block <= MAX_BLOCKS; block++) {
      for (int tou = 1; tou <= MAX_TOU_WITH_BLOCKS; tou++) {
        String what = String.format(Locale.ROOT, "price of block %d of TOU %d", block, tou);
        entries.add(entry(blockIndex(block, tou), what, given));
      }
    }
    return priceTable(prices.child("PriceScale"), ACTIVE_IMPORT, entries);
  }

  /**
   * Looks for the price of each time of use that a day of the secondary element switches to.
   *
   * @throws ElementException where one is missing: the meter would then count it as free
   */
  static void checkPriced(XmlElement table, XmlElement prices) throws ElementException {
    Set<Integer> given =
        Indexed.by("index", prices.children("ElectricityPriceElement"), MAX_TOU_SECONDARY).keySet();
    for (XmlElement action : actions(table, "TOUTariffAction")) {
      checkPriced(action, given);
    }
  }

  /**
   * Looks for the price of each time of use, with blocks and without, that a day of the primary
   * element switches to, and for one price a block.
   *
   * @throws ElementException where one is missing or there are more than blocks
   */
  static void checkPriced(XmlElement table, XmlElement prices, XmlElement thresholds)
      throws ElementException {
    XmlElement tariff = tariff(prices);
    Set<Integer> plain = Indexed.by("index", tariff.children("TOUPrice"), MAX_TOU).keySet();
    for (XmlElement action : actions(table, "TOUTariffAction")) {
      checkPriced(action, plain);
    }
    SortedMap<Integer, XmlElement> blocks =
        Indexed.by("index", tariff.children("BlockPrices"), MAX_TOU_WITH_BLOCKS);
    for (XmlElement action : actions(table, "BlockTariffAction")) {
      checkPriced(action, blocks.keySet());
    }
    SortedMap<Integer, XmlElement> limits =
        Indexed.by("index", thresholds.children("Thresholds"), MAX_TOU_WITH_BLOCKS);
    for (Map.Entry<Integer, XmlElement> tou : blocks.entrySet()) {
      XmlElement limit = limits.get(tou.getKey());
      if (limit == null) {
        throw tou.getValue().fault("has no Thresholds with its index");
      }
      int given = tou.getValue().children("BlockPrice").size();
      Indexed.all(tou.getValue(), "BlockPrice", given);
      if (given != blocksBetween(limit)) {
        throw tou.getValue().fault("has not one price for each block of its Thresholds");
      }
    }
  }

  /** One more than there are thresholds that consumption can pass. */
  private static long blocksBetween(XmlElement limit) throws ElementException {
    long blocks = 1;
    for (XmlElement threshold : limit.children("BlockThreshold")) {
      if (threshold.integer() != NEVER_PASSED) {
        blocks++;
      }
    }
    return blocks;
  }

  private static void checkPriced(XmlElement action, Set<Integer> given) throws ElementException {
    if (!given.contains((int) Requested.within(action, 1, MAX_TOU))) {
      throw action.fault("names a price that is not among those of the request");
    }
  }

  private static List<XmlElement> actions(XmlElement table, String name) throws ElementException {
    return table.child("DayProfiles").children("DayProfile").stream()
        .flatMap(day -> day.children("ProfileSchedule").stream())
        .flatMap(entry -> entry.find(name).stream())
        .toList();
  }

  private static XmlElement tariff(XmlElement prices) throws ElementException {
    for (String choice : List.of("BlockTariff", "TOUTariff", "HybridTariff")) {
      Optional<XmlElement> found = prices.find(choice);
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw prices.fault("has no prices");
  }

  private static int blockIndex(int block, int tou) {
    return BLOCK_ONE + PER_BLOCK * (block - 1) + tou;
  }

  static Data secondary(XmlElement body) throws ElementException {
    XmlElement prices = body.child("PriceElements");
    Map<Integer, XmlElement> given =
        new HashMap<>(
            Indexed.by("index", prices.children("ElectricityPriceElement"), MAX_TOU_SECONDARY));
    List<Data> entries = new ArrayList<>();
    for (int tou = 1; tou <= MAX_TOU_SECONDARY; tou++) {
      entries.add(entry(tou, String.format(Locale.ROOT, "price of secondary TOU %d", tou), given));
    }
    return priceTable(prices.child("PriceScale"), ACTIVE_IMPORT_SECONDARY, entries);
  }

  private static Data entry(int index, String what, Map<Integer, XmlElement> given)
      throws ElementException {
    Optional<XmlElement> price = Optional.ofNullable(given.get(index));
    return Data.structure(
        what,
        Data.prescribed("index of the " + what, octet(index)),
        price.isPresent()
            ? Data.int16(price.get())
            : Data.requested(what, "none", new DlmsValue.Int16(0)));
  }

  private static Data priceTable(XmlElement scale, DlmsValue commodity, List<Data> entries)
      throws ElementException {
    return Data.structure(
        "prices",
        Data.structure(
            "units of prices",
            Data.prescribed("scale of the commodity", new DlmsValue.Int8(3)),
            Data.int8(scale)),
        Data.structure(
            "commodity of prices",
            Data.prescribed("class of the commodity", new DlmsValue.UInt16(3)),
            Data.prescribed("object of the commodity", commodity),
            Data.prescribed("attribute of the commodity", new DlmsValue.Int8(2))),
        Data.array("price entries", entries));
  }

  private static DlmsValue octet(int value) {
    return new DlmsValue.OctetString(Octets.of((byte) value));
  }
}
