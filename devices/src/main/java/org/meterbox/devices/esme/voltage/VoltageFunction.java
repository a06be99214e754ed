// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.voltage;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.meterbox.devices.cosem.CosemObjects;
import org.meterbox.devices.cosem.Reading;
import org.meterbox.devices.esme.event.EsmeEvents;
import org.meterbox.devices.esme.home.Mains;
import org.meterbox.devices.esme.log.SampleLog;
import org.meterbox.devices.esme.state.EsmeFunction;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.esme.state.Settings;
import org.meterbox.devices.esme.voltage.PhaseVoltage.Level;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.dlms.AccessResult;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue.UInt32;

/**
 * Averages the voltage of each phase over its averaging period and compares each average with two
 * thresholds (SMETS 5.7.5.7 to 5.7.5.9). A new period holds from the end of the one that runs.
 */
public final class VoltageFunction implements EsmeFunction {
  private static final int[] OVER = {0x8002, 0x8003, 0x8004, 0x8005};
  private static final int[] UNDER = {0x8006, 0x8007, 0x8008, 0x8009};
  private static final int[] OVER_NO_LONGER = {0x8085, 0x8086, 0x8087, 0x8088};
  private static final int[] UNDER_NO_LONGER = {0x8089, 0x808A, 0x808B, 0x808C};

  /** The OBIS value groups of the phases. */
  private static final List<Integer> GROUPS = List.of(32, 52, 72);

  @Override
  public List<PartCodec<?>> parts() {
    return List.of(VoltageState.CODEC);
  }

  @Override
  public List<String> useCases() {
    return List.of(
        "ECS23", "ECS23b", "ECS26b", "ECS26k", "ECS29a", "ECS29b", "ECS29c", "ECS29d", "ECS29e",
        "ECS29f");
  }

  @Override
  public void addTo(CosemObjects<EsmeState> objects) {
    for (int phase = 1; phase <= GROUPS.size(); phase++) {
      int number = phase;
      objects.reads(
          attribute(7, phase, "24.0.255", 2),
          (state, query) ->
              of(state.function(), number, PhaseVoltage::log)
                  .map(log -> log.reading(query))
                  .orElseGet(() -> new Reading.Denied(AccessResult.OBJECT_UNDEFINED)));
      addCounter(
          objects,
          phase,
          "36.0.4",
          PhaseVoltage::overCount,
          v -> v.withCounters(0, v.underCount()));
      addCounter(
          objects,
          phase,
          "32.0.4",
          PhaseVoltage::underCount,
          v -> v.withCounters(v.overCount(), 0));
    }
  }

  private static CosemAttribute attribute(int classId, int phase, String object, int member) {
    return CosemAttribute.of(
        classId, String.format(Locale.ROOT, "1-0:%d.%s", GROUPS.get(phase - 1), object), member);
  }

  private static <V> Optional<V> of(EsmeState esme, int phase, Function<PhaseVoltage, V> what) {
    List<PhaseVoltage> phases = esme.part(VoltageState.class).phases();
    return phase <= phases.size()
        ? Optional.of(what.apply(phases.get(phase - 1)))
        : Optional.empty();
  }

  /** A counter (class 3) whose method 1 sets it to zero. */
  private static void addCounter(
      CosemObjects<EsmeState> objects,
      int phase,
      String object,
      ToLongFunction<PhaseVoltage> count,
      UnaryOperator<PhaseVoltage> reset) {
    objects.reads(
        attribute(3, phase, object, 2),
        (state, _) ->
            of(state.function(), phase, count::applyAsLong)
                .<Reading>map(number -> new Reading.Value(new UInt32(number)))
                .orElseGet(() -> new Reading.Denied(AccessResult.OBJECT_UNDEFINED)));
    objects.acts(
        attribute(3, phase, object, 1),
        (transition, _) -> {
          if (phase > transition.function().variant().phases()) {
            return AccessResult.OBJECT_UNDEFINED;
          }
          transition.updateFunction(esme -> {
            VoltageState voltage = esme.part(VoltageState.class);
            return esme.with(voltage.with(phase, reset.apply(voltage.phases().get(phase - 1))));
          });
          return AccessResult.SUCCESS;
        });
  }

