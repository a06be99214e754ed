// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform.electricity;

import static org.meterbox.transform.CosemForms.i16;
import static org.meterbox.transform.CosemForms.i8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.Int16;
import org.meterbox.gbcs.dlms.DlmsValue.Int8;
import org.meterbox.gbcs.dlms.DlmsValue.OctetString;
import org.meterbox.gbcs.dlms.DlmsValue.UInt16;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.transform.Numbered;

/**
 * Prices per unit (class 113 attribute 6). The primary element has 48 time of use prices with the
 * indices 01 to 30 and four blocks of eight with A1 to D8, all always written.
 */
final class Prices {
  private static final int TIME_OF_USE_PRICES = 48;
  private static final int BLOCKS = 4;
  private static final int PRICES_PER_BLOCK = 8;
  private static final int FIRST_BLOCK = 0xA0;
  private static final int SECONDARY_PRICES = 4;
  private static final Int16 ZERO = new Int16(0);

  /** Prices are per kilowatt-hour. */
  private static final Int8 KILO = new Int8(3);

  private static final int REGISTER = 3;
  private static final String PRIMARY_ENERGY = "0100010800FF";
  private static final String SECONDARY_ENERGY = "0114010800FF";

  private Prices() {}

  /** One price that is not per unit of energy, as a standing charge. */
  static DlmsValue single(DlmsValue scale, DlmsValue price) {
    return DlmsValue.structure(
        DlmsValue.structure(new Int8(0), scale),
        DlmsValue.structure(new UInt16(0), OctetString.ofHex("000000000000"), new Int8(0)),
        DlmsValue.array(DlmsValue.structure(OctetString.ofHex(""), price)));
  }

  /** The prices of the primary element. */
  static DlmsValue primary(XmlElement prices) throws ElementException {
    Map<Integer, DlmsValue> table = new TreeMap<>();
    for (int number = 1; number <= TIME_OF_USE_PRICES; number++) {
      table.put(number, ZERO);
    }
    for (int block = 0; block < BLOCKS; block++) {
      for (int number = 1; number <= PRICES_PER_BLOCK; number++) {
        table.put(blockIndex(block, number), ZERO);
      }
    }
    for (XmlElement tariff : prices.children()) {
      fill(table, tariff);
    }
    return perUnit(PRIMARY_ENERGY, prices.child("PriceScale"), table);
  }

  private static void fill(Map<Integer, DlmsValue> table, XmlElement tariff)
      throws ElementException {
    for (Map.Entry<Integer, XmlElement> price :
        Numbered.by("index", TIME_OF_USE_PRICES, tariff.children("TOUPrice")).entrySet()) {
      table.put(price.getKey(), i16(price.getValue()));
    }
    for (Map.Entry<Integer, XmlElement> time :
        Numbered.by("index", PRICES_PER_BLOCK, tariff.children("BlockPrices")).entrySet()) {
      for (Map.Entry<Integer, XmlElement> price :
          Numbered.by("index", BLOCKS, time.getValue().children("BlockPrice")).entrySet()) {
        table.put(blockIndex(price.getKey() - 1, time.getKey()), i16(price.getValue()));
      }
    }
  }

  private static int blockIndex(int block, int number) {
    return FIRST_BLOCK + (block << 4) + number;
  }

  /** The prices of the secondary element. */
  static DlmsValue secondary(XmlElement prices) throws ElementException {
    Map<Integer, DlmsValue> table = new TreeMap<>();
    for (int number = 1; number <= SECONDARY_PRICES; number++) {
      table.put(number, ZERO);
    }
    for (Map.Entry<Integer, XmlElement> price :
        Numbered.by("index", SECONDARY_PRICES, prices.children("ElectricityPriceElement"))
            .entrySet()) {
      table.put(price.getKey(), i16(price.getValue()));
    }
    return perUnit(SECONDARY_ENERGY, prices.child("PriceScale"), table);
  }

  private static DlmsValue perUnit(String energy, XmlElement scale, Map<Integer, DlmsValue> table)
      throws ElementException {
    List<DlmsValue> lines = new ArrayList<>(table.size());
    table.forEach((index, price) ->
        lines.add(
            DlmsValue.structure(new OctetString(new OctetWriter(1).u8(index).toOctets()), price)));
    return DlmsValue.structure(
        DlmsValue.structure(KILO, i8(scale)),
        DlmsValue.structure(new UInt16(REGISTER), OctetString.ofHex(energy), new Int8(2)),
        new DlmsValue.ArrayOf(lines));
  }
}
