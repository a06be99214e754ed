// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.transform;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.transform.TranslationContext.NamedDevice;
import org.meterbox.transform.TranslationContext.StoredLog;

/** What the reference messages say about devices that the requests only name. */
final class ReferencePeers {
  private static final Eui64 METER = Eui64.parse("00-DB-12-34-56-78-90-A0");

  static final StoredLog HUB_LOG =
      new StoredLog.OfHub(
          Octets.ofHex("0000000000000140"),
          List.of(
              new StoredLog.LinkKeyHash(METER, Octets.ofHex("83FED3407A939723A5C639B26916D506")),
              new StoredLog.LinkKeyHash(
                  Eui64.parse("00-DB-12-34-56-78-90-A1"),
                  Octets.ofHex("83FED3407A939723A5C639B26916D505"))));

  static final StoredLog GAS_PROXY_LOG =
      new StoredLog.OfGasProxy(
          List.of(
              new StoredLog.JoinedDevice(Eui64.parse("00-11-22-33-44-55-66-77"), 5),
              new StoredLog.JoinedDevice(Eui64.parse("88-99-AA-BB-CC-DD-EE-FF"), 6)));

  private ReferencePeers() {}

  /** The devices that requests name, of which those for method C have this certificate. */
  static Map<Eui64, NamedDevice> inventory(Optional<Octets> certificate) {
    return Map.of(
        METER,
        new NamedDevice(DeviceType.ESME, Optional.empty()),
        device("93"),
        new NamedDevice(DeviceType.ESME, Optional.empty()),
        device("9A"),
        new NamedDevice(DeviceType.HCALCS, Optional.empty()),
        device("9C"),
        new NamedDevice(DeviceType.GPF, Optional.empty()),
        device("94"),
        new NamedDevice(DeviceType.GSME, certificate),
        device("98"),
        new NamedDevice(DeviceType.PPMID, certificate));
  }

  private static Eui64 device(String last) {
    return Eui64.parse("00-DB-12-34-56-78-90-" + last);
  }
}
