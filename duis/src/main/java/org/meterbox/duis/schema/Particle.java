// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.schema;

import java.util.List;

/** A part of the content of an element: one element, several in order, or a choice. */
public sealed interface Particle {
  /** Whether the part may be missing. */
  boolean optional();

  /**
   * An element.
   *
   * @param element the element
   * @param minimum how often it stands at least
   * @param maximum how often it stands at most; {@link Integer#MAX_VALUE} for any number
   */
  record One(ElementDeclaration element, int minimum, int maximum) implements Particle {
    @Override
    public boolean optional() {
      return minimum == 0;
    }

    /** Whether it may stand more than once. */
    public boolean repeated() {
      return maximum > 1;
    }
  }

  /**
   * Parts one after another.
   *
   * @param optional whether all of them may be missing together
   */
  record Sequence(List<Particle> particles, boolean optional) implements Particle {
    /** Copies the list. */
    public Sequence {
      particles = List.copyOf(particles);
    }
  }

  /**
   * One of several parts.
   *
   * @param optional whether none may be there
   */
  record Choice(List<Particle> particles, boolean optional) implements Particle {
    /** Copies the list. */
    public Choice {
      particles = List.copyOf(particles);
    }
  }
}
