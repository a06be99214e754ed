// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.outage;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.meterbox.devices.esme.event.EsmeEvents;
import org.meterbox.devices.esme.home.Home;
import org.meterbox.devices.esme.home.Mains;
import org.meterbox.devices.esme.integrity.IntegrityFunction;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.envelope.MessageCode;

/**
 * Losses of supply. When the supply goes, the meter still notes when; when it comes back, it tells
 * the network operator how long it was away (GBCS ECS80). On a meter of three phases each phase is
 * told by itself, and the loss of all of them like that of a meter of one.
 */
public final class OutageFunction {
  /** From this length on an outage has a code of its own (GBCS alert codes 8F36 to 8F3C). */
  private static final Duration LONG_OUTAGE = Duration.ofMinutes(3);

  private static final int INTERRUPTED = 0x8F57;
  private static final int RESTORED = 0x8F35;
  private static final int CODES_OF_ONE_PHASE = 2;
  private static final MessageCode RESTORE_ALERT = new MessageCode(0x0067);

  private OutageFunction() {}

  /** The network supplies nothing any more; once. */
  public static void lost(Transition<EsmeState> transition) {
    Instant now = transition.now();
    if (transition.function().part(Home.class).outage().isPresent()) {
      return;
    }
    EsmeEvents.raise(transition, INTERRUPTED);
    transition.updateFunction(
        esme -> esme.with(esme.part(Home.class).withOutage(Optional.of(now))));
  }

  /** The network supplies again, and the meter switches itself on. */
  public static void restored(Transition<EsmeState> transition) {
    Optional<Instant> since = transition.function().part(Home.class).outage();
    if (since.isEmpty()) {
      return;
    }
    transition.updateFunction(
        esme -> esme.with(esme.part(Home.class).withOutage(Optional.empty())));
    tell(transition, 0, since.get());
    IntegrityFunction.poweredUp(transition);
  }

  /**
   * One phase goes dead; once.
   *
   * @param phase 1 to 3, of a meter of three phases
   */
  public static void phaseLost(Transition<EsmeState> transition, int phase) {
    Instant now = transition.now();
    if (Mains.of(transition.function()).phases().get(phase - 1).lost().isPresent()) {
      return;
    }
    EsmeEvents.raise(transition, INTERRUPTED + phase);
    transition.updateFunction(esme -> esme.with(Mains.of(esme).withLost(phase, Optional.of(now))));
  }

  /** One phase, 1 to 3, is alive again. */
  public static void phaseRestored(Transition<EsmeState> transition, int phase) {
    Optional<Instant> since = Mains.of(transition.function()).phases().get(phase - 1).lost();
    if (since.isPresent()) {
      transition.updateFunction(
          esme -> esme.with(Mains.of(esme).withLost(phase, Optional.empty())));
      tell(transition, phase, since.get());
    }
  }

  private static void tell(Transition<EsmeState> transition, int phase, Instant since) {
    Instant now = transition.now();
    boolean isLong = Duration.between(since, now).compareTo(LONG_OUTAGE) >= 0;
    int code = RESTORED + CODES_OF_ONE_PHASE * phase + (isLong ? 1 : 0);
    EsmeEvents.raise(
        transition,
        code,
        RESTORE_ALERT,
        DlmsDateTime.of(since).toValue(),
        DlmsDateTime.of(now).toValue());
  }
}
