// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.configuration;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.meterbox.devices.cosem.CosemObjects;
import org.meterbox.devices.cosem.Reading;
import org.meterbox.devices.cosem.StoredValues;
import org.meterbox.devices.esme.state.EsmeFunction;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.FactorySettings;
import org.meterbox.devices.esme.state.RandomisedOffset;
import org.meterbox.devices.esme.state.SettingsChanges;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.dlms.AccessResult;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.BitString;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * The attributes that a meter keeps as they were written, and how its events behave (GBCS use case
 * tables; SMETS 5.7.4).
 */
public final class ConfigurationFunction implements EsmeFunction {
  /** Where mask and action are written, and where the resulting bits are read. */
  private static final Map<CosemAttribute, CosemAttribute> ALERT_BEHAVIOURS =
      Map.of(
          behaviour(30, 11), behaviour(30, 15),
          behaviour(30, 12), behaviour(30, 16),
          behaviour(30, 13), behaviour(30, 17),
          behaviour(30, 14), behaviour(30, 18),
          behaviour(33, 11), behaviour(33, 15),
          behaviour(33, 14), behaviour(33, 18));

  private static final int BEHAVIOUR_BITS = 256;
  private static final int BEHAVIOUR_OCTETS = BEHAVIOUR_BITS / 8;

  private static final CosemAttribute RANDOMISED_OFFSET = CosemAttribute.of(1, "0-0:94.44.0.0", 2);

  private final SettingsChanges changes;

  /** A configuration whose changes others are told of. */
  public ConfigurationFunction(SettingsChanges changes) {
    this.changes = changes;
  }

  private static CosemAttribute behaviour(int channel, int number) {
    return CosemAttribute.of(
        1, String.format(Locale.ROOT, "0-%d:97.98.%d.255", channel, number), 2);
  }

  @Override
  public List<String> useCases() {
    return List.of(
        "ECS10", "ECS12", "ECS14", "ECS16", "ECS25a", "ECS25a1", "ECS25a2", "ECS25a3", "ECS25b",
        "ECS25b3", "ECS25r1", "ECS25r2", "ECS26c", "ECS26e", "ECS26f", "ECS26m", "ECS34", "ECS38",
        "ECS39a", "ECS39b", "ECS40", "ECS50", "ECS52", "ECS81");
  }

  @Override
  public void addTo(CosemObjects<EsmeState> objects) {
    for (CosemAttribute attribute : FactorySettings.attributes()) {
      objects.reads(attribute, StoredValues.reader(attribute, EsmeState::values));
      objects.writes(attribute, (transition, value) -> changes.apply(transition, attribute, value));
    }
    ALERT_BEHAVIOURS.forEach((write, read) ->
        objects.writes(write, (transition, value) -> changeBits(transition, read, value)));
    objects.reads(
        RANDOMISED_OFFSET,
        (state, _) ->
            new Reading.Value(
                new DlmsValue.UInt16(
                    (int) RandomisedOffset.of(state.function().settings()).toSeconds())));
  }

  /** The first half of what is written says which bits change, the second half to what. */
  private AccessResult changeBits(
      Transition<EsmeState> transition, CosemAttribute attribute, DlmsValue value) {
    if (!(value instanceof BitString(int bits, Octets written))
        || bits != 2 * BEHAVIOUR_BITS
        || !(transition.function().values().get(attribute)
            instanceof BitString(int _, Octets held))) {
      return AccessResult.TYPE_UNMATCHED;
    }
    OctetWriter changed = new OctetWriter(BEHAVIOUR_OCTETS);
    for (int i = 0; i < BEHAVIOUR_OCTETS; i++) {
      int mask = written.at(i);
      changed.u8((held.at(i) & ~mask & 0xFF) | (written.at(BEHAVIOUR_OCTETS + i) & mask));
    }
    return changes.apply(transition, attribute, new BitString(BEHAVIOUR_BITS, changed.toOctets()));
  }
}
