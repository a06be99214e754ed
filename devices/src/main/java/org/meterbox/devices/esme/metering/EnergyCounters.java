// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.metering;

import java.util.Arrays;
import java.util.List;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/** A row of counters in whole Wh. Never changes. */
public final class EnergyCounters {
  private final long[] wattHours;

  private EnergyCounters(long[] wattHours) {
    this.wattHours = wattHours;
  }

  /** So many counters at zero. */
  public static EnergyCounters zero(int size) {
    return new EnergyCounters(new long[size]);
  }

  /** Counters that show these values. */
  public static EnergyCounters of(List<Long> values) {
    return new EnergyCounters(values.stream().mapToLong(Long::longValue).toArray());
  }

  /** How many there are. */
  public int size() {
    return wattHours.length;
  }

  /** What a counter shows, counted from 0. */
  public long get(int index) {
    return wattHours[index];
  }

  /** The sum of some counters. */
  public long sum(int from, int to) {
    return Arrays.stream(wattHours, from, to).sum();
  }

  /** With more energy in a counter. */
  public EnergyCounters plus(int index, long more) {
    if (more == 0) {
      return this;
    }
    long[] changed = wattHours.clone();
    changed[index] += more;
    return new EnergyCounters(changed);
  }

  /** What they show. */
  public List<Long> toList() {
    return Arrays.stream(wattHours).boxed().toList();
  }

  void write(OctetWriter image) {
    for (long value : wattHours) {
      ImageFields.writeNumber(value, image);
    }
  }

  static EnergyCounters read(int size, OctetReader image) throws DecodeException {
    long[] values = new long[size];
    for (int i = 0; i < size; i++) {
      values[i] = ImageFields.readNumber(image);
    }
    return new EnergyCounters(values);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof EnergyCounters counters
            && Arrays.equals(wattHours, counters.wattHours));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(wattHours);
  }

  @Override
  public String toString() {
    return Arrays.toString(wattHours);
  }
}
