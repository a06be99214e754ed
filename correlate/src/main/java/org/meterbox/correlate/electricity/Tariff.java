// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.electricity;

import static org.meterbox.correlate.content.DlmsContent.array;
import static org.meterbox.correlate.content.DlmsContent.bool;
import static org.meterbox.correlate.content.DlmsContent.integer;
import static org.meterbox.correlate.content.DlmsContent.octets;
import static org.meterbox.correlate.content.DlmsContent.structure;
import static org.meterbox.correlate.content.DlmsContent.text;
import static org.meterbox.correlate.content.DlmsContent.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterbox.correlate.content.DlmsAnswers;
import org.meterbox.correlate.content.DlmsTimes;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.kernel.Octets;

/** Tariffs: prices, switching tables, thresholds (GBCS, value encodings of tariffs). */
public final class Tariff {
  private static final int PRIMARY_TOU = 48;
  private static final int SECONDARY_TOU = 4;
  private static final int BLOCKS = 4;
  private static final int TOU_WITH_BLOCKS = 8;
  private static final int FIRST_BLOCK_SELECTOR = 101;
  private static final int FIRST_SECONDARY_SELECTOR = 201;
  private static final int FIRST_BLOCK_INDEX = 0xA1;
  private static final int BLOCK_INDEX_STRIDE = 0x10;
  private static final long NO_THRESHOLD = 0xFFFF_FFFFL;
  private static final String TARIFF_SCRIPTS = "00000A0064FF";

  private Tariff() {}

  /**
   * The primary element's tariff (ECS24): active price with scaler, seasons, weeks, days, special
   * days, eight threshold sets, currency, standing charge, price matrix.
   */
  public static void primary(DlmsAnswers answers, MmcWriter out) throws UnexpectedContentException {
    answers.expectSize(17);
    out.open("Electricity");
    answers.with(0, price -> out.leaf("PrimaryActiveTariffPrice", integer(price)));
    answers.with(14, currency -> currency(bool(currency), out));
    if (answers.has(15, 1)) {
      Charges standing = Charges.of(answers.given(15));
      if (standing.prices().size() != 1) {
        throw new UnexpectedContentException("expected one standing charge");
      }
      out.leaf("StandingCharge", standing.prices().getFirst().price());
      out.leaf("StandingChargeScale", standing.scale());
    }
    Optional<Charges> matrix =
        answers.has(16, 1) ? Optional.of(Charges.of(answers.given(16))) : Optional.empty();
    priceScale(answers, 1, matrix, out);
    if (matrix.isPresent()) {
      primaryPrices(matrix.get(), out);
    }
    out.open("TariffSwitchingTable");
    answers.with(4, days -> dayProfiles(days, Tariff::primaryAction, out));
    answers.with(3, weeks -> weekProfiles(weeks, out));
    answers.with(2, seasons -> seasons(seasons, out));
    out.close();
    answers.with(5, days -> specialDays(days, out));
    thresholds(answers, 6, out);
    out.close();
  }

  /**
   * The secondary element's tariff (ECS24b): price matrix, active price with scaler, special days,
   * seasons, weeks, days.
   */
  public static void secondary(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(7);
    answers.with(1, price -> out.leaf("SecondaryActiveTariffPrice", integer(price)));
    Optional<Charges> matrix =
        answers.has(0, 1) ? Optional.of(Charges.of(answers.given(0))) : Optional.empty();
    priceScale(answers, 2, matrix, out);
    if (matrix.isPresent()) {
      out.open("TariffTOUPriceMatrix");
      for (Price price : matrix.get().prices()) {
        long tou = within(price.index(), 1, SECONDARY_TOU);
        out.open("TariffTOUPrice").attribute("index", tou).text(price.price()).close();
      }
      out.close();
    }
    out.open("TariffSwitchingTable");
    answers.with(6, days -> dayProfiles(days, Tariff::secondaryAction, out));
    answers.with(5, weeks -> weekProfiles(weeks, out));
    answers.with(4, seasons -> seasons(seasons, out));
    out.close();
    answers.with(3, days -> specialDays(days, out));
  }

