// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.dump;

import java.util.List;
import java.util.Optional;

/**
 * A value of a message in words, with its parts.
 *
 * @param name what it is, in the words of the specification
 * @param value how a person reads it; absent where only its parts have values
 * @param parts in the order of the message
 */
public record DumpedValue(String name, Optional<String> value, List<DumpedValue> parts) {
  /** Copies the list. */
  public DumpedValue {
    parts = List.copyOf(parts);
  }
}
