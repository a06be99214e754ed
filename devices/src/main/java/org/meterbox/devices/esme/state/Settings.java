// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.state;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.Int32;
import org.meterbox.gbcs.dlms.DlmsValue.UInt16;
import org.meterbox.gbcs.dlms.DlmsValue.UInt32;
import org.meterbox.gbcs.dlms.DlmsValue.UInt8;

/**
 * Attributes that a meter keeps as they were written, and what functions make of them. Never
 * changes; safe for use by many threads.
 */
public final class Settings {
  /** No attribute at all. */
  public static final Settings NONE = new Settings(Map.of());

  private final Map<CosemAttribute, DlmsValue> values;
  private final Map<Class<?>, Object> views = new ConcurrentHashMap<>();

  /** Copies the map. */
  public Settings(Map<CosemAttribute, DlmsValue> values) {
    this.values = Map.copyOf(values);
  }

  /** The values by attribute. */
  public Map<CosemAttribute, DlmsValue> values() {
    return values;
  }

  /** The value of an attribute; empty where this meter has no such attribute. */
  public Optional<DlmsValue> get(CosemAttribute attribute) {
    return Optional.ofNullable(values.get(attribute));
  }

  /** An attribute's number; zero where it has none. */
  public long number(CosemAttribute attribute) {
    return switch (values.get(attribute)) {
      case UInt8(int value) -> value;
      case UInt16(int value) -> value;
      case UInt32(long value) -> value;
      case Int32(int value) -> value;
      case null, default -> 0;
    };
  }

  /** Whether an attribute is true. */
  public boolean isTrue(CosemAttribute attribute) {
    return DlmsValue.Bool.TRUE.equals(values.get(attribute));
  }

  /** These with another value of an attribute. */
  public Settings with(CosemAttribute attribute, DlmsValue value) {
    return with(Map.of(attribute, value));
  }

  /** These with other values of some attributes. */
  public Settings with(Map<CosemAttribute, DlmsValue> changes) {
    Map<CosemAttribute, DlmsValue> changed = new HashMap<>(values);
    changed.putAll(changes);
    return new Settings(changed);
  }

  /**
   * What a function makes of the settings, made once and kept with them.
   *
   * @param read depends on nothing but the settings
   */
  public <V> V view(Class<V> type, Function<Settings, V> read) {
    Object known = views.get(type);
    if (known == null) {
      known = read.apply(this);
      views.put(type, known);
    }
    return type.cast(known);
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Settings settings && values.equals(settings.values));
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "Settings[%d attributes]", values.size());
  }
}