  private static void currency(boolean sterling, MmcWriter out) {
    out.leaf("CurrencyUnitsLabel", sterling ? "GBP" : "ECB");
    out.leaf("CurrencyUnitsName", sterling ? "Millipence" : "Millicent");
  }

  /** MMC has one scale for the active price and the matrix: they must not differ. */
  private static void priceScale(
      DlmsAnswers answers, int activePriceScaler, Optional<Charges> matrix, MmcWriter out)
      throws UnexpectedContentException {
    Optional<DlmsValue> scalerAndUnit = answers.value(activePriceScaler);
    if (scalerAndUnit.isPresent()) {
      long active = integer(structure(scalerAndUnit.get(), 2).getFirst());
      if (matrix.isPresent() && matrix.get().scale() != active) {
        throw new UnexpectedContentException("expected one scale for all prices");
      }
      out.leaf("PriceScale", active);
    } else if (matrix.isPresent()) {
      out.leaf("PriceScale", matrix.get().scale());
    }
  }

  private static void primaryPrices(Charges matrix, MmcWriter out)
      throws UnexpectedContentException {
    Map<Integer, Price> withBlocks = new HashMap<>();
    List<Price> withoutBlocks = new ArrayList<>(PRIMARY_TOU);
    for (Price price : matrix.prices()) {
      if (price.index() >= 1 && price.index() <= PRIMARY_TOU) {
        withoutBlocks.add(price);
      } else {
        int offset = price.index() - FIRST_BLOCK_INDEX;
        within(offset, 0, BLOCKS * BLOCK_INDEX_STRIDE - 1);
        within(offset % BLOCK_INDEX_STRIDE, 0, TOU_WITH_BLOCKS - 1);
        withBlocks.put(offset, price);
      }
    }
    blockPrices(withBlocks, out);
    out.open("TariffTOUPriceMatrix");
    for (Price price : withoutBlocks) {
      out.open("TariffTOUPrice").attribute("index", price.index()).text(price.price()).close();
    }
    out.close();
  }

  /** Index A1 is the first block's first price, A8 its eighth, B1 the second block's first. */
  private static void blockPrices(Map<Integer, Price> byOffset, MmcWriter out) {
    out.open("TariffBlockPriceMatrix");
    for (int tou = 0; tou < TOU_WITH_BLOCKS; tou++) {
      out.open("TariffBlockPrices").attribute("index", tou + 1);
      for (int block = 0; block < BLOCKS; block++) {
        Price price = byOffset.get(block * BLOCK_INDEX_STRIDE + tou);
        if (price != null) {
          out.open("BlockPrice").attribute("index", block + 1).text(price.price()).close();
        }
      }
      out.close();
    }
    out.close();
  }

  @FunctionalInterface
  private interface Action {
    void write(int selector, MmcWriter out) throws UnexpectedContentException;
  }

  private static void primaryAction(int selector, MmcWriter out) throws UnexpectedContentException {
    if (selector >= FIRST_BLOCK_SELECTOR) {
      out.leaf(
          "BlockTariffAction", within(selector - FIRST_BLOCK_SELECTOR + 1, 1, TOU_WITH_BLOCKS));
    } else {
      out.leaf("TOUTariffAction", within(selector, 1, PRIMARY_TOU));
    }
  }

  private static void secondaryAction(int selector, MmcWriter out)
      throws UnexpectedContentException {
    long tou = within(selector - FIRST_SECONDARY_SELECTOR + 1, 1, SECONDARY_TOU);
    out.leaf("TOUTariffAction", tou);
  }

