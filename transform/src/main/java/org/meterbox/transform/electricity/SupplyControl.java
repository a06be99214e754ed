// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform.electricity;

import static org.meterbox.transform.Translation.action;
import static org.meterbox.transform.Translation.get;

import java.util.List;
import org.meterbox.gbcs.dlms.DlmsValue.UInt16;
import org.meterbox.kernel.DeviceType;
import org.meterbox.transform.Mapping;

/** Opening, closing, arming and reading the load switch (service requests 7.1 to 7.4). */
public final class SupplyControl {
  /** Script table of the load switch: class 9, method 1 executes a script. */
  private static final String LOAD_SWITCH_SCRIPTS = "0-0:10.0.106.255";

  private static final int SCRIPT_TABLE = 9;
  private static final int EXECUTE = 1;
  private static final int ENABLE = 51;
  private static final int DISABLE = 52;
  private static final int ARM = 54;

  /** The mappings of this family. */
  public static final List<Mapping> MAPPINGS =
      List.of(
          script("7.1", "ECS42", 0x004F, ENABLE),
          script("7.2", "ECS43", 0x0050, DISABLE),
          script("7.3", "ECS44", 0x0051, ARM),
          Mapping.of(
              "7.4",
              DeviceType.ESME,
              "ECS45",
              0x0052,
              translation -> translation.access(get(70, "0-0:96.3.10.255", 3))));

  private SupplyControl() {}

  private static Mapping script(String variant, String useCase, int code, int script) {
    return Mapping.of(
        variant,
        DeviceType.ESME,
        useCase,
        code,
        translation ->
            translation.access(
                action(SCRIPT_TABLE, LOAD_SWITCH_SCRIPTS, EXECUTE, new UInt16(script))));
  }
}
