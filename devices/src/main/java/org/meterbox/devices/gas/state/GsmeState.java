// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.state;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What a gas meter holds beyond what all devices hold: how far its time has gone, and a part for
 * each of its functions. Never changes.
 */
public final class GsmeState {
  private final Instant asOf;
  private final GasPart[] parts;

  private GsmeState(Instant asOf, GasPart[] parts) {
    this.asOf = asOf;
    this.parts = parts;
  }

  /**
   * A state of these parts.
   *
   * @param asOf up to when the time has passed in it
   * @param parts of each class one, in an order that is always the same
   */
  public static GsmeState of(Instant asOf, List<GasPart> parts) {
    return new GsmeState(asOf, parts.toArray(GasPart[]::new));
  }

  /** Up to when the time has passed in this state. */
  public Instant asOf() {
    return asOf;
  }

  /** The part of this class. */
  public <P extends GasPart> P part(Class<P> type) {
    return type.cast(parts[index(type)]);
  }

  /** With another part of the same class. */
  public GsmeState with(GasPart part) {
    int index = index(part.getClass());
    if (parts[index].equals(part)) {
      return this;
    }
    GasPart[] changed = parts.clone();
    changed[index] = part;
    return new GsmeState(asOf, changed);
  }

  /** With its time gone on. */
  public GsmeState withAsOf(Instant time) {
    return new GsmeState(time, parts);
  }

  private int index(Class<?> type) {
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].getClass() == type) {
        return i;
      }
    }
    throw new IllegalArgumentException("no function of a gas meter keeps a " + type.getName());
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof GsmeState gsme
            && asOf.equals(gsme.asOf)
            && Arrays.equals(parts, gsme.parts));
  }

  @Override
  public int hashCode() {
    return Objects.hash(asOf, Arrays.hashCode(parts));
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "GsmeState[as of %s]", asOf);
  }
}
