// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.payment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.meterbox.devices.esme.log.SampleLog;
import org.meterbox.devices.esme.state.EsmePart;
import org.meterbox.devices.esme.state.Manufacture;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * What was paid, and how the balances stood at midnight (SMETS 5.7.5.10, 5.7.5.26).
 *
 * @param daily balances at the last 31 midnights UTC, oldest first
 * @param credits the last 5 payments, in thousandths of a penny
 * @param debtPayments the last 10 recoveries of payment debt, in thousandths of a penny
 */
public record PaymentLogs(List<PrepaymentRead> daily, SampleLog credits, SampleLog debtPayments)
    implements EsmePart {
  static final PartCodec<PaymentLogs> CODEC = new Codec();
  static final int DAYS = 31;
  static final int CREDITS = 5;
  static final int DEBT_PAYMENTS = 10;

  /** Copies the list. */
  public PaymentLogs {
    daily = List.copyOf(daily);
  }

  PaymentLogs withDay(PrepaymentRead read) {
    List<PrepaymentRead> longer = new ArrayList<>(daily);
    longer.add(read);
    return new PaymentLogs(
        longer.subList(Math.max(0, longer.size() - DAYS), longer.size()), credits, debtPayments);
  }

  PaymentLogs withCredit(Instant at, long amount) {
    return new PaymentLogs(daily, credits.with(at, amount), debtPayments);
  }

  PaymentLogs withDebtPayment(Instant at, long amount) {
    return new PaymentLogs(daily, credits, debtPayments.with(at, amount));
  }

  private static final class Codec implements PartCodec<PaymentLogs> {
    @Override
    public Class<PaymentLogs> type() {
      return PaymentLogs.class;
    }

    @Override
    public PaymentLogs manufactured(Manufacture manufacture) {
      return new PaymentLogs(
          List.of(), SampleLog.empty(1, CREDITS), SampleLog.empty(1, DEBT_PAYMENTS));
    }

    @Override
    public void write(PaymentLogs logs, OctetWriter image) {
      image.u8(logs.daily().size());
      logs.daily().forEach(read -> read.write(image));
      logs.credits().write(image);
      logs.debtPayments().write(image);
    }

    @Override
    public PaymentLogs read(OctetReader image) throws DecodeException {
      List<PrepaymentRead> daily = new ArrayList<>();
      for (int left = image.u8(); left > 0; left--) {
        daily.add(PrepaymentRead.read(image));
      }
      return new PaymentLogs(
          daily, SampleLog.read(1, CREDITS, image), SampleLog.read(1, DEBT_PAYMENTS, image));
    }
  }
}
