// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme;

import org.meterbox.devices.esme.event.EsmeEvents;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.firmware.FirmwareVersions;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.asn1.FirmwareContent;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/** An electricity meter's firmware version, an attribute, and its alerts about images. */
final class EsmeFirmware implements FirmwareVersions<EsmeState> {
  private static final CosemAttribute VERSION = CosemAttribute.of(1, "0-0:0.2.1.255", 2);
  private static final MessageCode RECEIPT_ALERT = new MessageCode(0x00CE);

  @Override
  public Octets running(EsmeState function) {
    return function.values().get(VERSION) instanceof DlmsValue.OctetString(Octets version)
            && version.length() == FirmwareContent.VERSION_OCTETS
        ? version
        : new OctetWriter(FirmwareContent.VERSION_OCTETS).u32(0).toOctets();
  }

  @Override
  public EsmeState withRunning(EsmeState function, Octets version) {
    return function.withValue(VERSION, new DlmsValue.OctetString(version));
  }

  @Override
  public void received(Transition<EsmeState> transition, int code, Octets hash) {
    EsmeEvents.raise(transition, code, RECEIPT_ALERT, new DlmsValue.OctetString(hash));
  }

  @Override
  public void changed(Transition<EsmeState> transition, int code) {
    EsmeEvents.raise(transition, code);
  }
}
