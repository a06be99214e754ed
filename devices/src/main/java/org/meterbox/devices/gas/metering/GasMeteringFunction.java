// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.metering;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.meterbox.devices.gas.home.GasHomeFunction;
import org.meterbox.devices.gas.register.Energy;
import org.meterbox.devices.gas.register.GasAccount;
import org.meterbox.devices.gas.register.GasLogs;
import org.meterbox.devices.gas.register.Volumes;
import org.meterbox.devices.gas.state.GasFunction;
import org.meterbox.devices.gas.state.GasPartCodec;
import org.meterbox.devices.gas.state.GasSettings;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.gas.tariff.GasTariff;
import org.meterbox.devices.gas.valve.GasFlow;
import org.meterbox.devices.gbz.GbzUseCase;
import org.meterbox.devices.gbz.ZclAnswer;
import org.meterbox.devices.gbz.ZclCall;
import org.meterbox.devices.gbz.ZclInvocation;
import org.meterbox.devices.machine.Transition;

/** Counts gas, and writes each half hour and each midnight what has been counted. */
public final class GasMeteringFunction implements GasFunction {
  private static final int NETWORK_LOG_ID = 2;
  private static final int REPLY = 0x09;

  @Override
  public List<GasPartCodec<?>> parts() {
    return List.of(Volumes.CODEC, GasLogs.CODEC, NetworkLog.CODEC);
  }

  @Override
  public Map<String, GbzUseCase<GsmeState>> useCases() {
    return Map.of(
        "GCS31",
        GbzUseCase.of(
            ZclInvocation.<GsmeState>of("Start Sampling", GasMeteringFunction::startSampling)
                .only("Start Sampling Time", 0)
                .only("Sample Type", 0)
                .only("Sample Request Interval", NetworkLog.INTERVAL.toSeconds())
                .only("Max Number of Samples", NetworkLog.SAMPLES)));
  }

  private static ZclAnswer startSampling(Transition<GsmeState> transition, ZclCall call) {
    transition.updateFunction(
        gsme -> gsme.with(NetworkLog.started(transition.now(), Volumes.of(gsme).litres())));
    return new ZclAnswer.Frames(
        List.of(
            call.answer(
                REPLY,
                "Start Sampling Response",
                fields -> fields.number("Sample Id", NETWORK_LOG_ID))));
  }

  @Override
  public Instant next(GsmeState state, Instant after) {
    Instant next = NetworkLog.of(state).next().orElse(Instant.MAX);
    return next.isAfter(after) ? next : after.plusSeconds(1);
  }

  @Override
  public void elapse(Transition<GsmeState> transition, Instant until) {
    int flow = GasFlow.at(transition.function(), transition.now());
    if (flow == 0) {
      return;
    }
    long seconds = until.getEpochSecond() - transition.now().getEpochSecond();
    Volumes before = Volumes.of(transition.function());
    Volumes moved = before.flowed(flow * seconds);
    transition.updateFunction(gsme -> gsme.with(moved));
    long litres = moved.litres() - before.litres();
    if (litres > 0) {
      count(transition, litres);
    }
  }

  private static void count(Transition<GsmeState> transition, long litres) {
    GasTariff tariff = GasTariff.of(transition.function());
    int tier = tariff.tierAt(transition.now());
    long energy = Energy.ofLitre(GasSettings.of(transition.function()));
    if (tier > 0) {
      transition.updateFunction(gsme -> gsme.with(Volumes.of(gsme).countedInTier(tier, litres)));
      GasAccount.charge(transition, litres * energy, tariff.tierPrice(tier));
      return;
    }
    long left = litres;
    while (left > 0) {
      Volumes volumes = Volumes.of(transition.function());
      int block = tariff.blockAt(volumes.blockEnergy());
      long piece = Math.min(left, tariff.litresLeft(block, volumes.blockEnergy(), energy));
      transition.updateFunction(
          gsme -> gsme.with(Volumes.of(gsme).countedInBlock(block, piece, piece * energy)));
      GasAccount.charge(transition, piece * energy, tariff.blockPrice(block));
      left -= piece;
    }
  }

  @Override
  public void due(Transition<GsmeState> transition) {
    Instant now = transition.now();
    sample(transition, now);
    if (GasHomeFunction.isHalfHour(now)) {
      transition.updateFunction(
          gsme -> gsme.with(GasLogs.of(gsme).atHalfHour(Volumes.of(gsme).litres(), now)));
    }
  }

  private static void sample(Transition<GsmeState> transition, Instant now) {
    if (NetworkLog.of(transition.function()).next().filter(at -> !at.isAfter(now)).isPresent()) {
      transition.updateFunction(
          gsme -> gsme.with(NetworkLog.of(gsme).sampled(now, Volumes.of(gsme).litres())));
    }
  }
}
