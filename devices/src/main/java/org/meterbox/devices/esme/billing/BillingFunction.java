// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.billing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.meterbox.devices.cosem.CosemObjects;
import org.meterbox.devices.cosem.Query;
import org.meterbox.devices.cosem.Reading;
import org.meterbox.devices.esme.billing.BillingState.Snapshot;
import org.meterbox.devices.esme.event.EsmeEvents;
import org.meterbox.devices.esme.metering.RegisterRead;
import org.meterbox.devices.esme.metering.Registers;
import org.meterbox.devices.esme.payment.PrepaymentRead;
import org.meterbox.devices.esme.state.EsmeFunction;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.esme.state.Settings;
import org.meterbox.devices.esme.tariff.TariffPlan;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.CompactArray;
import org.meterbox.gbcs.dlms.DlmsValue.Structure;
import org.meterbox.gbcs.dlms.TypeDescription;
import org.meterbox.gbcs.envelope.MessageCode;

/**
 * Takes a snapshot of registers and balances at each date of the billing calendar, sends the newest
 * to the supplier (8F0A, ECS68) and starts the block counters again; takes one also when tariff or
 * payment mode change.
 */
public final class BillingFunction implements EsmeFunction {
  private static final CosemAttribute CALENDAR = CosemAttribute.of(22, "0-0:15.0.0.255", 4);
  private static final CosemAttribute DAILY_RESET = CosemAttribute.of(22, "0-0:15.1.0.255", 4);
  private static final MessageCode BILLING_ALERT = new MessageCode(0x0061);
  private static final int BILLING_DATA_LOG_UPDATED = 0x8F0A;
  private static final Set<CosemAttribute> TARIFF_AND_MODE = tariffAndMode();

  @Override
  public List<PartCodec<?>> parts() {
    return List.of(BillingState.CODEC);
  }

  @Override
  public List<String> useCases() {
    return List.of("ECS20b", "ECS20c", "ECS26d", "ECS26l", "ECS30", "ECS30a", "ECS48");
  }

  @Override
  public void addTo(CosemObjects<EsmeState> objects) {
    objects.reads(
        log("0-0:98.1.0.255"),
        (state, query) ->
            new Reading.Value(
                RegisterRead.toValue(
                    covered(of(state.function()).calendar(), query).stream()
                        .map(Snapshot::registers)
                        .toList(),
                    state.function().variant())));
    objects.reads(
        log("0-0:98.1.1.255"),
        (state, query) ->
            new Reading.Value(
                PrepaymentRead.toValue(
                    covered(of(state.function()).calendar(), query).stream()
                        .map(Snapshot::balances)
                        .toList())));
    objects.reads(log("0-0:98.1.2.255"), (state, query) -> changes(state.function(), query));
  }

  /** Payment mode, switching tables with special days, thresholds of blocks, prices. */
  private static Set<CosemAttribute> tariffAndMode() {
    Set<CosemAttribute> attributes = new HashSet<>();
    attributes.add(CosemAttribute.of(111, "0-0:19.0.0.255", 2));
    for (int element = 0; element <= 1; element++) {
      attributes.add(attribute(11, "0-0:11.0.%d.255", element, 2));
      for (int table = 3; table <= 5; table++) {
        attributes.add(attribute(20, "0-0:13.0.%d.255", element, table));
      }
    }
    for (int rate = 1; rate <= TariffPlan.BLOCK_RATES; rate++) {
      attributes.add(attribute(21, "0-0:16.0.%d.255", 10 + rate, 2));
    }
    for (int charge : new int[] {0, 4, 5}) {
      attributes.add(attribute(113, "0-0:19.20.%d.255", charge, 5));
    }
    return Set.copyOf(attributes);
  }

  private static CosemAttribute attribute(int classId, String object, int number, int member) {
    return CosemAttribute.of(classId, String.format(Locale.ROOT, object, number), member);
  }

  private static CosemAttribute log(String object) {
    return CosemAttribute.of(7, object, 2);
  }

  private static BillingState of(EsmeState esme) {
    return esme.part(BillingState.class);
  }

