// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform.hub;

import static org.meterbox.kernel.DeviceType.CHF;
import static org.meterbox.transform.CosemForms.identifier;
import static org.meterbox.transform.CosemForms.reads;
import static org.meterbox.transform.CosemForms.u16;
import static org.meterbox.transform.Translation.action;
import static org.meterbox.transform.Translation.set;

import java.util.ArrayList;
import java.util.List;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.Bool;
import org.meterbox.gbcs.dlms.DlmsValue.Enumerated;
import org.meterbox.gbcs.dlms.DlmsValue.NullData;
import org.meterbox.gbcs.dlms.DlmsValue.OctetString;
import org.meterbox.gbcs.dlms.DlmsValue.UInt8;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Octets;
import org.meterbox.transform.Mapping;
import org.meterbox.transform.Translation;
import org.meterbox.transform.TranslationContext.NamedDevice;
import org.meterbox.transform.TranslationContext.StoredLog;
import org.meterbox.transform.TranslationContext.StoredLog.LinkKeyHash;
import org.meterbox.transform.UntranslatableException;

/** The hub's device log and its radio (service requests 6.29 to 6.32, 8.9, 8.11 and 8.12.1). */
public final class HubControl {
  /** The ZigBee network control object: class 104. */
  private static final int NETWORK_CONTROL = 104;

  private static final String DEVICE_LOG = "0-0:30.3.0.255";
  private static final String HISTORIC_DEVICE_LOG = "0-0:30.3.1.255";
  private static final Mapping.Payload READ_DEVICE_LOG = reads("104 0-0:30.3.0.255 4");

  /** The mappings of this family. */
  public static final List<Mapping> MAPPINGS =
      List.of(
          hub("8.11", "CCS02", 0x0002, HubControl::removeDevice)
              .when(subject ->
                  subject.request().body().find("RequestType").stream()
                      .anyMatch(type -> type.token().equals("Remove"))),
          hub("8.11", "CCS01", 0x0001, HubControl::addDevice),
          hub("8.12.1", "CCS03", 0x0003, HubControl::restoreLog),
          hub("8.9", "CCS07", 0x00FE, HubControl::readSecurityDetails)
              .when(subject -> subject.request().body().has("ReadSecurityDetails")),
          hub("8.9", "CCS05/CCS04", 0x0004, READ_DEVICE_LOG).forEarlierDevices(),
          hub("8.9", "CCS06", 0x010F, READ_DEVICE_LOG),
          hub("6.28", "DBCH04", 0x010D, SubGigahertz::configure),
          hub("6.29", "DBCH05", 0x010E, t -> t.access(set(1, "0-0:94.44.10.1", 2, new UInt8(0)))),
          hub("6.30", "DBCH03", 0x010C, reads("1 0-0:94.44.10.0 2")),
          hub("6.31", "DBCH01", 0x010A, reads("1 0-0:94.44.10.2 2")),
          hub("6.32", "DBCH02", 0x010B, t -> t.access(t.logOf("0-0:94.44.10.3"))));

  private HubControl() {}

  private static Mapping hub(String variant, String useCase, int code, Mapping.Payload payload) {
    return Mapping.of(variant, CHF, useCase, code, payload);
  }

  private static Octets addDevice(Translation translation)
      throws ElementException, UntranslatableException {
    XmlElement body = translation.body();
    XmlElement details = body.child("AddDeviceToCHFWhitelist");
    XmlElement device = body.child("DeviceID");
    return translation.access(
        action(
            NETWORK_CONTROL,
            DEVICE_LOG,
            1,
            DlmsValue.structure(
                identifier(device.eui64()),
                new Enumerated(1),
                new OctetString(details.hex("InstallCode")),
                new Enumerated(typeCode(translation, device)))),
        set(NETWORK_CONTROL, DEVICE_LOG, 3, u16(details.child("JoinTimePeriod"))),
        set(NETWORK_CONTROL, DEVICE_LOG, 2, Bool.TRUE));
  }

  /** The device's type in the hub's log: numbers of class 104. */
  private static int typeCode(Translation translation, XmlElement device)
      throws ElementException, UntranslatableException {
    NamedDevice peer = translation.context().inventory().get(device.eui64());
    if (peer == null) {
      throw UntranslatableException.unknownDevice(device);
    }
    return switch (peer.type()) {
      case ESME -> 0;
      case GSME -> 1;
      case HCALCS -> 13;
      case IHD -> 128;
      case CAD -> 130;
      case PPMID -> 132;
      case CHF, GPF -> throw device.fault("is part of a hub: " + DeviceType.CHF);
    };
  }

  private static Octets removeDevice(Translation translation) throws ElementException {
    return translation.access(
        action(NETWORK_CONTROL, DEVICE_LOG, 2, identifier(translation.body().eui64("DeviceID"))));
  }

  private static Octets readSecurityDetails(Translation translation) {
    return translation.access(
        action(NETWORK_CONTROL, DEVICE_LOG, 4, NullData.VALUE),
        action(NETWORK_CONTROL, HISTORIC_DEVICE_LOG, 4, NullData.VALUE));
  }

  private static Octets restoreLog(Translation translation) throws UntranslatableException {
    if (!(translation.context().storedLog().orElse(null) instanceof StoredLog.OfHub stored)) {
      throw UntranslatableException.lacking(translation.body(), "the last device log");
    }
    List<DlmsValue> entries = new ArrayList<>();
    for (LinkKeyHash entry : stored.entries()) {
      entries.add(DlmsValue.structure(identifier(entry.device()), new OctetString(entry.hash())));
    }
    return translation.access(
        action(
            NETWORK_CONTROL,
            DEVICE_LOG,
            5,
            DlmsValue.structure(
                new OctetString(stored.extendedPanId()), new DlmsValue.ArrayOf(entries))));
  }
}