  @Override
  public Instant next(EsmeState state, Instant after) {
    Instant next = Instant.MAX;
    for (PhaseVoltage phase : state.part(VoltageState.class).phases()) {
      next = phase.periodEnd().isBefore(next) ? phase.periodEnd() : next;
    }
    return next.isAfter(after) ? next : after.plusSeconds(1);
  }

  @Override
  public void elapse(Transition<EsmeState> transition, Instant until) {
    EsmeState esme = transition.function();
    long seconds = until.getEpochSecond() - transition.now().getEpochSecond();
    VoltageState voltage = esme.part(VoltageState.class);
    for (int phase = 1; phase <= voltage.phases().size(); phase++) {
      OptionalInt volts = Mains.volts(esme, phase, transition.now());
      if (volts.isPresent()) {
        voltage =
            voltage.with(phase, voltage.phases().get(phase - 1).plus(volts.getAsInt(), seconds));
      }
    }
    VoltageState counted = voltage;
    transition.updateFunction(changed -> changed.with(counted));
  }

  @Override
  public void due(Transition<EsmeState> transition) {
    int phases = transition.function().part(VoltageState.class).phases().size();
    for (int phase = 1; phase <= phases; phase++) {
      PhaseVoltage voltage = transition.function().part(VoltageState.class).phases().get(phase - 1);
      if (!voltage.periodEnd().isAfter(transition.now())) {
        endPeriod(transition, phase, voltage);
      }
    }
  }

  /** Writes the average down, compares it, and begins the next period. */
  private static void endPeriod(Transition<EsmeState> transition, int phase, PhaseVoltage voltage) {
    Settings settings = transition.function().settings();
    Instant now = transition.now();
    long period = Math.max(1, settings.number(attribute(7, phase, "24.0.255", 4)));
    Instant end = Instant.ofEpochSecond((Math.floorDiv(now.getEpochSecond(), period) + 1) * period);
    SampleLog log = voltage.log();
    Level before = voltage.average();
    Level level = before;
    if (voltage.seconds() > 0) {
      long average = voltage.voltSeconds() / voltage.seconds();
      log = log.with(now, average);
      level = level(settings, phase, average);
    }
    PhaseVoltage next =
        new PhaseVoltage(
            log,
            0,
            0,
            end,
            level,
            voltage.overCount() + (level == Level.OVER && before != Level.OVER ? 1 : 0),
            voltage.underCount() + (level == Level.UNDER && before != Level.UNDER ? 1 : 0));
    transition.updateFunction(esme -> esme.with(esme.part(VoltageState.class).with(phase, next)));
    if (level != before) {
      tell(transition, phase, before, level);
    }
  }

  private static Level level(Settings settings, int phase, long average) {
    if (average > settings.number(attribute(1, phase, "35.0.4", 2))) {
      return Level.OVER;
    }
    return average < settings.number(attribute(1, phase, "31.0.4", 2)) ? Level.UNDER : Level.WITHIN;
  }

  private static void tell(Transition<EsmeState> transition, int phase, Level before, Level level) {
    // Codes of a meter with one phase stand before those of three.
    int column = transition.function().variant() == EsmeVariant.POLYPHASE ? phase : 0;
    switch (before) {
      case OVER -> EsmeEvents.raise(transition, OVER_NO_LONGER[column]);
      case UNDER -> EsmeEvents.raise(transition, UNDER_NO_LONGER[column]);
      case WITHIN -> {}
    }
    switch (level) {
      case OVER -> EsmeEvents.raise(transition, OVER[column]);
      case UNDER -> EsmeEvents.raise(transition, UNDER[column]);
      case WITHIN -> {}
    }
  }
}
