// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.duis;

import java.util.List;
import java.util.Optional;
import org.meterbox.duis.xml.XmlElement;

/**
 * The schema lets a gas tariff contradict itself: say another number of thresholds than it has,
 * have days by time of use and prices by block, and name a price that is not there. Drawn requests
 * are mostly to be ones that somebody could have meant.
 */
public final class ConsistentTariff {
  private final boolean byBlock;
  private final int thresholds;
  private final List<String> prices;

  private ConsistentTariff(boolean byBlock, int thresholds, List<String> prices) {
    this.byBlock = byBlock;
    this.thresholds = thresholds;
    this.prices = prices;
  }

  /** The same body, without contradictions where it is the tariff of a gas meter. */
  public static XmlElement of(XmlElement body) {
    Optional<XmlElement> tariff = body.find("GasTariffElements");
    Optional<XmlElement> prices =
        body.find("PriceElements").flatMap(elements -> elements.find("GasPriceElements"));
    if (tariff.isEmpty() || prices.isEmpty()) {
      return body;
    }
    int thresholds =
        tariff
            .flatMap(elements -> elements.find("ThresholdMatrix"))
            .map(matrix -> matrix.children("BlockThreshold").size())
            .orElse(1);
    List<String> indices =
        prices.get().find("TOUTariff").stream()
            .flatMap(tou -> tou.children("TOUPrice").stream())
            .flatMap(price -> price.attribute("index").stream())
            .toList();
    return new ConsistentTariff(prices.get().has("BlockTariff"), thresholds, indices).rebuilt(body);
  }

  private XmlElement rebuilt(XmlElement element) {
    XmlElement.Builder builder = XmlElement.builder(element.namespace(), element.localName());
    element.attributes().forEach(builder::attribute);
    for (XmlElement child : element.children()) {
      builder.child(
          element.localName().equals("DayProfile") && isAction(child)
              ? action(child)
              : rebuilt(child));
    }
    return builder
        .text(
            element.localName().equals("NumberOfThresholds")
                ? Integer.toString(thresholds)
                : element.text())
        .build();
  }

  private static boolean isAction(XmlElement child) {
    return child.localName().equals("BlockTariff") || child.localName().equals("TOUTariffAction");
  }

  private XmlElement action(XmlElement drawn) {
    if (byBlock) {
      return XmlElement.of("BlockTariff");
    }
    String named = drawn.token();
    if (prices.isEmpty()) {
      return XmlElement.leaf("TOUTariffAction", named);
    }
    return XmlElement.leaf(
        "TOUTariffAction",
        prices.contains(named)
            ? named
            : prices.get(Math.floorMod(named.hashCode(), prices.size())));
  }
}
