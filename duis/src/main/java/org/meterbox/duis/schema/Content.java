// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.schema;

import java.util.List;

/** What an element of the DUIS schema holds. */
public sealed interface Content {
  /** The attributes of the element. */
  List<AttributeDeclaration> attributes();

  /**
   * One value.
   *
   * @param type what the value may be
   */
  record Text(SimpleType type, List<AttributeDeclaration> attributes) implements Content {
    /** Copies the list. */
    public Text {
      attributes = List.copyOf(attributes);
    }
  }

  /**
   * Elements.
   *
   * @param particles what stands one after another; empty for an element that is always empty
   */
  record Elements(List<Particle> particles, List<AttributeDeclaration> attributes)
      implements Content {
    /** Copies the lists. */
    public Elements {
      particles = List.copyOf(particles);
      attributes = List.copyOf(attributes);
    }
  }

  /** Something of another namespace, such as a signature. */
  record Foreign() implements Content {
    @Override
    public List<AttributeDeclaration> attributes() {
      return List.of();
    }
  }
}
