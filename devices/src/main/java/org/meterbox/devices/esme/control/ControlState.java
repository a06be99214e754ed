// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.control;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterbox.devices.cosem.StoredValues;
import org.meterbox.devices.esme.log.SampleLog;
import org.meterbox.devices.esme.state.EsmePart;
import org.meterbox.devices.esme.state.Manufacture;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * The auxiliary controllers.
 *
 * @param ports the five outputs, then the five inputs
 * @param written periods that were written and await the script that uses them
 * @param boost the boost that goes on
 * @param boosts boosts that are over, by their start and end
 */
record ControlState(
    List<Port> ports,
    Map<CosemAttribute, DlmsValue> written,
    Optional<Period> boost,
    SampleLog boosts)
    implements EsmePart {
  /** Boosts that are kept (SMETS 5.26.3.1). */
  static final int BOOSTS = 25;

  static final PartCodec<ControlState> CODEC = new Codec();

  /** A level from one time to another. */
  record Period(int level, Instant from, Instant until) {
    boolean covers(Instant at) {
      return !at.isBefore(from) && at.isBefore(until);
    }
  }

  /**
   * An output or input.
   *
   * @param setting what a supplier has set for a time
   * @param limit the cap of a load controller
   * @param level what holds now, in percent
   */
  record Port(Optional<Period> setting, Optional<Period> limit, int level) {
    static final Port OFF = new Port(Optional.empty(), Optional.empty(), 0);
  }

  ControlState {
    ports = List.copyOf(ports);
    written = Map.copyOf(written);
  }

  Port port(ControllerPort port) {
    return ports.get(index(port));
  }

  ControlState with(ControllerPort port, Port changed) {
    List<Port> all = new ArrayList<>(ports);
    all.set(index(port), changed);
    return new ControlState(all, written, boost, boosts);
  }

  ControlState withWritten(CosemAttribute attribute, DlmsValue value) {
    Map<CosemAttribute, DlmsValue> changed = new HashMap<>(written);
    changed.put(attribute, value);
    return new ControlState(ports, changed, boost, boosts);
  }

  ControlState withBoost(Optional<Period> changed, SampleLog over) {
    return new ControlState(ports, written, changed, over);
  }

  private static int index(ControllerPort port) {
    return port.number() - 1 + (port.output() ? 0 : ControllerPort.CONTROLLERS);
  }

  private static final class Codec implements PartCodec<ControlState> {
    @Override
    public Class<ControlState> type() {
      return ControlState.class;
    }

    @Override
    public ControlState manufactured(Manufacture manufacture) {
      return new ControlState(
          Collections.nCopies(2 * ControllerPort.CONTROLLERS, Port.OFF),
          Map.of(),
          Optional.empty(),
          SampleLog.empty(1, BOOSTS));
    }

    @Override
    public void write(ControlState control, OctetWriter image) {
      image.u8(control.ports().size());
      for (Port port : control.ports()) {
        writePeriod(port.setting(), image);
        writePeriod(port.limit(), image);
        image.u8(port.level());
      }
      StoredValues.write(control.written(), image);
      writePeriod(control.boost(), image);
      control.boosts().write(image);
    }

    @Override
    public ControlState read(OctetReader image) throws DecodeException {
      int size = image.u8();
      if (size != 2 * ControllerPort.CONTROLLERS) {
        throw image.fault(Fault.UNEXPECTED_VALUE, "five outputs and five inputs");
      }
      List<Port> ports = new ArrayList<>();
      for (int left = size; left > 0; left--) {
        ports.add(new Port(readPeriod(image), readPeriod(image), image.u8()));
      }
      return new ControlState(
          ports, StoredValues.read(image), readPeriod(image), SampleLog.read(1, BOOSTS, image));
    }

    private static void writePeriod(Optional<Period> period, OctetWriter image) {
      image.u8(period.isPresent() ? 1 : 0);
      period.ifPresent(present -> {
        image.u8(present.level());
        ImageFields.writeInstant(present.from(), image);
        ImageFields.writeInstant(present.until(), image);
      });
    }

    private static Optional<Period> readPeriod(OctetReader image) throws DecodeException {
      return image.u8() == 1
          ? Optional.of(
              new Period(
                  image.u8(), ImageFields.readInstant(image), ImageFields.readInstant(image)))
          : Optional.empty();
    }
  }
}
