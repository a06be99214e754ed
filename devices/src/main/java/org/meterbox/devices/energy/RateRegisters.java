// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.energy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The energy of an element by rate, in whole Wh. Each Wh that the total register counts is counted
 * in exactly one of these, the one whose rate applies at that time, so that they always add up.
 */
public final class RateRegisters {
  /** Rates of the primary element. */
  public static final int TOU_RATES = 48;

  /** Rates with blocks. */
  public static final int BLOCK_RATES = 8;

  /** Blocks of each such rate. */
  public static final int BLOCKS = 4;

  /** Rates of the secondary element. */
  public static final int SECONDARY_RATES = 4;

  private static final int BLOCK_BASE = 100;
  private static final int SECONDARY_BASE = 200;

  /** A timetable and when it came into force. */
  public record InForce(Instant since, Timetable timetable) {}

  /**
   * What the registers show.
   *
   * @param tou the rates, 48 for the primary element or 4 for the secondary
   * @param blocks 32 values, the rates of block 1 first; empty for the secondary element
   */
  public record Readings(List<Long> tou, List<Long> blocks) {
    /** Copies the lists. */
    public Readings {
      tou = List.copyOf(tou);
      blocks = List.copyOf(blocks);
    }
  }

  private final EnergyRegister total;
  private final List<InForce> timetables;
  private final int base;
  private final long[] tou;
  private final long[] blocks;
  private int current;

  private RateRegisters(
      EnergyRegister total, List<InForce> timetables, int base, int rates, int blockValues) {
    this.total = total;
    this.timetables = List.copyOf(timetables);
    this.base = base;
    this.current = base + 1;
    this.tou = new long[rates];
    this.blocks = new long[blockValues];
  }

  /**
   * The primary element's readings at several instants.
   *
   * @param timetables at least one, oldest first; energy before the first counts in rate 1
   * @param instants in ascending order
   */
  public static List<Readings> primary(
      EnergyRegister total, List<InForce> timetables, List<Instant> instants) {
    return new RateRegisters(total, timetables, 0, TOU_RATES, BLOCK_RATES * BLOCKS).at(instants);
  }

  /** The secondary element's readings at several instants, as for the primary. */
  public static List<Readings> secondary(
      EnergyRegister total, List<InForce> timetables, List<Instant> instants) {
    return new RateRegisters(total, timetables, SECONDARY_BASE, SECONDARY_RATES, 0).at(instants);
  }

  private List<Readings> at(List<Instant> instants) {
    Instant first = timetables.getFirst().since();
    tou[0] = total.wattHours(first);
    Instant counted = first;
    List<Readings> readings = new ArrayList<>();
    for (Instant instant : instants) {
      if (instant.isAfter(first)) {
        count(counted, instant);
        counted = instant;
        readings.add(snapshot());
      } else {
        long[] beforeAnyTimetable = new long[tou.length];
        beforeAnyTimetable[0] = total.wattHours(instant);
        readings.add(new Readings(box(beforeAnyTimetable), box(blocks)));
      }
    }
    return readings;
  }

  private void count(Instant from, Instant to) {
    for (int i = 0; i < timetables.size(); i++) {
      Instant since = timetables.get(i).since();
      Instant until = i + 1 < timetables.size() ? timetables.get(i + 1).since() : Instant.MAX;
      Instant begin = since.isAfter(from) ? since : from;
      Instant end = until.isBefore(to) ? until : to;
      if (begin.isBefore(end)) {
        countUnder(timetables.get(i).timetable(), begin, end);
      }
    }
  }

  private void countUnder(Timetable timetable, Instant from, Instant to) {
    LocalDate last = LocalDate.ofInstant(to, ZoneOffset.UTC);
    // The rate at the beginning may have been switched to the day before.
    LocalDate day = LocalDate.ofInstant(from, ZoneOffset.UTC).minusDays(1);
    Instant counted = from;
    for (; !day.isAfter(last); day = day.plusDays(1)) {
      for (Timetable.Switch change : timetable.on(day)) {
        Instant at = day.atTime(change.at()).toInstant(ZoneOffset.UTC);
        if (!at.isBefore(to)) {
          break;
        }
        if (at.isAfter(counted)) {
          add(counted, at);
          counted = at;
        }
        current = mine(change.selector()) ? change.selector() : current;
      }
    }
    add(counted, to);
  }

  private boolean mine(int selector) {
    int rate = selector - base;
    boolean plain = rate >= 1 && rate <= tou.length;
    int blockRate = selector - BLOCK_BASE;
    return plain || (blocks.length > 0 && blockRate >= 1 && blockRate <= BLOCK_RATES);
  }

  private void add(Instant from, Instant to) {
    long wattHours = total.wattHours(from, to);
    int rate = current - base;
    if (rate <= tou.length) {
      tou[rate - 1] += wattHours;
    } else {
      blocks[current - BLOCK_BASE - 1] += wattHours;
    }
  }

  private Readings snapshot() {
    return new Readings(box(tou), box(blocks));
  }

  private static List<Long> box(long[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
