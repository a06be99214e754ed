// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.meterbox.devices.cosem.Change;
import org.meterbox.devices.cosem.CosemObjects;
import org.meterbox.devices.cosem.Reading;
import org.meterbox.devices.cosem.StoredValues;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.gbcs.dlms.AccessResult;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;

/** All attributes and methods of an electricity meter (GBCS use case tables; SMETS 5.7). */
final class EsmeObjects {
  private EsmeObjects() {}

  /** The objects, with registers that show what the metering says. */
  static CosemObjects<EsmeState> with(Function<EsmeState, Metering> metering) {
    CosemObjects<EsmeState> objects = new CosemObjects<>();
    for (CosemAttribute attribute : FactorySettings.values(EsmeVariant.TWIN_ELEMENT).keySet()) {
      objects.reads(attribute, StoredValues.reader(attribute, EsmeState::values));
      objects.writes(attribute, (state, value, _) -> write(state, attribute, value));
    }
    Map<CosemAttribute, Function<TariffInForce, DlmsValue>> tariff =
        Map.of(
            CosemAttribute.of(20, "0-0:13.0.0.255", 3), TariffInForce::seasons,
            CosemAttribute.of(20, "0-0:13.0.0.255", 4), TariffInForce::weeks,
            CosemAttribute.of(20, "0-0:13.0.0.255", 5), TariffInForce::days,
            CosemAttribute.of(11, "0-0:11.0.0.255", 2), TariffInForce::specialDays);
    tariff.forEach((attribute, part) ->
        objects.reads(
            attribute,
            (state, _) -> new Reading.Value(part.apply(state.function().tariffs().getLast()))));
    SupplyObjects.addTo(objects);
    RegisterObjects.addTo(objects, metering);
    LogObjects.addTo(objects, metering);
    resets(objects, "1-0:32.32.0.4");
    resets(objects, "1-0:32.36.0.4");
    resets(objects, "0-0:94.44.42.255");
    return objects;
  }

  /** Writes an attribute that the meter keeps, where the value is of the kind that it holds. */
  private static Change<EsmeState> write(
      DeviceState<EsmeState> state, CosemAttribute attribute, DlmsValue value) {
    DlmsValue held = state.function().values().get(attribute);
    if (held == null) {
      return Change.denied(state, AccessResult.OBJECT_UNDEFINED);
    }
    return held.getClass() == value.getClass()
        ? Change.done(state.withFunction(state.function().withValue(attribute, value)), List.of())
        : Change.denied(state, AccessResult.TYPE_UNMATCHED);
  }

  /** A counter (class 3) whose method 1 sets it to zero. */
  private static void resets(CosemObjects<EsmeState> objects, String counter) {
    CosemAttribute value = CosemAttribute.of(3, counter, 2);
    objects.acts(
        CosemAttribute.of(3, counter, 1),
        (DeviceState<EsmeState> state, DlmsValue _, Instant _) ->
            write(state, value, new DlmsValue.UInt32(0)));
  }
}
