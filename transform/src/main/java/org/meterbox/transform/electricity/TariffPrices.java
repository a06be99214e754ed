// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform.electricity;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.transform.CosemForms;
import org.meterbox.transform.Numbered;

/**
 * Which prices a request gives. The meter holds zero for every price that a request leaves out, so
 * energy at a time or in a block without a price would cost nothing: a tariff that leads there
 * contradicts itself.
 */
final class TariffPrices {
  /** The threshold that no consumption passes: it ends the list (GBCS ECS01a). */
  static final long NO_MORE_BLOCKS = 0xFFFF_FFFFL;

  private static final int TIMES_OF_USE = 48;
  private static final int TIMES_WITH_BLOCKS = 8;
  private static final int SECONDARY_TIMES = 4;

  private final String price;
  private final SortedMap<Integer, XmlElement> byTime;
  private final SortedMap<Integer, XmlElement> byBlocks;

  private TariffPrices(
      String price,
      SortedMap<Integer, XmlElement> byTime,
      SortedMap<Integer, XmlElement> byBlocks) {
    this.price = price;
    this.byTime = byTime;
    this.byBlocks = byBlocks;
  }

  static TariffPrices of(XmlElement body) throws ElementException {
    XmlElement prices = body.child("PriceElements").child("ElectricityPriceElements");
    List<XmlElement> tariffs = prices.children();
    return new TariffPrices(
        "TOUPrice",
        Numbered.by("index", TIMES_OF_USE, ofEach(tariffs, "TOUPrice")),
        Numbered.by("index", TIMES_WITH_BLOCKS, ofEach(tariffs, "BlockPrices")));
  }

  static TariffPrices ofSecondary(XmlElement body) throws ElementException {
    String name = "ElectricityPriceElement";
    return new TariffPrices(
        name,
        Numbered.by("index", SECONDARY_TIMES, body.child("PriceElements").children(name)),
        Collections.emptySortedMap());
  }

  private static List<XmlElement> ofEach(List<XmlElement> tariffs, String name) {
    return tariffs.stream().flatMap(tariff -> tariff.children(name).stream()).toList();
  }

  /**
   * Holds that each time of use that a day names has its price, and each block of it too.
   *
   * @throws ElementException where a price is missing, or is that of a block that there is not
   */
  void requireAgreement(List<XmlElement> dayProfiles, XmlElement thresholdMatrix)
      throws ElementException {
    requireAgreement(dayProfiles);
    Map<Integer, Integer> blocks = new HashMap<>();
    for (Map.Entry<Integer, XmlElement> thresholds :
        Numbered.by("index", TIMES_WITH_BLOCKS, thresholdMatrix.children("Thresholds"))
            .entrySet()) {
      blocks.put(thresholds.getKey(), blocks(thresholds.getValue()));
    }
    for (Map.Entry<Integer, XmlElement> prices : byBlocks.entrySet()) {
      int given = Numbered.inOrder(prices.getValue(), "BlockPrice").size();
      int needed = blocks.getOrDefault(prices.getKey(), 1);
      if (given != needed) {
        throw prices
            .getValue()
            .fault(
                String.format(
                    Locale.ROOT,
                    "has %d BlockPrice, but Thresholds %d makes %d blocks",
                    given,
                    prices.getKey(),
                    needed));
      }
    }
  }

  /**
   * Holds that each time of use that a day names has its price.
   *
   * @throws ElementException where it has none
   */
  void requireAgreement(List<XmlElement> dayProfiles) throws ElementException {
    for (XmlElement day : dayProfiles) {
      for (XmlElement entry : day.children("ProfileSchedule")) {
        if (entry.has("BlockTariffAction")) {
          require(byBlocks, entry.child("BlockTariffAction"), "BlockPrices");
        } else {
          require(byTime, entry.child("TOUTariffAction"), price);
        }
      }
    }
  }

  private static void require(
      SortedMap<Integer, XmlElement> prices, XmlElement action, String price)
      throws ElementException {
    if (!prices.containsKey((int) CosemForms.within(action, 1, TIMES_OF_USE))) {
      throw action.fault(
          String.format(
              Locale.ROOT, "is %s, but there is no %s with that index", action.token(), price));
    }
  }

  /** One more than there are thresholds that consumption can pass. */
  private static int blocks(XmlElement thresholds) throws ElementException {
    int blocks = 1;
    for (XmlElement threshold : thresholds.children("BlockThreshold")) {
      if (threshold.integer() != NO_MORE_BLOCKS) {
        blocks++;
      }
    }
    return blocks;
  }
}
