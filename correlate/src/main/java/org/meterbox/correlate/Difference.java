// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate;

import java.util.Locale;

/**
 * One thing in which a Pre-Command is not what the request asks for.
 *
 * @param field which, in the words of the request: the path of its element, or what the use case
 *     prescribes there
 * @param requested what the request says or the use case prescribes
 * @param found what the Pre-Command says
 */
public record Difference(String field, String requested, String found) {
  /** One line for a person. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%s: %s was requested, the Pre-Command says %s", field, requested, found);
  }
}
