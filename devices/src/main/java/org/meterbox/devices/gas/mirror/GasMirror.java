// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.mirror;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.meterbox.devices.gas.register.GasLogs;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.gas.state.GsmeStateCodec;
import org.meterbox.devices.machine.CircularLog;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.devices.machine.LogEntry;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * What the hub knows of a gas meter.
 *
 * @param at when it learned it: when the meter was last awake and in reach
 * @param meter the meter as it was then, without its profile, which the hub keeps in its own way
 * @param eventLog the meter's event log
 * @param securityLog the meter's security log
 */
public record GasMirror(
    Instant at, GsmeState meter, CircularLog eventLog, CircularLog securityLog) {
  /** The mirror of a meter as it is now. */
  static GasMirror of(DeviceState<GsmeState> meter, Instant at) {
    GsmeState gsme = meter.function();
    return new GasMirror(
        at, gsme.with(GasLogs.of(gsme).withoutProfile()), meter.eventLog(), meter.securityLog());
  }

  void write(OctetWriter image, GsmeStateCodec meters) {
    ImageFields.writeInstant(at, image);
    meters.write(meter, image);
    for (CircularLog log : List.of(eventLog, securityLog)) {
      image.u8(log.entries().size());
      for (LogEntry entry : log.entries()) {
        ImageFields.writeInstant(entry.at(), image);
        image.u16(entry.code()).u8(entry.other().length()).put(entry.other());
      }
    }
  }

  static GasMirror read(OctetReader image, GsmeStateCodec meters) throws DecodeException {
    return new GasMirror(
        ImageFields.readInstant(image), meters.read(image), readLog(image), readLog(image));
  }

  private static CircularLog readLog(OctetReader image) throws DecodeException {
    int size = image.u8();
    if (size > CircularLog.CAPACITY) {
      throw image.fault(Fault.UNEXPECTED_VALUE, "a log of more entries than it holds");
    }
    List<LogEntry> entries = new ArrayList<>();
    for (int left = size; left > 0; left--) {
      entries.add(
          new LogEntry(ImageFields.readInstant(image), image.u16(), image.take(image.u8())));
    }
    return new CircularLog(entries);
  }
}
