// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.state;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.dlms.AccessResult;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsCodec;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.kernel.Octets;

/** Changes settings, and tells every function of it. */
public final class SettingsChanges {
  /** The longest value that a meter keeps: the price matrix has about 700 octets. */
  static final int MAX_VALUE_OCTETS = 8_192;

  /** SMETS limits of texts: message, phone number, name, customer identification, PIN. */
  private static final Map<CosemAttribute, Integer> MAX_TEXT_OCTETS =
      Map.of(
          CosemAttribute.of(1, "0-2:96.13.1.255", 2), 116,
          CosemAttribute.of(9000, "0-0:96.13.0.255", 2), 18,
          CosemAttribute.of(9000, "0-0:96.13.1.255", 2), 15,
          CosemAttribute.of(1, "0-3:96.13.1.255", 2), 4,
          CosemAttribute.of(1, "0-0:94.44.3.1", 2), 4);

  private final List<EsmeFunction> functions;

  /** Changes of which these functions are told. */
  public SettingsChanges(List<EsmeFunction> functions) {
    this.functions = List.copyOf(functions);
  }

  /** Changes one setting, where the value is of the kind that the meter holds. */
  public AccessResult apply(
      Transition<EsmeState> transition, CosemAttribute attribute, DlmsValue value) {
    AccessResult result = check(transition.function(), attribute, value);
    if (result == AccessResult.SUCCESS) {
      apply(transition, Map.of(attribute, value));
    }
    return result;
  }

  /** Changes settings that were checked before. */
  public void apply(Transition<EsmeState> transition, Map<CosemAttribute, DlmsValue> changes) {
    transition.updateFunction(esme -> esme.withSettings(esme.settings().with(changes)));
    Set<CosemAttribute> changed = Set.copyOf(changes.keySet());
    functions.forEach(function -> function.settingsChanged(transition, changed));
  }

  /** Whether a value may stand in an attribute. */
  public AccessResult check(EsmeState esme, CosemAttribute attribute, DlmsValue value) {
    DlmsValue held = esme.values().get(attribute);
    if (held == null) {
      return AccessResult.OBJECT_UNDEFINED;
    }
    if (held.getClass() != value.getClass()) {
      return AccessResult.TYPE_UNMATCHED;
    }
    int maxText = MAX_TEXT_OCTETS.getOrDefault(attribute, MAX_VALUE_OCTETS);
    boolean fits =
        DlmsCodec.encode(value).length() <= MAX_VALUE_OCTETS
            && !(value instanceof DlmsValue.OctetString(Octets text) && text.length() > maxText);
    return fits && functions.stream().allMatch(f -> f.accepts(esme, attribute, value))
        ? AccessResult.SUCCESS
        : AccessResult.SCOPE_OF_ACCESS_VIOLATED;
  }

  /** Whether values, each of which may stand in its attribute, may take effect together. */
  public boolean checkTogether(EsmeState esme, Map<CosemAttribute, DlmsValue> values) {
    return functions.stream().allMatch(function -> function.acceptsTogether(esme, values));
  }
}
