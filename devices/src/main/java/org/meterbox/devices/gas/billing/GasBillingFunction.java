// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.billing;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterbox.devices.gas.event.GasEvents;
import org.meterbox.devices.gas.home.GasHomeFunction;
import org.meterbox.devices.gas.register.GasLogs;
import org.meterbox.devices.gas.register.Snapshot;
import org.meterbox.devices.gas.register.Volumes;
import org.meterbox.devices.gas.state.GasFunction;
import org.meterbox.devices.gas.state.GasPartCodec;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.gbz.GbzUseCase;
import org.meterbox.devices.gbz.ZclAnswer;
import org.meterbox.devices.gbz.ZclCall;
import org.meterbox.devices.gbz.ZclInvocation;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.dlms.LogTimestamp;
import org.meterbox.gbcs.gbz.ZclCatalogue;
import org.meterbox.gbcs.gbz.ZclCommand;
import org.meterbox.gbcs.gbz.ZclFieldsBuilder;
import org.meterbox.gbcs.gbz.ZclStatus;

/**
 * Takes a snapshot of registers and balances at each midnight, and at each date of the billing
 * calendar, of which the newest is sent to the supplier (8F0A, GCS53) and which begins a new block
 * period (GCS25, GCS25a).
 */
public final class GasBillingFunction implements GasFunction {
  private static final int BILLING_DATA_LOG_UPDATED = 0x8F0A;
  private static final int PUBLISH_SNAPSHOT = 0x19;
  private static final int REPLY = 0x09;

  /** A block period that repeats. */
  private static final int REPEATING = 0x02;

  @Override
  public List<GasPartCodec<?>> parts() {
    return List.of(BillingPeriod.CODEC);
  }

  @Override
  public Map<String, GbzUseCase<GsmeState>> useCases() {
    GbzUseCase<GsmeState> calendar =
        GbzUseCase.of(
                ZclInvocation.<GsmeState>of(
                        "Publish Billing Period", GasBillingFunction::setBillingPeriod)
                    .only("Tariff Type", 0))
            .then(
                ZclInvocation.<GsmeState>of(
                        "Publish Block Period", GasBillingFunction::setBlockPeriod)
                    .only("Block Period Control", REPEATING)
                    .only("Tariff Type", 0)
                    .only("Tariff Resolution Period", 1));
    return Map.of("GCS25", calendar, "GCS25a", calendar);
  }

  private static ZclAnswer setBillingPeriod(Transition<GsmeState> transition, ZclCall call) {
    long duration = call.number("Billing Period Duration");
    long type = call.number("Billing Period Duration Type");
    if (!BillingPeriod.isValid(duration, type)) {
      return ZclAnswer.refused(ZclStatus.INVALID_VALUE);
    }
    BillingPeriod period =
        new BillingPeriod(
                call.number("Issuer Event Id"),
                Optional.of(new LogTimestamp(call.number("Billing Period Start Time")).instant()),
                (int) duration,
                (int) type,
                Optional.empty())
            .lookedUp(transition.now());
    transition.updateFunction(gsme -> gsme.with(period));
    return ZclAnswer.done();
  }

  /** Blocks begin again with each billing period, and at no other time. */
  private static ZclAnswer setBlockPeriod(Transition<GsmeState> transition, ZclCall call) {
    BillingPeriod period = BillingPeriod.of(transition.function());
    boolean same =
        call.number("Block Period Duration") == period.duration()
            && call.number("Block Period Duration Type") == period.durationType()
            && period
                .start()
                .filter(start ->
                    LogTimestamp.of(start).seconds() == call.number("Block Period Start Time"))
                .isPresent();
    return same ? ZclAnswer.done() : ZclAnswer.refused(ZclStatus.INVALID_VALUE);
  }

  /** The answer with a meter's billing calendar (GCS21d, GCS21k). */
  public static ZclAnswer publish(GsmeState gsme, ZclCall call) {
    BillingPeriod period = BillingPeriod.of(gsme);
    if (period.start().isEmpty()) {
      return ZclAnswer.nothing();
    }
    return new ZclAnswer.Frames(
        List.of(
            call.answer(
                REPLY,
                "Publish Billing Period",
                fields ->
                    fields
                        .number("Provider Id", 0)
                        .number("Issuer Event Id", period.issuerEvent())
                        .number(
                            "Billing Period Start Time",
                            LogTimestamp.of(period.start().get()).seconds())
                        .number("Billing Period Duration", period.duration())
                        .number("Billing Period Duration Type", period.durationType())
                        .number("Tariff Type", 0))));
  }

  @Override
  public Instant next(GsmeState state, Instant after) {
    Instant next = BillingPeriod.of(state).next().orElse(Instant.MAX);
    return next.isAfter(after) ? next : after.plusSeconds(1);
  }

  @Override
  public void due(Transition<GsmeState> transition) {
    Instant now = transition.now();
    List<Snapshot> daily = GasLogs.of(transition.function()).daily();
    boolean taken = !daily.isEmpty() && !daily.getLast().at().isBefore(now);
    if (GasHomeFunction.isMidnight(now) && !taken) {
      GasLogs.takeSnapshot(transition, Snapshot.GENERAL);
    }
    BillingPeriod period = BillingPeriod.of(transition.function());
    if (period.next().filter(at -> !at.isAfter(now)).isPresent()) {
      bill(transition);
      transition.updateFunction(gsme -> gsme.with(period.lookedUp(now)));
    }
  }

  private static void bill(Transition<GsmeState> transition) {
    GasLogs.takeSnapshot(transition, Snapshot.END_OF_BILLING_PERIOD);
    Snapshot newest = GasLogs.of(transition.function()).billing().getLast();
    ZclCommand command = ZclCatalogue.command("Publish Snapshot");
    ZclFieldsBuilder fields = command.fields();
    newest.publish(fields, 1);
    GasEvents.raiseBilling(
        transition, BILLING_DATA_LOG_UPDATED, command.frame(PUBLISH_SNAPSHOT, 0, fields.build()));
    transition.updateFunction(gsme -> gsme.with(Volumes.of(gsme).withoutBlocks()));
  }
}
