// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.meterbox.devices.cosem.Change;
import org.meterbox.devices.cosem.CosemObjects;
import org.meterbox.devices.cosem.Reading;
import org.meterbox.devices.cosem.StoredValues;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.gbcs.dlms.AccessResult;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsCodec;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.BitString;
import org.meterbox.gbcs.dlms.DlmsValue.UInt16;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/** All attributes and methods of an electricity meter (GBCS use case tables; SMETS 5.7). */
final class EsmeObjects {
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
  private static final CosemAttribute OFFSET_LIMIT = CosemAttribute.of(1, "0-0:94.44.0.1", 2);
  private static final CosemAttribute OFFSET_NUMBER = CosemAttribute.of(1, "0-0:94.44.0.2", 2);
  private static final double OFFSET_UNIT = 0.0001;

  private EsmeObjects() {}

  private static CosemAttribute behaviour(int channel, int number) {
    return CosemAttribute.of(
        1, String.format(Locale.ROOT, "0-%d:97.98.%d.255", channel, number), 2);
  }

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
    ALERT_BEHAVIOURS.forEach((write, read) ->
        objects.writes(write, (state, value, _) -> changeBits(state, read, value)));
    objects.reads(RANDOMISED_OFFSET, (state, _) -> randomisedOffset(state.function()));
    ClockObjects.addTo(objects);
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
    if (held.getClass() != value.getClass()) {
      return Change.denied(state, AccessResult.TYPE_UNMATCHED);
    }
    return fits(attribute, value)
        ? Change.done(state.withFunction(state.function().withValue(attribute, value)), List.of())
        : Change.denied(state, AccessResult.SCOPE_OF_ACCESS_VIOLATED);
  }

  private static boolean fits(CosemAttribute attribute, DlmsValue value) {
    int maxText = MAX_TEXT_OCTETS.getOrDefault(attribute, MAX_VALUE_OCTETS);
    return DlmsCodec.encode(value).length() <= MAX_VALUE_OCTETS
        && !(value instanceof DlmsValue.OctetString(Octets text) && text.length() > maxText);
  }

  /** The first half of what is written says which bits change, the second half to what. */
  private static Change<EsmeState> changeBits(
      DeviceState<EsmeState> state, CosemAttribute attribute, DlmsValue value) {
    if (!(value instanceof BitString(int bits, Octets written))
        || bits != 2 * BEHAVIOUR_BITS
        || !(state.function().values().get(attribute) instanceof BitString(int _, Octets held))) {
      return Change.denied(state, AccessResult.TYPE_UNMATCHED);
    }
    OctetWriter changed = new OctetWriter(BEHAVIOUR_OCTETS);
    for (int i = 0; i < BEHAVIOUR_OCTETS; i++) {
      int mask = written.at(i);
      changed.u8((held.at(i) & ~mask & 0xFF) | (written.at(BEHAVIOUR_OCTETS + i) & mask));
    }
    return write(state, attribute, new BitString(BEHAVIOUR_BITS, changed.toOctets()));
  }

  /** The number that the meter was born with spreads switching times over the limit (SMETS). */
  private static Reading randomisedOffset(EsmeState esme) {
    return esme.values().get(OFFSET_LIMIT) instanceof UInt16(int limit)
            && esme.values().get(OFFSET_NUMBER) instanceof UInt16(int number)
        ? new Reading.Value(new UInt16((int) Math.round(number * limit * OFFSET_UNIT)))
        : new Reading.Denied(AccessResult.OBJECT_UNDEFINED);
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
