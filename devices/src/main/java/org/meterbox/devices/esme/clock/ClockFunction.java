// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.clock;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.meterbox.devices.cosem.CosemObjects;
import org.meterbox.devices.cosem.Reading;
import org.meterbox.devices.esme.clock.ClockState.Status;
import org.meterbox.devices.esme.event.EsmeEvents;
import org.meterbox.devices.esme.state.EsmeFunction;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.esme.state.ProductSetting;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.dlms.AccessResult;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.dlms.DlmsValue;

/**
 * The clock (class 8). Setting it names a span of time; where the hub's time lies in it, the meter
 * believes the hub.
 */
public final class ClockFunction implements EsmeFunction {
  private static final String CLOCK = "0-0:1.0.0.255";
  private static final CosemAttribute TIME = CosemAttribute.of(8, CLOCK, 2);
  private static final CosemAttribute STATUS = CosemAttribute.of(8, CLOCK, 4);
  private static final CosemAttribute CLOCK_BASE = CosemAttribute.of(8, CLOCK, 9);
  private static final CosemAttribute ADJUST_TO_PRESET = CosemAttribute.of(8, CLOCK, 4);
  private static final CosemAttribute PRESET = CosemAttribute.of(8, CLOCK, 5);

  private static final DlmsValue RADIO_CONTROLLED = new DlmsValue.Enumerated(5);
  private static final int NOT_ADJUSTED = 0x81C6;

  /** The clock was wrong by little and is right again. */
  private static final int ADJUSTED = 0x8145;

  /** The clock is wrong by more than the meter corrects by itself. */
  private static final int TOO_WRONG = 0x8F0C;

  /** The clock is set for the first time: the meter is commissioned. */
  private static final int COMMISSIONED = 0x8F69;

  @Override
  public List<PartCodec<?>> parts() {
    return List.of(ClockState.CODEC, ClockDrift.CODEC);
  }

  @Override
  public List<String> useCases() {
    return List.of("ECS70");
  }

  @Override
  public void addTo(CosemObjects<EsmeState> objects) {
    objects.reads(
        TIME,
        (state, query) ->
            new Reading.Value(DlmsDateTime.of(shown(state.function(), query.now())).toValue()));
    objects.reads(
        STATUS,
        (state, _) ->
            new Reading.Value(
                new DlmsValue.UInt8(state.function().part(ClockState.class).status().number())));
    objects.writes(CLOCK_BASE, ClockFunction::setBase);
    objects.acts(PRESET, ClockFunction::preset);
    objects.acts(ADJUST_TO_PRESET, ClockFunction::adjust);
  }

  /** The time that a meter's clock shows, at a true time. */
  public static Instant shown(EsmeState esme, Instant now) {
    return now.plusSeconds(ClockDrift.of(esme).seconds());
  }

  /**
   * The clock goes wrong by some seconds, and is compared with the hub's at the next check.
   *
   * @param seconds above zero where it is fast then
   */
  public static void drift(Transition<EsmeState> transition, long seconds) {
    Instant check = nextCheck(transition.function(), transition.now());
    transition.updateFunction(esme -> esme.with(new ClockDrift(seconds, Optional.of(check))));
  }

  private static Instant nextCheck(EsmeState esme, Instant now) {
    long period = Math.max(1, ProductSetting.CLOCK_CHECK_PERIOD.of(esme.settings()));
    return Instant.ofEpochSecond((Math.floorDiv(now.getEpochSecond(), period) + 1) * period);
  }

  @Override
  public Instant next(EsmeState state, Instant after) {
    Instant check = ClockDrift.of(state).nextCheck().orElse(Instant.MAX);
    return check.isAfter(after) ? check : after.plusSeconds(1);
  }

  /** A small difference is corrected and a large one told, once for each time that it appears. */
  @Override
  public void due(Transition<EsmeState> transition) {
    ClockDrift drift = ClockDrift.of(transition.function());
    if (drift.nextCheck().filter(at -> !at.isAfter(transition.now())).isEmpty()) {
      return;
    }
    long correctable = ProductSetting.CLOCK_ADJUSTMENT_MAX.of(transition.function().settings());
    boolean small = Math.abs(drift.seconds()) <= correctable;
    ClockDrift after = small ? ClockDrift.NONE : new ClockDrift(drift.seconds(), Optional.empty());
    transition.updateFunction(esme -> esme.with(after));
    if (drift.seconds() != 0) {
      EsmeEvents.raise(transition, small ? ADJUSTED : TOO_WRONG);
    }
  }

  /** The clock's base is the hub's time and nothing else. */
  private static AccessResult setBase(Transition<EsmeState> transition, DlmsValue base) {
    return base.equals(RADIO_CONTROLLED)
        ? AccessResult.SUCCESS
        : AccessResult.SCOPE_OF_ACCESS_VIOLATED;
  }

  /** {preset time, which GBCS leaves at "never", start and end of the span}. */
  private static AccessResult preset(Transition<EsmeState> transition, DlmsValue span) {
    if (span instanceof DlmsValue.Structure(List<DlmsValue> parts) && parts.size() == 3) {
      Optional<Instant> from = DlmsDateTime.of(parts.get(1)).flatMap(DlmsDateTime::instant);
      Optional<Instant> to = DlmsDateTime.of(parts.get(2)).flatMap(DlmsDateTime::instant);
      if (from.isPresent() && to.isPresent() && !to.get().isBefore(from.get())) {
        transition.updateFunction(esme -> {
          Status status = esme.part(ClockState.class).status();
          return esme.with(new ClockState(status, from.get(), to.get()));
        });
        return AccessResult.SUCCESS;
      }
    }
    return AccessResult.TYPE_UNMATCHED;
  }

  /** Done either way; the status that is read next tells what came of it. */
  private static AccessResult adjust(Transition<EsmeState> transition, DlmsValue data) {
    ClockState clock = transition.function().part(ClockState.class);
    boolean believed = clock.covers(transition.now());
    Status status = believed ? Status.RELIABLE : Status.UNRELIABLE;
    transition.updateFunction(esme -> {
      EsmeState changed = esme.with(clock.withStatus(status));
      return believed ? changed.with(ClockDrift.NONE) : changed;
    });
    if (!believed) {
      EsmeEvents.raise(transition, NOT_ADJUSTED);
    } else if (clock.status() == Status.INVALID) {
      EsmeEvents.raise(transition, COMMISSIONED);
    }
    return AccessResult.SUCCESS;
  }
}
