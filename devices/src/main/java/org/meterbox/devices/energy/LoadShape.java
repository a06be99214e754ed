// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.energy;

import java.util.List;

/**
 * What a kind of load draws on an average day of an average month.
 *
 * @param watts 48 values, one for each half hour of the UTC day
 * @param monthPercent 12 values, January first: how each month compares with the average
 * @param spreadPercent how far a single half hour strays from the average, 0 to 100 either way
 */
public record LoadShape(List<Integer> watts, List<Integer> monthPercent, int spreadPercent) {
  /** Half hours in a UTC day. */
  public static final int HALF_HOURS = 48;

  /** A home without electric heating: about 7.5 kWh a day, most of it in the evening. */
  public static final LoadShape DOMESTIC =
      new LoadShape(
          List.of(
              180, 170, 160, 150, 150, 150, 150, 150, 150, 155, 160, 180, 230, 300, 380, 400, 370,
              330, 300, 290, 280, 280, 290, 310, 320, 300, 280, 270, 270, 280, 310, 370, 460, 560,
              620, 640, 620, 590, 560, 530, 500, 470, 430, 390, 340, 290, 240, 200),
          List.of(122, 118, 110, 100, 92, 86, 84, 86, 90, 98, 106, 108),
          40);

  /** Storage heaters and hot water on a second element: on from 00:30 to 07:30 UTC. */
  public static final LoadShape NIGHT_HEATING =
      new LoadShape(
          List.of(
              0, 2200, 2200, 2200, 2200, 2000, 2000, 1800, 1800, 1600, 1600, 1400, 1200, 1000, 800,
              0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
              0, 0, 0, 0),
          List.of(190, 180, 150, 100, 60, 40, 40, 40, 50, 90, 140, 120),
          15);

  /** Motors and electronics: the reactive part of a domestic load, in var. */
  public static final LoadShape DOMESTIC_REACTIVE =
      new LoadShape(
          DOMESTIC.watts().stream().map(w -> w / 5).toList(), DOMESTIC.monthPercent(), 50);

  /** Panels on a roof, in W for each kW of their peak: from dawn to dusk, little in winter. */
  public static final LoadShape SOLAR_PER_KILOWATT =
      new LoadShape(
          List.of(
              0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 25, 45, 75, 110, 150, 195, 240, 285, 330, 370, 405,
              430, 445, 450, 445, 430, 405, 370, 330, 285, 240, 195, 150, 110, 75, 45, 25, 10, 0, 0,
              0, 0, 0, 0, 0, 0, 0),
          List.of(30, 55, 90, 130, 155, 165, 160, 140, 110, 70, 38, 25),
          60);

  /**
   * What a gas boiler and a hob burn, in litres an hour: about 1,100 m3 a year, most of it on
   * mornings and evenings of winter.
   */
  public static final LoadShape DOMESTIC_GAS =
      new LoadShape(
          List.of(
              20, 20, 20, 20, 20, 20, 20, 20, 20, 30, 60, 150, 300, 360, 340, 280, 220, 160, 130,
              110, 100, 90, 90, 100, 110, 100, 90, 80, 80, 90, 120, 160, 220, 280, 310, 300, 270,
              240, 210, 180, 150, 120, 90, 70, 50, 30, 20, 20),
          List.of(195, 180, 150, 100, 60, 35, 25, 25, 40, 90, 140, 160),
          40);

  /** Refuses shapes that do not cover day and year. */
  public LoadShape {
    watts = List.copyOf(watts);
    monthPercent = List.copyOf(monthPercent);
    if (watts.size() != HALF_HOURS
        || monthPercent.size() != 12
        || spreadPercent < 0
        || spreadPercent > 100) {
      throw new IllegalArgumentException("a load shape has 48 half hours and 12 months");
    }
  }
}
