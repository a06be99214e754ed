// SPDX-License-Identifier: Apache-2.0
package org.meterbox.kernel.catalogue;

import java.util.Locale;

/** How well the meaning of a code is known. */
public enum Basis {
  /** A public document states it. */
  PUBLISHED,
  /** It follows from the schema, the numbering, a pairing or practice. */
  INFERRED,
  /** The code exists; its meaning is not public. */
  UNKNOWN;

  static Basis of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
