// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform.electricity;

import java.util.List;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.dlms.ProtectedAttributes.Selection;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Octets;
import org.meterbox.transform.Mapping;
import org.meterbox.transform.Translation;

/** Reading registers and logs, encrypted for the party that asks (service requests 4.x). */
public final class RegisterReads {
  /** Number of the data protection object for import registers: 0-0:43.2.8.255. */
  private static final int IMPORT_REGISTERS = 8;

  /** Number of the data protection object for the daily read log: 0-0:43.2.5.255. */
  private static final int DAILY_READ_LOG = 5;

  /** The mappings of this family. */
  public static final List<Mapping> MAPPINGS =
      List.of(
          Mapping.of("4.1.1", DeviceType.ESME, "ECS17b", 0x0027, RegisterReads::importRegisters),
          Mapping.of("4.6.1", DeviceType.ESME, "ECS21a", 0x0033, RegisterReads::dailyReadLog));

  private RegisterReads() {}

  private static Octets importRegisters(Translation translation) {
    return translation.access(
        translation.protectedRead(
            IMPORT_REGISTERS, Selection.whole(CosemAttribute.of(1, "0-0:94.44.34.10", 2))));
  }

  private static Octets dailyReadLog(Translation translation) throws ElementException {
    XmlElement period = translation.body().child("ReadLogPeriod");
    return translation.access(
        translation.protectedRead(
            DAILY_READ_LOG,
            Selection.between(
                CosemAttribute.of(7, "0-0:98.1.9.255", 2),
                DlmsDateTime.of(period.dateTime("StartDateTime")),
                DlmsDateTime.of(period.dateTime("EndDateTime")))));
  }
}
