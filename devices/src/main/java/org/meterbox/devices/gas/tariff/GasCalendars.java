// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.tariff;

import org.meterbox.devices.gas.state.GasManufacture;
import org.meterbox.devices.gas.state.GasPart;
import org.meterbox.devices.gas.state.GasPartCodec;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * The calendars of a gas meter.
 *
 * @param tariff which price tier holds; 0 where prices go by blocks
 * @param nonDisablement when the supply is not disabled for want of credit: 1
 */
public record GasCalendars(GasCalendar tariff, GasCalendar nonDisablement) implements GasPart {
  static final GasPartCodec<GasCalendars> CODEC = new Codec();

  /** The calendar type of the tariff. */
  public static final int TARIFF = 0;

  /** The calendar type of non-disablement (friendly credit). */
  public static final int NON_DISABLEMENT = 3;

  /** The calendars of a meter. */
  public static GasCalendars of(GsmeState gsme) {
    return gsme.part(GasCalendars.class);
  }

  /** The calendar of a type. */
  public GasCalendar ofType(int type) {
    return type == NON_DISABLEMENT ? nonDisablement : tariff;
  }

  GasCalendars with(int type, GasCalendar calendar) {
    return type == NON_DISABLEMENT
        ? new GasCalendars(tariff, calendar)
        : new GasCalendars(calendar, nonDisablement);
  }

  private static final class Codec implements GasPartCodec<GasCalendars> {
    @Override
    public Class<GasCalendars> type() {
      return GasCalendars.class;
    }

    @Override
    public GasCalendars manufactured(GasManufacture manufacture) {
      return new GasCalendars(GasCalendar.EMPTY, GasCalendar.EMPTY);
    }

    @Override
    public void write(GasCalendars calendars, OctetWriter image) {
      calendars.tariff().write(image);
      calendars.nonDisablement().write(image);
    }

    @Override
    public GasCalendars read(OctetReader image) throws DecodeException {
      return new GasCalendars(GasCalendar.read(image), GasCalendar.read(image));
    }
  }
}
