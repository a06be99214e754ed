// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.dlms;

import java.util.List;

/** What a compact array says once of all its elements. */
public sealed interface TypeDescription {
  /** Whether an element of this type has no octets at all. */
  default boolean isEmpty() {
    return switch (this) {
      case Simple simple -> simple.tag() == 0;
      case FixedArray array -> array.count() == 0 || array.element().isEmpty();
      case Fields fields -> fields.elements().stream().allMatch(TypeDescription::isEmpty);
    };
  }

  /** How many of its parts, however deep, have no octets. */
  default int emptyParts() {
    int own = isEmpty() ? 1 : 0;
    return switch (this) {
      case Simple ignored -> own;
      case FixedArray array -> own + array.element().emptyParts();
      case Fields fields ->
          own + fields.elements().stream().mapToInt(TypeDescription::emptyParts).sum();
    };
  }

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
