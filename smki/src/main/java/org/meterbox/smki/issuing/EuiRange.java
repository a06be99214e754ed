// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.issuing;

import org.meterbox.kernel.Eui64;

/**
 * A run of identifiers, for example all that a manufacturer was given.
 *
 * @param first the lowest, part of the range
 * @param last the highest, part of the range
 */
public record EuiRange(Eui64 first, Eui64 last) {
  /** Refuses a range that ends before it begins. */
  public EuiRange {
    if (first.compareTo(last) > 0) {
      throw new IllegalArgumentException("the range ends before it begins");
    }
  }

  /** Just this one. */
  public static EuiRange of(Eui64 only) {
    return new EuiRange(only, only);
  }

  /** Whether the identifier belongs to the range. */
  public boolean contains(Eui64 eui) {
    return first.compareTo(eui) <= 0 && eui.compareTo(last) <= 0;
  }
}
