// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.state;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.Obis;

/**
 * What the specifications leave to a product, or what no published source says for certain. Each is
 * a setting of the single meter, kept like the others under an attribute of the manufacturer's own
 * range of objects, which no use case of GBCS names, so that no command reads or writes it.
 */
public enum ProductSetting {
  /** Current of a phase, in A, above which over current is told. */
  RATED_CURRENT(1, 100),
  /** Power factor, in percent, below which it is told. */
  POWER_FACTOR_THRESHOLD(2, 80),
  /** Apparent power, in VA, from which on the power factor is watched. */
  POWER_FACTOR_LOAD_MIN(3, 500),
  /**
   * Tokens typed in one after the other that are not authentic, after which typing in is suspended.
   * With this and the next two whoever tries all day makes fewer than twenty guesses at a number of
   * 32 bits.
   */
  WRONG_TOKENS_BEFORE_SUSPENSION(4, 5),
  /** The first suspension of typing in, in s; each further wrong token doubles it. */
  FIRST_SUSPENSION(5, Duration.ofMinutes(1).toSeconds()),
  /** The longest suspension of typing in, in s. */
  LONGEST_SUSPENSION(6, Duration.ofDays(1).toSeconds()),
  /**
   * When the period begins in which the recovery of payment debt is limited, in s after the start
   * of Monday, UTC.
   */
  RECOVERY_WEEK_START(7, 0),
  /** By how much hub and meter clock may differ to be adjusted, in s (the name of 8F0C says 10). */
  CLOCK_ADJUSTMENT_MAX(8, 10),
  /** How often the clock is compared with the hub's, in s; at least daily. */
  CLOCK_CHECK_PERIOD(9, Duration.ofHours(1).toSeconds());

  /** 0-0:128.1.n.255: object classes 128 and up belong to manufacturers (OBIS value group C). */
  private static final long FIRST_OBJECT = 0x00_00_80_01_00_FFL;

  private static final int NUMBER_SHIFT = 8;
  private static final int DATA_CLASS = 1;
  private static final int VALUE = 2;

  private final int number;
  private final long factoryValue;

  ProductSetting(int number, long factoryValue) {
    this.number = number;
    this.factoryValue = factoryValue;
  }

  private CosemAttribute attribute() {
    return new CosemAttribute(
        DATA_CLASS, new Obis(FIRST_OBJECT | (long) number << NUMBER_SHIFT), VALUE);
  }

  /** The setting of a meter. */
  public long of(Settings settings) {
    CosemAttribute attribute = attribute();
    return settings.get(attribute).isPresent() ? settings.number(attribute) : factoryValue;
  }

  /** The same as a span of time, of those that count seconds. */
  public Duration duration(Settings settings) {
    return Duration.ofSeconds(of(settings));
  }

  /**
   * A meter's settings with another value of this one.
   *
   * @param value 0 to 4,294,967,295
   */
  public Settings with(Settings settings, long value) {
    return settings.with(attribute(), new DlmsValue.UInt32(value));
  }

  /** The setting of this name, written as on a command line. */
  public static Optional<ProductSetting> named(String name) {
    return Stream.of(values()).filter(setting -> setting.commandName().equals(name)).findFirst();
  }

  /** Its name as on a command line. */
  public String commandName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
