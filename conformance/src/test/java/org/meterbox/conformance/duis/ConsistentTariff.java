// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.duis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.meterbox.duis.xml.XmlElement;

/**
 * The schema lets a tariff or calendar contradict itself: say another number of thresholds than it
 * has, have days by time of use and prices by block, name a price, a day or a week that is not
 * there. Drawn requests are mostly to be ones that somebody could have meant.
 */
public final class ConsistentTariff {
  private static final String NEVER_PASSED = "4294967295";
  private static final int MOST_BLOCKS = 4;

  private ConsistentTariff() {}

  /** The same body without contradictions. */
  public static XmlElement of(XmlElement body) {
    XmlElement named = names(body);
    if (named.has("GasTariffElements") || !all(named, "GasPriceElements").isEmpty()) {
      return gas(named);
    }
    return electricity(named);
  }

  // --- names of days and weeks ---

  private static XmlElement names(XmlElement body) {
    int days = all(body, "DayName").size() + all(body, "GasDayName").size();
    int weeks = all(body, "WeekName").size();
    int[] day = {0};
    int[] week = {0};
    return changed(
        body,
        element ->
            switch (element.localName()) {
              case "DayName", "GasDayName" -> leaf(element, ++day[0]);
              case "WeekName" -> leaf(element, ++week[0]);
              case "ReferencedDayName" -> reference(element, days);
              case "ReferencedWeekName" -> reference(element, weeks);
              default -> element;
            });
  }

  private static XmlElement reference(XmlElement element, int profiles) {
    return profiles == 0
        ? element
        : leaf(element, 1 + Math.floorMod(element.token().hashCode(), profiles));
  }

  // --- gas ---

  private static XmlElement gas(XmlElement body) {
    boolean byBlock = !all(body, "BlockPrice").isEmpty();
    int given = all(body, "BlockThreshold").size();
    List<String> prices = indices(all(body, "TOUPrice"));
    return changed(
        body,
        element ->
            switch (element.localName()) {
              case "DayProfile" -> gasDay(element, byBlock, prices);
              case "BlockTariff" -> element.children().isEmpty() ? element : blocks(element, given);
              default -> element;
            });
  }

  private static XmlElement gasDay(XmlElement day, boolean byBlock, List<String> prices) {
    return mapped(
        day,
        child ->
            switch (child.localName()) {
              case "BlockTariff", "TOUTariffAction" ->
                  byBlock
                      ? XmlElement.of("BlockTariff")
                      : XmlElement.leaf("TOUTariffAction", among(prices, child.token()));
              default -> child;
            });
  }

  /** As many prices as thresholds make blocks. */
  private static XmlElement blocks(XmlElement tariff, int given) {
    int drawn =
        tariff.children("NumberOfThresholds").stream()
            .mapToInt(number -> Integer.parseInt(number.token()))
            .findFirst()
            .orElse(1);
    int thresholds = given == 0 ? drawn : given;
    XmlElement.Builder builder = XmlElement.builder(tariff.namespace(), tariff.localName());
    for (int block = 1; block <= thresholds + 1; block++) {
      builder.child(
          XmlElement.builder(tariff.namespace(), "BlockPrice")
              .attribute("index", Integer.toString(block))
              .text(Integer.toString(1000 + block))
              .build());
    }
    return builder
        .child(XmlElement.leaf("NumberOfThresholds", Integer.toString(thresholds)))
        .build();
  }

  // --- electricity ---

  private static XmlElement electricity(XmlElement body) {
    List<String> plain =
        indices(
            Stream.concat(
                    all(body, "TOUPrice").stream(), all(body, "ElectricityPriceElement").stream())
                .toList());
    List<XmlElement> byBlocks = all(body, "BlockPrices");
    List<String> blocks = indices(byBlocks);
    return changed(
        body,
        element ->
            switch (element.localName()) {
              case "ProfileSchedule" -> entry(element, plain, blocks);
              case "Thresholds" -> thresholds(element, byBlocks);
              case "BlockPrices" -> inOrder(element);
              default -> element;
            });
  }

  private static XmlElement entry(XmlElement entry, List<String> plain, List<String> blocks) {
    return mapped(
        entry,
        child -> {
          boolean byBlocks =
              child.localName().equals("BlockTariffAction") ? !blocks.isEmpty() : plain.isEmpty();
          return child.localName().endsWith("TariffAction")
              ? XmlElement.leaf(
                  byBlocks ? "BlockTariffAction" : "TOUTariffAction",
                  among(byBlocks ? blocks : plain, child.token()))
              : child;
        });
  }

  /** The prices of the first block, the second and so on, without a gap. */
  private static XmlElement inOrder(XmlElement prices) {
    int[] block = {0};
    return mapped(
        prices,
        price ->
            XmlElement.builder(price.namespace(), price.localName())
                .attribute("index", Integer.toString(++block[0]))
                .text(price.text())
                .build());
  }

  /** Thresholds that make as many blocks as there are prices. */
  private static XmlElement thresholds(XmlElement drawn, List<XmlElement> byBlocks) {
    int prices =
        byBlocks.stream()
            .filter(block -> block.attribute("index").equals(drawn.attribute("index")))
            .mapToInt(block -> block.children("BlockPrice").size())
            .findFirst()
            .orElse(0);
    if (prices == 0) {
      return drawn;
    }
    XmlElement.Builder builder = XmlElement.builder(drawn.namespace(), drawn.localName());
    drawn.attributes().forEach(builder::attribute);
    for (int threshold = 1; threshold < prices; threshold++) {
      builder.child(threshold(drawn, threshold, Integer.toString(1000 * threshold)));
    }
    if (prices < MOST_BLOCKS) {
      builder.child(threshold(drawn, prices, NEVER_PASSED));
    }
    return builder.build();
  }

  private static XmlElement threshold(XmlElement drawn, int index, String value) {
    return XmlElement.builder(drawn.namespace(), "BlockThreshold")
        .attribute("index", Integer.toString(index))
        .text(value)
        .build();
  }

  // --- elements ---

  private static String among(List<String> prices, String named) {
    return prices.isEmpty() || prices.contains(named)
        ? named
        : prices.get(Math.floorMod(named.hashCode(), prices.size()));
  }

  private static List<String> indices(List<XmlElement> elements) {
    return elements.stream().flatMap(element -> element.attribute("index").stream()).toList();
  }

  private static List<XmlElement> all(XmlElement element, String name) {
    List<XmlElement> found = new ArrayList<>();
    for (XmlElement child : element.children()) {
      if (child.localName().equals(name)) {
        found.add(child);
      }
      found.addAll(all(child, name));
    }
    return found;
  }

  private static XmlElement leaf(XmlElement element, int value) {
    XmlElement.Builder builder = XmlElement.builder(element.namespace(), element.localName());
    element.attributes().forEach(builder::attribute);
    return builder.text(Integer.toString(value)).build();
  }

  /** Every element changed, the inner ones first. */
  private static XmlElement changed(XmlElement element, UnaryOperator<XmlElement> change) {
    return change.apply(mapped(element, child -> changed(child, change)));
  }

  private static XmlElement mapped(XmlElement element, UnaryOperator<XmlElement> change) {
    XmlElement.Builder builder = XmlElement.builder(element.namespace(), element.localName());
    element.attributes().forEach(builder::attribute);
    element.children().forEach(child -> builder.child(change.apply(child)));
    return builder.text(element.text()).build();
  }
}
