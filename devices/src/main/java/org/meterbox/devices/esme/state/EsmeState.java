// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.state;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;

/**
 * What an electricity meter holds beyond what all devices hold: how far its time has gone, its
 * settings, and a part for each of its functions. Never changes.
 */
public final class EsmeState {
  private final EsmeVariant variant;
  private final Set<EsmeOption> options;
  private final Instant asOf;
  private final Settings settings;
  private final EsmePart[] parts;

  private EsmeState(
      EsmeVariant variant,
      Set<EsmeOption> options,
      Instant asOf,
      Settings settings,
      EsmePart[] parts) {
    this.variant = variant;
    this.options = options;
    this.asOf = asOf;
    this.settings = settings;
    this.parts = parts;
  }

  /**
   * A state of these parts.
   *
   * @param asOf up to when the time has passed in it
   * @param parts of each class one, in an order that is always the same
   */
  public static EsmeState of(
      EsmeVariant variant,
      Set<EsmeOption> options,
      Instant asOf,
      Settings settings,
      List<EsmePart> parts) {
    return new EsmeState(
        variant, Set.copyOf(options), asOf, settings, parts.toArray(EsmePart[]::new));
  }

  /** What it measures. */
  public EsmeVariant variant() {
    return variant;
  }

  /** What it has beyond. */
  public Set<EsmeOption> options() {
    return options;
  }

  /** Up to when the time has passed in this state. */
  public Instant asOf() {
    return asOf;
  }

  /** What it keeps as it was written. */
  public Settings settings() {
    return settings;
  }

  /** The attributes that it keeps as they were written. */
  public Map<CosemAttribute, DlmsValue> values() {
    return settings.values();
  }

  /** The part of this class. */
  public <P extends EsmePart> P part(Class<P> type) {
    return type.cast(parts[index(type)]);
  }

  /** With another part of the same class. */
  public EsmeState with(EsmePart part) {
    int index = index(part.getClass());
    if (parts[index].equals(part)) {
      return this;
    }
    EsmePart[] changed = parts.clone();
    changed[index] = part;
    return new EsmeState(variant, options, asOf, settings, changed);
  }

  /** With its time gone on. */
  public EsmeState withAsOf(Instant time) {
    return new EsmeState(variant, options, time, settings, parts);
  }

  /** With other settings. */
  public EsmeState withSettings(Settings changed) {
    return new EsmeState(variant, options, asOf, changed, parts);
  }

  /** With another value of an attribute. */
  public EsmeState withValue(CosemAttribute attribute, DlmsValue value) {
    return withSettings(settings.with(attribute, value));
  }

  private int index(Class<?> type) {
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].getClass() == type) {
        return i;
      }
    }
    throw new IllegalArgumentException("no function of this meter keeps a " + type.getName());
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof EsmeState esme && holdsTheSameAs(esme));
  }

  private boolean holdsTheSameAs(EsmeState esme) {
    return variant == esme.variant
        && options.equals(esme.options)
        && asOf.equals(esme.asOf)
        && settings.equals(esme.settings)
        && Arrays.equals(parts, esme.parts);
  }

  @Override
  public int hashCode() {
    return Objects.hash(variant, asOf, settings);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "EsmeState[%s as of %s]", variant, asOf);
  }
}
