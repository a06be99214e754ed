// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.gbz;

import java.util.Locale;
import java.util.Optional;

/**
 * An attribute of a cluster.
 *
 * @param id 0 to 65535
 */
public record ZclAttribute(Cluster cluster, int id) {
  /** Refuses what does not fit two octets. */
  public ZclAttribute {
    if (id < 0 || id > 0xFFFF) {
      throw new IllegalArgumentException("an attribute identifier has two octets");
    }
  }

  /** The attribute's name, or its number where GBCS does not use it. */
  public String name() {
    return ZclCatalogue.attributeName(this)
        .orElseGet(() -> String.format(Locale.ROOT, "attribute 0x%04X", id));
  }

  /** The type that GBCS prescribes. */
  public Optional<ZclType> prescribedType() {
    return ZclCatalogue.attributeType(this);
  }

  @Override
  public String toString() {
    return cluster.name() + "/" + name();
  }
}
