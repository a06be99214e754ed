// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.tariff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.meterbox.devices.energy.Timetable;
import org.meterbox.devices.esme.state.Settings;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.ArrayOf;
import org.meterbox.gbcs.dlms.DlmsValue.Int16;
import org.meterbox.gbcs.dlms.DlmsValue.Int8;
import org.meterbox.gbcs.dlms.DlmsValue.OctetString;
import org.meterbox.gbcs.dlms.DlmsValue.Structure;
import org.meterbox.gbcs.dlms.DlmsValue.UInt32;

/**
 * The tariff in force, read from the settings: switching tables, thresholds of blocks, prices.
 *
 * @param primary when which rate of the primary element holds
 * @param secondary the same for the secondary element; empty where there is none
 * @param thresholds of each of the eight rates with blocks, in Wh since the counters were reset
 * @param prices of the primary element
 * @param secondaryPrices of the secondary element; empty where there is none
 * @param standingCharge per day
 */
public record TariffPlan(
    Timetable primary,
    Timetable secondary,
    List<List<Long>> thresholds,
    PriceList prices,
    PriceList secondaryPrices,
    PriceList standingCharge) {
  /** Rates of the primary element. */
  public static final int TOU_RATES = 48;

  /** Rates with blocks. */
  public static final int BLOCK_RATES = 8;

  /** Blocks of each such rate. */
  public static final int BLOCKS = 4;

  /** Rates of the secondary element. */
  public static final int SECONDARY_RATES = 4;

  /** Selectors of switches: rates, rates with blocks, rates of the secondary element. */
  static final int BLOCK_BASE = 100;

  static final int SECONDARY_BASE = 200;

  private static final CosemAttribute PRICES = CosemAttribute.of(113, "0-0:19.20.0.255", 5);
  private static final CosemAttribute SECONDARY_PRICES =
      CosemAttribute.of(113, "0-0:19.20.5.255", 5);
  private static final CosemAttribute STANDING_CHARGE =
      CosemAttribute.of(113, "0-0:19.20.4.255", 5);

  private static final int FIRST_BLOCK_INDEX = 0xA1;
  private static final int BLOCK_INDEX_STEP = 0x10;
  private static final long NO_THRESHOLD = 0xFFFF_FFFFL;

  /**
   * Prices by their index.
   *
   * @param scale the power of ten by which a price counts, per kWh or day, in pounds or euros
   */
  public record PriceList(int scale, List<Integer> byIndex) {
    static final PriceList NONE = new PriceList(0, List.of());

    /** Copies the list. */
    public PriceList {
      byIndex = List.copyOf(byIndex);
    }

    /** The price with an index; zero where there is none. */
    public int price(int index) {
      return index < byIndex.size() ? byIndex.get(index) : 0;
    }
  }

  /** Copies the lists. */
  public TariffPlan {
    thresholds = thresholds.stream().map(List::copyOf).toList();
  }

  /** The tariff of these settings. */
  public static TariffPlan of(Settings settings) {
    return settings.view(TariffPlan.class, TariffPlan::read);
  }

  /** The price of a rate of the primary element, 1 to 48. */
  public int price(int rate) {
    return prices.price(rate);
  }

  /** The price of a rate with blocks, 1 to 8, in a block, 1 to 4. */
  public int blockPrice(int rate, int block) {
    return prices.price(FIRST_BLOCK_INDEX + (block - 1) * BLOCK_INDEX_STEP + rate - 1);
  }

  /** The price of a rate of the secondary element, 1 to 4. */
  public int secondaryPrice(int rate) {
    return secondaryPrices.price(rate);
  }

  /**
   * How much more a rate with blocks may count before the next block begins, in Wh.
   *
   * @param rate 1 to 8
   * @param block 1 to 4
   * @param counted what the rate's counters have counted in all blocks
   * @return {@link Long#MAX_VALUE} in the last block
   */
  public long untilNextBlock(int rate, int block, long counted) {
    List<Long> limits = thresholds.get(rate - 1);
    return block > limits.size() ? Long.MAX_VALUE : Math.max(0, limits.get(block - 1) - counted);
  }

  private static TariffPlan read(Settings settings) {
    List<List<Long>> thresholds = new ArrayList<>();
    for (int rate = 1; rate <= BLOCK_RATES; rate++) {
      thresholds.add(thresholds(settings, rate));
    }
    return new TariffPlan(
        timetable(settings, 0),
        timetable(settings, 1),
        thresholds,
        prices(settings, PRICES),
        prices(settings, SECONDARY_PRICES),
        prices(settings, STANDING_CHARGE));
  }

  /** Up to three, rising; one that is not used is the largest number. */
  private static List<Long> thresholds(Settings settings, int rate) {
    CosemAttribute attribute =
        CosemAttribute.of(21, String.format(Locale.ROOT, "0-0:16.0.%d.255", 10 + rate), 2);
    List<Long> thresholds = new ArrayList<>();
    if (settings.get(attribute).orElse(DlmsValue.NullData.VALUE)
        instanceof ArrayOf(List<DlmsValue> values)) {
      for (DlmsValue value : values) {
        if (!(value instanceof UInt32(long threshold))
            || threshold == NO_THRESHOLD
            || thresholds.size() == BLOCKS - 1) {
          break;
        }
        thresholds.add(threshold);
      }
    }
    return thresholds;
  }

  private static Timetable timetable(Settings settings, int element) {
    String calendar = String.format(Locale.ROOT, "0-0:13.0.%d.255", element);
    String days = String.format(Locale.ROOT, "0-0:11.0.%d.255", element);
    DlmsValue none = DlmsValue.NullData.VALUE;
    return CosemTimetable.read(
        settings.get(CosemAttribute.of(20, calendar, 3)).orElse(none),
        settings.get(CosemAttribute.of(20, calendar, 4)).orElse(none),
        settings.get(CosemAttribute.of(20, calendar, 5)).orElse(none),
        settings.get(CosemAttribute.of(11, days, 2)).orElse(none));
  }

  /** {{commodity scale, price scale}, {what is charged}, [{index, price}]} (class 113). */
  private static PriceList prices(Settings settings, CosemAttribute attribute) {
    if (settings.get(attribute).orElse(DlmsValue.NullData.VALUE)
            instanceof Structure(List<DlmsValue> parts)
        && parts.size() == 3
        && parts.get(0) instanceof Structure(List<DlmsValue> scales)
        && scales.size() == 2
        && scales.get(1) instanceof Int8(int scale)
        && parts.get(2) instanceof ArrayOf(List<DlmsValue> entries)) {
      Integer[] prices = new Integer[256];
      Arrays.fill(prices, 0);
      for (DlmsValue entry : entries) {
        if (entry instanceof Structure(List<DlmsValue> fields)
            && fields.size() == 2
            && fields.get(0) instanceof OctetString(var index)
            && fields.get(1) instanceof Int16(int price)) {
          prices[index.length() == 0 ? 0 : index.at(0)] = price;
        }
      }
      return new PriceList(scale, List.of(prices));
    }
    return PriceList.NONE;
  }
}