  private static void dayProfiles(DlmsValue days, Action action, MmcWriter out)
      throws UnexpectedContentException {
    out.open("DayProfiles");
    for (DlmsValue day : array(days)) {
      List<DlmsValue> parts = structure(day, 2);
      out.open("DayProfile").leaf("Day", within(integer(parts.get(0)), 1, 16));
      for (DlmsValue entry : array(parts.get(1))) {
        List<DlmsValue> change = structure(entry, 3);
        if (!octets(change.get(1)).hex().equals(TARIFF_SCRIPTS)) {
          throw new UnexpectedContentException("expected the script table of tariffs");
        }
        out.open("ProfileSchedule").leaf("StartTime", DlmsTimes.time(change.get(0)));
        action.write((int) integer(change.get(2)), out);
        out.close();
      }
      out.close();
    }
    out.close();
  }

  private static void weekProfiles(DlmsValue weeks, MmcWriter out)
      throws UnexpectedContentException {
    out.open("WeekProfiles");
    for (DlmsValue week : array(weeks)) {
      List<DlmsValue> parts = structure(week, 8);
      out.open("WeekProfile").leaf("WeekName", number(parts.getFirst(), 4));
      for (int day = 1; day <= 7; day++) {
        long profile = within(integer(parts.get(day)), 1, 16);
        out.open("ReferencedElecDay").attribute("index", day).text(profile).close();
      }
      out.close();
    }
    out.close();
  }

  private static void seasons(DlmsValue seasons, MmcWriter out) throws UnexpectedContentException {
    out.open("Seasons");
    for (DlmsValue season : array(seasons)) {
      List<DlmsValue> parts = structure(season, 3);
      String name = text(parts.get(0));
      within(name.length(), 0, 8);
      out.open("Season").leaf("SeasonName", name);
      DlmsTimes.date(out, "SeasonStartDate", parts.get(1));
      out.leaf("ReferencedWeekName", number(parts.get(2), 4)).close();
    }
    out.close();
  }

  /** A number in an octet string of one octet: names of weeks, indices of prices. */
  private static long number(DlmsValue value, int max) throws UnexpectedContentException {
    return within(octets(value, 1).at(0), 1, max);
  }

  private static void specialDays(DlmsValue days, MmcWriter out) throws UnexpectedContentException {
    out.open("TariffSwitchingTableSpecialDays");
    for (DlmsValue day : array(days)) {
      List<DlmsValue> parts = structure(day, 3);
      out.open("SpecialDay");
      DlmsTimes.date(out, "Date", parts.get(1));
      out.leaf("ReferencedDay", within(integer(parts.get(2)), 1, 16)).close();
    }
    out.close();
  }

  /** Up to three thresholds for each of eight; FFFFFFFF stands for none. */
  private static void thresholds(DlmsAnswers answers, int first, MmcWriter out)
      throws UnexpectedContentException {
    out.open("TariffThresholdMatrix");
    for (int tou = 1; tou <= TOU_WITH_BLOCKS; tou++) {
      Optional<DlmsValue> set = answers.value(first + tou - 1);
      if (set.isPresent()) {
        out.open("ElecTariffThresholds").attribute("index", tou);
        int index = 1;
        for (DlmsValue threshold : array(set.get())) {
          long value = integer(threshold);
          if (value != NO_THRESHOLD) {
            out.open("BlockThreshold").attribute("index", within(index, 1, 3)).text(value).close();
          }
          index++;
        }
        out.close();
      }
    }
    out.close();
  }

  /** A price and its place, from one octet; no octet where there is only one price. */
  private record Price(int index, long price) {}

  /**
   * Charges per unit (DLMS class 113, unit_charge): scales, what is charged for, and the prices.
   *
   * @param scale exponent of ten of the currency unit
   */
  private record Charges(long scale, List<Price> prices) {
    static Charges of(DlmsValue value) throws UnexpectedContentException {
      List<DlmsValue> parts = structure(value, 3);
      List<DlmsValue> scales = structure(parts.get(0), 2);
      List<Price> prices = new ArrayList<>();
      for (DlmsValue entry : array(parts.get(2))) {
        List<DlmsValue> price = structure(entry, 2);
        Octets index = octets(price.get(0));
        within(index.length(), 0, 1);
        prices.add(new Price(index.isEmpty() ? 0 : index.at(0), integer(price.get(1))));
      }
      return new Charges(integer(scales.get(1)), prices);
    }
  }
}
