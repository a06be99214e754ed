// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.dlms;

import java.util.List;

/** What a compact array says once of all its elements. */
public sealed interface TypeDescription {
  /**
   * A type without parts.
   *
   * @param tag its A-XDR tag
   */
  record Simple(int tag) implements TypeDescription {}

  /**
   * A fixed number of elements of one type.
   *
   * @param count 0 to 65535
   */
  record FixedArray(int count, TypeDescription element) implements TypeDescription {}

  /** Elements in a prescribed order. */
  record Fields(List<TypeDescription> elements) implements TypeDescription {
    /** Copies the list. */
    public Fields {
      elements = List.copyOf(elements);
    }
  }
}
