// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.voltage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.meterbox.devices.esme.state.EsmePart;
import org.meterbox.devices.esme.state.Manufacture;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * What a meter knows of the voltage.
 *
 * @param phases one, or three of a polyphase meter
 */
record VoltageState(List<PhaseVoltage> phases) implements EsmePart {
  static final PartCodec<VoltageState> CODEC = new Codec();

  /** Copies the list. */
  VoltageState {
    phases = List.copyOf(phases);
  }

  VoltageState with(int phase, PhaseVoltage changed) {
    List<PhaseVoltage> all = new ArrayList<>(phases);
    all.set(phase - 1, changed);
    return new VoltageState(all);
  }

  private static final class Codec implements PartCodec<VoltageState> {
    @Override
    public Class<VoltageState> type() {
      return VoltageState.class;
    }

    @Override
    public VoltageState manufactured(Manufacture manufacture) {
      return new VoltageState(
          Collections.nCopies(
              manufacture.variant().phases(), PhaseVoltage.manufactured(manufacture.at())));
    }

    @Override
    public void write(VoltageState voltage, OctetWriter image) {
      image.u8(voltage.phases().size());
      voltage.phases().forEach(phase -> phase.write(image));
    }

    @Override
    public VoltageState read(OctetReader image) throws DecodeException {
      List<PhaseVoltage> phases = new ArrayList<>();
      for (int left = image.u8(); left > 0; left--) {
        phases.add(PhaseVoltage.read(image));
      }
      return new VoltageState(phases);
    }
  }
}