  private static List<Snapshot> covered(List<Snapshot> log, Query query) {
    return log.stream().filter(entry -> query.covers(entry.registers().at())).toList();
  }

  /** Registers and balances in one entry. */
  private static Reading changes(EsmeState esme, Query query) {
    List<Snapshot> entries = covered(of(esme).changes(), query);
    CompactArray registers =
        (CompactArray)
            RegisterRead.toValue(
                entries.stream().map(Snapshot::registers).toList(), esme.variant());
    List<TypeDescription> types =
        new ArrayList<>(((TypeDescription.Fields) registers.elementType()).elements());
    types.addAll(PrepaymentRead.TYPES);
    List<DlmsValue> joined = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      List<DlmsValue> fields =
          new ArrayList<>(((Structure) registers.elements().get(i)).elements());
      fields.addAll(entries.get(i).balances().values());
      joined.add(new Structure(fields));
    }
    return new Reading.Value(new CompactArray(new TypeDescription.Fields(types), joined));
  }

  @Override
  public Instant next(EsmeState state, Instant after) {
    BillingState billing = of(state);
    if (!billing.looked()) {
      return after.plusSeconds(1);
    }
    Instant next = billing.nextBilling().orElse(Instant.MAX);
    Instant reset = billing.nextReset().orElse(Instant.MAX);
    next = reset.isBefore(next) ? reset : next;
    return next.isAfter(after) ? next : after.plusSeconds(1);
  }

  @Override
  public void due(Transition<EsmeState> transition) {
    BillingState billing = of(transition.function());
    Instant now = transition.now();
    boolean bill = billing.nextBilling().filter(at -> !at.isAfter(now)).isPresent();
    boolean reset = billing.nextReset().filter(at -> !at.isAfter(now)).isPresent();
    if (bill) {
      bill(transition);
    }
    if (bill || reset) {
      transition.updateFunction(esme -> esme.with(Registers.of(esme).withoutBlockCounters()));
    }
    if (bill || reset || !billing.looked()) {
      look(transition);
    }
  }

  private static void bill(Transition<EsmeState> transition) {
    Snapshot snapshot = snapshot(transition.function());
    transition.updateFunction(esme -> esme.with(of(esme).withCalendarEntry(snapshot)));
    EsmeEvents.raiseProtected(
        transition,
        BILLING_DATA_LOG_UPDATED,
        BILLING_ALERT,
        List.of(
            RegisterRead.toValue(List.of(snapshot.registers()), transition.function().variant())));
  }

  private static Snapshot snapshot(EsmeState esme) {
    return new Snapshot(Registers.of(esme).read(esme), PrepaymentRead.of(esme));
  }

  private static void look(Transition<EsmeState> transition) {
    Settings settings = transition.function().settings();
    Optional<Instant> billing = next(settings, CALENDAR, transition.now());
    Optional<Instant> reset = next(settings, DAILY_RESET, transition.now());
    transition.updateFunction(esme -> esme.with(of(esme).withDates(billing, reset)));
  }

  private static Optional<Instant> next(Settings settings, CosemAttribute attribute, Instant now) {
    BillingCalendar calendar =
        BillingCalendar.read(settings.get(attribute).orElse(DlmsValue.NullData.VALUE));
    return Optional.of(calendar.next(now)).filter(at -> at.isBefore(Instant.MAX));
  }

  /** One snapshot, however many settings a command changes. */
  @Override
  public void settingsChanged(Transition<EsmeState> transition, Set<CosemAttribute> changed) {
    if (changed.contains(CALENDAR) || changed.contains(DAILY_RESET)) {
      look(transition);
    }
    boolean tariff = changed.stream().anyMatch(TARIFF_AND_MODE::contains);
    List<Snapshot> before = of(transition.function()).changes();
    boolean taken = !before.isEmpty() && before.getLast().registers().at().equals(transition.now());
    if (tariff && !taken) {
      Snapshot snapshot = snapshot(transition.function());
      transition.updateFunction(esme -> esme.with(of(esme).withChange(snapshot)));
    }
  }
}
