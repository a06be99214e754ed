// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.util.List;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;

/** Requests about the load switch: 7.1, 7.2, 7.3 (GBCS ECS42, ECS43, ECS44). */
final class SupplyRequests {
  private static final CosemAttribute SUPPLY_SCRIPTS = CosemAttribute.of(9, "0-0:10.0.106.255", 1);
  private static final int SCRIPT_ENABLE = 51;
  private static final int SCRIPT_DISABLE = 52;
  private static final int SCRIPT_ARM = 54;

  private SupplyRequests() {}

  static List<Expectation> enable(OriginalRequest request) {
    return List.of(electricity(request, 0x004F, SCRIPT_ENABLE));
  }

  static List<Expectation> disable(OriginalRequest request) {
    return List.of(electricity(request, 0x0050, SCRIPT_DISABLE));
  }

  static List<Expectation> arm(OriginalRequest request) {
    return List.of(electricity(request, 0x0051, SCRIPT_ARM));
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
}
