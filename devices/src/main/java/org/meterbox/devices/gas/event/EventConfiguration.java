// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.event;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.meterbox.devices.gas.state.GasManufacture;
import org.meterbox.devices.gas.state.GasPart;
import org.meterbox.devices.gas.state.GasPartCodec;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * How the supplier has set what becomes of events (SRV 6.22, GCS20).
 *
 * @param byCode the configuration of each event that can be set, in the order of their codes
 */
public record EventConfiguration(SortedMap<Integer, Integer> byCode) implements GasPart {
  /** How the configuration stands in a memory image. */
  public static final GasPartCodec<EventConfiguration> CODEC = new Codec();

  /** Logged: both lowest bits. */
  private static final int LOGGED = 0x03;

  /** Sent over the SM WAN. */
  private static final int SENT = 0x08;

  /** Shared with devices in the home. */
  private static final int SHARED = 0x10;

  /** Sounded. */
  private static final int SOUNDED = 0x40;

  private static final int ALL_BITS = LOGGED | SENT | SHARED | SOUNDED;

  /** Copies the map. */
  public EventConfiguration {
    byCode = Collections.unmodifiableSortedMap(new TreeMap<>(byCode));
  }

  /** The configuration of a meter. */
  public static EventConfiguration of(GsmeState gsme) {
    return gsme.part(EventConfiguration.class);
  }

  /** Whether a configuration has only bits that mean something, and logs wholly or not at all. */
  static boolean isValid(long configuration) {
    long log = configuration & LOGGED;
    return (configuration & ~ALL_BITS) == 0 && (log == 0 || log == LOGGED);
  }

  /** Whether an event can be set. */
  boolean has(int code) {
    return byCode.containsKey(code);
  }

  boolean isLogged(int code) {
    return (byCode.getOrDefault(code, 0) & LOGGED) == LOGGED;
  }

  boolean isSent(int code) {
    return (byCode.getOrDefault(code, 0) & SENT) != 0;
  }

  EventConfiguration with(int code, int configuration) {
    SortedMap<Integer, Integer> changed = new TreeMap<>(byCode);
    changed.put(code, configuration);
    return new EventConfiguration(changed);
  }

  private static EventConfiguration factory() {
    SortedMap<Integer, Integer> byCode = new TreeMap<>();
    GasEventRule.all()
        .forEach((code, rule) -> {
          if (rule.sending() == GasEventRule.Sending.SET) {
            byCode.put(code, rule.configuration());
          }
        });
    return new EventConfiguration(byCode);
  }

  private static final class Codec implements GasPartCodec<EventConfiguration> {
    @Override
    public Class<EventConfiguration> type() {
      return EventConfiguration.class;
    }

    @Override
    public EventConfiguration manufactured(GasManufacture manufacture) {
      return factory();
    }

    @Override
    public void write(EventConfiguration configuration, OctetWriter image) {
      image.u16(configuration.byCode().size());
      configuration.byCode().forEach((code, bits) -> image.u16(code).u8(bits));
    }

    @Override
    public EventConfiguration read(OctetReader image) throws DecodeException {
      SortedMap<Integer, Integer> byCode = new TreeMap<>();
      for (int left = image.u16(); left > 0; left--) {
        byCode.put(image.u16(), image.u8());
      }
      return new EventConfiguration(byCode);
    }
  }
}
