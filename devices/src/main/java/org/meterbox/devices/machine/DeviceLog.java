// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.gbcs.asn1.DeviceLogEntry;
import org.meterbox.kernel.Eui64;

/**
 * The devices with which a device has joined (SMETS device log).
 *
 * @param entries in the order in which they joined, each device once
 */
public record DeviceLog(List<DeviceLogEntry> entries) {
  /** A log without entries. */
  public static final DeviceLog EMPTY = new DeviceLog(List.of());

  /** Entries at most: as many as the log of the hub that the devices are behind. */
  public static final int CAPACITY = 16;

  /** Copies the list. */
  public DeviceLog {
    entries = List.copyOf(entries);
    if (entries.size() > CAPACITY) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "a device log has at most %d entries", CAPACITY));
    }
  }

  /** The entry of a device. */
  public Optional<DeviceLogEntry> of(Eui64 device) {
    return entries.stream().filter(entry -> entry.device().equals(device)).findFirst();
  }

  /** Whether no further device can join. */
  public boolean isFull() {
    return entries.size() == CAPACITY;
  }

  /** With an entry, in the place of one for the same device. */
  public DeviceLog with(DeviceLogEntry entry) {
    List<DeviceLogEntry> changed = new ArrayList<>(without(entry.device()).entries);
    changed.add(entry);
    return new DeviceLog(changed);
  }

  /** Without the entry of a device. */
  public DeviceLog without(Eui64 device) {
    return new DeviceLog(entries.stream().filter(entry -> !entry.device().equals(device)).toList());
  }
}
