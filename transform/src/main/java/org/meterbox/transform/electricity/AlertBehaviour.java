// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform.electricity;

import static org.meterbox.kernel.DeviceType.ESME;
import static org.meterbox.transform.Translation.set;

import java.util.BitSet;
import java.util.List;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.dlms.DlmsValue.BitString;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.transform.CosemForms;
import org.meterbox.transform.Mapping;
import org.meterbox.transform.Translation;

/**
 * Which events a meter reports, shows, sounds and logs (service request 6.22). The value is 512
 * bits: 256 that say which behaviours change, then 256 that say to what. An alert code's bit is the
 * one whose place, counted from the least significant of its 256, is the code's low octet.
 */
public final class AlertBehaviour {
  private static final int BITS = 512;
  private static final int LAST_CHANGE_BIT = 255;
  private static final int LAST_ACTION_BIT = 511;

  /** The mappings of this family; the request says by its element which it is. */
  public static final List<Mapping> MAPPINGS =
      List.of(
          behaviour("ElectricitySupplierAlerts", "ECS25a", 0x00AC, "0-30:97.98.11.255"),
          behaviour("ElectricitySupplierHANAlertSettings", "ECS25a1", 0x00EA, "0-30:97.98.12.255"),
          behaviour("ElectricitySupplierAlarmSettings", "ECS25a2", 0x00EB, "0-30:97.98.13.255"),
          behaviour("ElectricitySupplierLoggingSettings", "ECS25a3", 0x00EC, "0-30:97.98.14.255"),
          behaviour("ElectricityNetworkOperatorAlerts", "ECS25b", 0x00B0, "0-33:97.98.11.255"),
          behaviour(
              "ElectricityNetworkOperatorLoggingSettings", "ECS25b3", 0x00ED, "0-33:97.98.14.255"));

  private AlertBehaviour() {}

  private static Mapping behaviour(String element, String useCase, int code, String object) {
    return Mapping.of(
            "6.22",
            ESME,
            useCase,
            code,
            translation -> translation.access(set(1, object, 2, mask(translation, element))))
        .when(subject -> subject.request().body().has(element));
  }

  private static BitString mask(Translation translation, String element) throws ElementException {
    BitSet bits = new BitSet(BITS);
    for (XmlElement group : translation.body().child(element).children()) {
      for (XmlElement alert : group.children()) {
        int place = CosemForms.alertCode(alert) & 0xFF;
        bits.set(LAST_CHANGE_BIT - place);
        bits.set(LAST_ACTION_BIT - place, alert.token().equals("Enable"));
      }
    }
    OctetWriter writer = new OctetWriter(BITS / 8);
    for (int octet = 0; octet < BITS / 8; octet++) {
      writer.u8(octet(bits, octet));
    }
    Octets octets = writer.toOctets();
    return new BitString(BITS, octets);
  }

  private static int octet(BitSet bits, int number) {
    int octet = 0;
    for (int bit = 0; bit < 8; bit++) {
      octet = octet << 1 | (bits.get(number * 8 + bit) ? 1 : 0);
    }
    return octet;
  }
}
