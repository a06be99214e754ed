// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform.electricity;

import static org.meterbox.kernel.DeviceType.ESME;
import static org.meterbox.transform.CosemForms.reads;

import java.util.List;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.ProtectedAttributes.Selection;
import org.meterbox.transform.Mapping;

/** Reading registers, the sensitive ones encrypted for the party that asks (requests 4.x). */
public final class RegisterReads {
  private static final int PREPAYMENT_BALANCES = 1;
  private static final int IMPORT_REGISTERS = 8;
  private static final int TIME_OF_USE_REGISTERS = 9;
  private static final int BLOCK_REGISTERS = 10;

  /** The mappings of this family. */
  public static final List<Mapping> MAPPINGS =
      List.of(
          encrypted("4.1.1", "ECS17b", 0x0027, IMPORT_REGISTERS, "0-0:94.44.34.10"),
          encrypted("4.1.2", "ECS17d", 0x0029, TIME_OF_USE_REGISTERS, "0-0:94.44.34.1"),
          encrypted("4.1.3", "ECS17e", 0x002A, BLOCK_REGISTERS, "0-0:94.44.34.2"),
          encrypted("4.3", "ECS19", 0x002D, PREPAYMENT_BALANCES, "0-0:94.44.34.30"),
          plain("4.2", "ECS17a", 0x0026, "3 1-0:2.8.0.255 2 3", "3 1-0:4.8.0.255 2 3"),
          plain("4.16", "ECS17c", 0x0028, "1 0-0:94.44.34.20 2"),
          plain("4.18", "ECS82", 0x0069, "112 0-0:19.10.0.255 2"),
          plain("4.12.2", "ECS18a", 0x002B, "1 0-0:94.44.5.2 2", "4 1-0:2.6.0.255 2 3 5"),
          plain(
              "4.12.1",
              "ECS18b",
              0x002C,
              "1 0-0:94.44.5.0 2",
              "1 0-0:94.44.5.1 2",
              "4 1-0:1.6.0.255 2 3 5",
              "4 1-0:1.6.1.255 2 3 5",
              "10 0-0:12.0.0.255 2"),
          plain(
              "4.15",
              "ECS27",
              0x0042,
              "9000 0-0:94.44.0.3 2",
              "3 0-0:94.44.42.255 2 3",
              "71 0-0:17.0.0.255 4 6 7"));

  private RegisterReads() {}

  private static Mapping plain(String variant, String useCase, int code, String... rows) {
    return Mapping.of(variant, ESME, useCase, code, reads(rows));
  }

  /** A read of one collection through the data protection object with this number. */
  private static Mapping encrypted(
      String variant, String useCase, int code, int protection, String collection) {
    Selection selection = Selection.whole(CosemAttribute.of(1, collection, 2));
    return Mapping.of(
        variant,
        ESME,
        useCase,
        code,
        translation -> translation.access(translation.protectedRead(protection, selection)));
  }
}
