// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.util.List;
import org.meterbox.correlate.expectation.Data;
import org.meterbox.correlate.expectation.DlmsCommand;
import org.meterbox.correlate.expectation.Expectation;
import org.meterbox.correlate.expectation.GbzCommand;
import org.meterbox.correlate.expectation.ZclFields;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;

/**
 * Requests about the load switch or the valve: 7.1, 7.2, 7.3 (GBCS ECS42, ECS43, ECS44, GCS32,
 * GCS39).
 */
final class SupplyRequests {
  private static final CosemAttribute SUPPLY_SCRIPTS = CosemAttribute.of(9, "0-0:10.0.106.255", 1);
  private static final int SCRIPT_ENABLE = 51;
  private static final int SCRIPT_DISABLE = 52;
  private static final int SCRIPT_ARM = 54;
  private static final int METERING = 0x0702;
  private static final int TO_SERVER = 0x01;
  private static final int OFF = 0;
  private static final int ARMED = 1;

  private SupplyRequests() {}

  static List<Expectation> enable(OriginalRequest request) {
    return List.of(electricity(request, 0x004F, SCRIPT_ENABLE));
  }

  static List<Expectation> disable(OriginalRequest request) {
    return List.of(electricity(request, 0x0050, SCRIPT_DISABLE), gas(0x0081, OFF));
  }

  static List<Expectation> arm(OriginalRequest request) {
    return List.of(electricity(request, 0x0051, SCRIPT_ARM), gas(0x0085, ARMED));
  }

  private static Expectation electricity(OriginalRequest request, int useCase, int script) {
    String what = request.body().localName();
    Data data = Data.prescribed(what, new DlmsValue.UInt16(script));
    return Expectation.of(
        useCase,
        new DlmsCommand(request.requestId().counter())
            .action(SUPPLY_SCRIPTS, what, data)
            .payload());
  }

  private static Expectation gas(int useCase, int status) {
    ZclFields fields =
        new ZclFields()
            .prescribed("Provider Id", 0, 4)
            .senderTime("Issuer Event Id")
            .prescribed("Request Date/Time", 0, 4)
            .prescribed("Implementation Date/Time: at once", 0, 4)
            .prescribed("Proposed Supply Status", status, 1)
            .prescribed("Supply Control Bits: acknowledge", 1, 1);
    return Expectation.of(
        useCase,
        new GbzCommand().command("Change Supply", METERING, TO_SERVER, 0x0B, fields).payload());
  }
}
