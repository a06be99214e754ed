// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.state;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is decided about an electricity meter before it leaves the factory, and in which home it
 * will stand.
 *
 * @param options what it has beyond its measuring elements
 * @param seed makes its home differ from others
 * @param at when it begins to measure, in whole seconds
 */
public record Manufacture(EsmeVariant variant, Set<EsmeOption> options, long seed, Instant at) {
  /** Copies the set. */
  public Manufacture {
    options =
        Collections.unmodifiableSet(
            options.isEmpty() ? EnumSet.noneOf(EsmeOption.class) : EnumSet.copyOf(options));
  }

  /** With all options. */
  public static Manufacture complete(EsmeVariant variant, long seed, Instant at) {
    return new Manufacture(variant, EnumSet.allOf(EsmeOption.class), seed, at);
  }
}
