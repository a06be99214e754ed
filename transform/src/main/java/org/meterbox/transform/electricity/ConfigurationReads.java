// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform.electricity;

import static org.meterbox.transform.Translation.get;

import java.util.List;
import java.util.Set;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.transform.Mapping;

/** Reading what a device is and how it is set up (service requests 6.2.x and 11.2). */
public final class ConfigurationReads {
  /** The mappings of this family. */
  public static final List<Mapping> MAPPINGS =
      List.of(
          new Mapping(
              new ServiceReferenceVariant("11.2"),
              Set.of(DeviceType.ESME, DeviceType.CHF),
              "ECS52",
              new MessageCode(0x0059),
              translation -> translation.access(get(1, "0-0:0.2.1.255", 2))));

  private ConfigurationReads() {}
}
