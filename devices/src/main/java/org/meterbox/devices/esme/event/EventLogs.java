// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.event;

import java.util.ArrayList;
import java.util.List;
import org.meterbox.devices.esme.state.EsmePart;
import org.meterbox.devices.esme.state.Manufacture;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.machine.CircularLog;
import org.meterbox.devices.machine.LogEntry;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * The logs of a meter beyond those that every device has.
 *
 * @param power power events; other information of four octets
 * @param controller events of auxiliary controllers: controller and action(2), outcome(1), command
 *     in the home(4)
 */
public record EventLogs(CircularLog power, CircularLog controller) implements EsmePart {
  /** How the logs stand in a memory image. */
  public static final PartCodec<EventLogs> CODEC = new Codec();

  /** With another power event log. */
  public EventLogs withPower(CircularLog changed) {
    return new EventLogs(changed, controller);
  }

  /** With another log of the controllers. */
  public EventLogs withController(CircularLog changed) {
    return new EventLogs(power, changed);
  }

  private static final class Codec implements PartCodec<EventLogs> {
    @Override
    public Class<EventLogs> type() {
      return EventLogs.class;
    }

    @Override
    public EventLogs manufactured(Manufacture manufacture) {
      return new EventLogs(CircularLog.EMPTY, CircularLog.EMPTY);
    }

    @Override
    public void write(EventLogs logs, OctetWriter image) {
      for (CircularLog log : List.of(logs.power(), logs.controller())) {
        image.u8(log.entries().size());
        for (LogEntry entry : log.entries()) {
          ImageFields.writeInstant(entry.at(), image);
          image.u16(entry.code()).u8(entry.other().length()).put(entry.other());
        }
      }
    }

    @Override
    public EventLogs read(OctetReader image) throws DecodeException {
      return new EventLogs(readLog(image), readLog(image));
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
}
