// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.reading;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.meterbox.devices.esme.log.SampleLog;
import org.meterbox.devices.gas.payment.GasTokens;
import org.meterbox.devices.gas.payment.GasTokens.TopUp;
import org.meterbox.devices.gbz.ZclAnswer;
import org.meterbox.devices.gbz.ZclCall;
import org.meterbox.devices.gbz.ZclInvocation;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.gbcs.dlms.LogTimestamp;

/**
 * Answers Get Top Up Log and Get Debt Repayment Log.
 *
 * @param <F> the state of the device's function
 */
record PaymentLogReads<F>(GasView<F> view) {
  private static final int PUBLISH = 0x19;
  private static final int PAYMENT_BASED = 2;

  /** The top-ups of a span, the newest first. */
  ZclInvocation<F> topUps() {
    return ZclInvocation.<F>of(
            "Get Top Up Log", (transition, call) -> topUps(transition.state(), call))
        .withFromDateTime();
  }

  private ZclAnswer topUps(DeviceState<F> state, ZclCall call) {
    List<TopUp> found =
        view.meter(state).stream()
            .flatMap(meter -> GasTokens.of(meter).topUps().reversed().stream())
            .filter(topUp -> isAskedFor(topUp.at(), call))
            .limit(call.number("Number of Records"))
            .toList();
    return found.isEmpty()
        ? ZclAnswer.nothing()
        : new ZclAnswer.Frames(
            List.of(
                call.answer(
                    PUBLISH,
                    "Publish Top Up Log",
                    fields ->
                        fields
                            .number("Command Index", 0)
                            .number("Total Number of Commands", 1)
                            .rows(
                                "Top Ups",
                                found,
                                (row, topUp) ->
                                    row.octets("Top Up Code", topUp.code())
                                        .number("Top Up Amount", topUp.amount())
                                        .number(
                                            "Top Up Time",
                                            LogTimestamp.of(topUp.at()).seconds())))));
  }

  /** The recoveries of payment-based debt of a span, the oldest first. */
  ZclInvocation<F> debtPayments() {
    return ZclInvocation.<F>of(
            "Get Debt Repayment Log",
            (transition, call) ->
                view.meter(transition.state())
                    .map(meter -> debtPayments(GasTokens.of(meter).debtPayments(), call))
                    .orElse(ZclAnswer.nothing()))
        .withFromDateTime()
        .only("Debt Type", PAYMENT_BASED);
  }

  private static ZclAnswer debtPayments(SampleLog log, ZclCall call) {
    List<Integer> found =
        IntStream.range(0, log.size())
            .filter(entry -> isAskedFor(log.at(entry), call))
            .limit(call.number("Number of Debts"))
            .boxed()
            .toList();
    return found.isEmpty()
        ? ZclAnswer.nothing()
        : new ZclAnswer.Sensitive(
            List.of(
                call.answer(
                    PUBLISH,
                    "Publish Debt Log",
                    fields ->
                        fields
                            .number("Command Index", 0)
                            .number("Total Number of Commands", 1)
                            .rows(
                                "Repayments",
                                found,
                                (row, entry) ->
                                    row.number(
                                            "Collection Time",
                                            LogTimestamp.of(log.at(entry)).seconds())
                                        .number("Amount Collected", log.number(entry, 0))
                                        .number("Debt Type", PAYMENT_BASED)
                                        .number("Outstanding Debt", log.number(entry, 1))))));
  }

  private static boolean isAskedFor(Instant at, ZclCall call) {
    Instant from = new LogTimestamp(call.from().orElse(0)).instant();
    Instant to = new LogTimestamp(call.number("Latest End Time")).instant();
    return !at.isBefore(from) && !at.isAfter(to);
  }
}
