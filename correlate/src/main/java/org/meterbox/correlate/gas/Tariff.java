// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.gas;

import static org.meterbox.correlate.content.DlmsContent.within;
import static org.meterbox.correlate.content.GbzAnswers.needed;

import java.util.List;
import java.util.Optional;
import org.meterbox.correlate.content.GbzAnswers;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.gbz.Cluster;
import org.meterbox.gbcs.gbz.ZclFields;

/** The gas tariff (GCS21f). */
public final class Tariff {
  private static final int PUBLISH_PRICE = 0x00;
  private static final int BLOCK_1_THRESHOLD = 0x0100;
  private static final int THRESHOLD_MULTIPLIER = 0x0202;
  private static final int THRESHOLD_DIVISOR = 0x0203;
  private static final int STANDING_CHARGE = 0x0301;
  private static final int BLOCK_1_PRICE = 0x0400;
  private static final int TIER_1_PRICE = 0x0410;
  private static final int TIER_STRIDE = 0x10;
  private static final int CURRENCY = 0x0616;
  private static final int STERLING = 826;
  private static final int EURO = 978;
  private static final int THRESHOLDS = 3;
  private static final int PRICES = 4;
  private static final int MAX_DAYS = 4;

  /** A day's price tier that stands for "by block". */
  private static final int BY_BLOCK = 0;

  private Tariff() {}

  /** Price now in force, standing charge, switching table, thresholds, prices. */
  public static void read(GbzAnswers answers, MmcWriter out) throws UnexpectedContentException {
    out.open("Gas");
    for (ZclFields price : answers.published(Cluster.PRICE, PUBLISH_PRICE)) {
      answers
          .number(price, "Price")
          .ifPresent(amount -> out.leaf("PrimaryActiveTariffPrice", amount));
      long digits = needed(price, "Price Trailing Digit and Price Tier") >> 4;
      out.leaf("PrimaryActiveTariffPriceScale", -digits);
    }
    Optional<Long> currency = answers.number(Cluster.PRICE, CURRENCY);
    if (currency.isPresent()) {
      out.leaf("CurrencyUnitsLabel", currency(currency.get()));
    }
    answers
        .number(Cluster.PRICE, STANDING_CHARGE)
        .ifPresent(charge -> out.leaf("StandingCharge", charge));
    switchingTable(answers, out);
    thresholds(answers, out);
    prices(answers, TIER_1_PRICE, TIER_STRIDE, "TOUTariff", "TariffTOUPrice", out);
    prices(answers, BLOCK_1_PRICE, 1, "BlockTariff", "BlockPrice", out);
    out.close();
  }

  private static String currency(long code) throws UnexpectedContentException {
    if (code == STERLING) {
      return "GBP";
    }
    if (code == EURO) {
      return "ECB";
    }
    throw new UnexpectedContentException("expected currency 826 or 978");
  }

  private static void switchingTable(GbzAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    Calendars calendar = new Calendars(answers, MAX_DAYS);
    out.open("TariffSwitchingTable").open("DayProfiles");
    calendar.days((day, entries) -> {
      out.open("DayProfile").leaf("DayName", day);
      action(entries, out);
      out.close();
    });
    out.close();
    calendar.weeks("ReferencedDay", out);
    calendar.seasons("Seasons", out);
    out.close();
    calendar.specialDays("TariffSwitchingTableSpecialDays", "ReferencedDay", out);
  }

  /** A gas day has one action, from midnight on. */
  private static void action(List<ZclFields> entries, MmcWriter out)
      throws UnexpectedContentException {
    if (entries.size() != 1 || needed(entries.getFirst(), "Start Minute") != 0) {
      throw new UnexpectedContentException("expected one price for the whole day");
    }
    long tier = needed(entries.getFirst(), "Price Tier or Friendly Credit Enable");
    if (tier == BY_BLOCK) {
      out.empty("BlockTariff");
    } else {
      out.leaf("TOUTariffAction", within(tier, 1, PRICES));
    }
  }

  private static void thresholds(GbzAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    Optional<Long> multiplier = answers.number(Cluster.PRICE, THRESHOLD_MULTIPLIER);
    Optional<Long> divisor = answers.number(Cluster.PRICE, THRESHOLD_DIVISOR);
    out.open("TariffThresholds");
    for (int i = 0; i < THRESHOLDS; i++) {
      Optional<Long> threshold = answers.number(Cluster.PRICE, BLOCK_1_THRESHOLD + i);
      if (threshold.isPresent() && multiplier.isPresent() && divisor.isPresent()) {
        String volume = Volumes.scaled(threshold.get(), multiplier.get(), divisor.get());
        out.open("BlockThreshold").attribute("index", i + 1).text(volume).close();
      }
    }
    out.close();
  }

  private static void prices(
      GbzAnswers answers, int first, int stride, String table, String element, MmcWriter out)
      throws UnexpectedContentException {
    out.open(table);
    for (int i = 0; i < PRICES; i++) {
      Optional<Long> price = answers.number(Cluster.PRICE, first + stride * i);
      if (price.isPresent()) {
        out.open(element).attribute("index", i + 1).text(price.get()).close();
      }
    }
    out.close();
  }
}
