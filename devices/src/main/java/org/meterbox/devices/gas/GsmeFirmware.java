// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas;

import org.meterbox.devices.firmware.FirmwareVersions;
import org.meterbox.devices.gas.event.GasEvents;
import org.meterbox.devices.gas.state.GasAttribute;
import org.meterbox.devices.gas.state.GasSettings;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.asn1.FirmwareContent;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.gbz.GbzAlert;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/** A gas meter's firmware version, an attribute, and its alerts about images. */
final class GsmeFirmware implements FirmwareVersions<GsmeState> {
  private static final MessageCode RECEIPT_ALERT = new MessageCode(0x00CF);

  @Override
  public Octets running(GsmeState function) {
    Octets version = GasSettings.of(function).strings().get(GasAttribute.FIRMWARE_VERSION);
    return version != null && version.length() == FirmwareContent.VERSION_OCTETS
        ? version
        : new OctetWriter(FirmwareContent.VERSION_OCTETS).u32(0).toOctets();
  }

  @Override
  public GsmeState withRunning(GsmeState function, Octets version) {
    return function.with(GasSettings.of(function).with(GasAttribute.FIRMWARE_VERSION, version));
  }

  @Override
  public void received(Transition<GsmeState> transition, int code, Octets hash) {
    GasEvents.raise(transition, code, RECEIPT_ALERT, new GbzAlert.FirmwareReceipt(hash));
  }

  @Override
  public void changed(Transition<GsmeState> transition, int code) {
    GasEvents.raise(transition, code);
  }
}
