// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.util.List;
import org.meterbox.correlate.expectation.Data;
import org.meterbox.correlate.expectation.DlmsCommand;
import org.meterbox.correlate.expectation.Expectation;
import org.meterbox.correlate.expectation.GbzCommand;
import org.meterbox.correlate.expectation.Requested;
import org.meterbox.correlate.expectation.ZclFields;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;

/** Debts and how they are recovered: 2.3 (GBCS ECS07, GCS04). */
final class DebtRequests {
  private static final int PREPAYMENT = 0x0705;
  private static final int TO_SERVER = 0x01;
  private static final int SECONDS_PER_HOUR = 3_600;
  private static final int SECONDS_PER_DAY = 86_400;
  private static final int MAX_PER_PAYMENT = 10_000;
  private static final DlmsValue NO_DATA = new DlmsValue.Int8(0);

  /** How a gas meter recovers a debt: by time or by payment. */
  private record GasDebt(String name, int recoveryMethod, int amountType) {}

  private static final GasDebt TIME_DEBT_1 = new GasDebt("time debt 1", 0, 1);
  private static final GasDebt TIME_DEBT_2 = new GasDebt("time debt 2", 0, 3);
  private static final GasDebt PAYMENT_DEBT = new GasDebt("payment debt", 1, 5);

  private DebtRequests() {}

  static List<Expectation> debt(OriginalRequest request) throws ElementException {
    return request.body().has("ElecDebtRecovery1")
        ? List.of(electricity(request))
        : List.of(gas(request.body()));
  }

  private static Expectation electricity(OriginalRequest request) throws ElementException {
    XmlElement body = request.body();
    XmlElement first = body.child("ElecDebtRecovery1");
    XmlElement second = body.child("ElecDebtRecovery2");
    Data start = Data.prescribed("begin to recover", NO_DATA);
    return Expectation.of(
        0x001E,
        new DlmsCommand(request.requestId().counter())
            .set(CosemAttribute.of(113, "0-0:19.20.1.255", 6), "rate of time debt 1", rate(first))
            .set(CosemAttribute.of(113, "0-0:19.20.2.255", 6), "rate of time debt 2", rate(second))
            .set(
                CosemAttribute.of(113, "0-0:19.20.3.255", 13),
                "part of each payment",
                perPayment(body))
            .set(
                CosemAttribute.of(113, "0-0:19.20.1.255", 8),
                "period of time debt 1",
                period(first))
            .set(
                CosemAttribute.of(113, "0-0:19.20.2.255", 8),
                "period of time debt 2",
                period(second))
            .action(CosemAttribute.of(113, "0-0:19.20.1.255", 2), "begin with time debt 1", start)
            .action(CosemAttribute.of(113, "0-0:19.20.2.255", 2), "begin with time debt 2", start)
            .action(
                CosemAttribute.of(113, "0-0:19.20.3.255", 4),
                "payment debt",
                Data.int32(body.child("PaymentDebtRegister")))
            .action(
                CosemAttribute.of(113, "0-0:19.20.1.255", 4),
                "time debt 1",
                Data.int32(body.child("TimeDebtRegister1")))
            .action(
                CosemAttribute.of(113, "0-0:19.20.2.255", 4),
                "time debt 2",
                Data.int32(body.child("TimeDebtRegister2")))
            .payload());
  }

  private static Data rate(XmlElement recovery) throws ElementException {
    return ElectricityPrices.chargeTable(
        recovery.child("DebtRecoveryRatePriceScale"),
        recovery.child("DebtRecoveryRate"),
        recovery.localName());
  }

  private static Data perPayment(XmlElement body) throws ElementException {
    XmlElement element = body.child("DebtRecoveryPerPayment");
    long value = Requested.within(element, 0, MAX_PER_PAYMENT);
    return Data.requested(element, new DlmsValue.UInt16((int) value));
  }

  private static Data period(XmlElement recovery) throws ElementException {
    XmlElement element = recovery.child("DebtRecoveryRatePeriod");
    int seconds =
        switch (element.token()) {
          case "HOURLY" -> SECONDS_PER_HOUR;
          case "DAILY" -> SECONDS_PER_DAY;
          default -> throw element.fault("is neither HOURLY nor DAILY");
        };
    return Data.requested(element, new DlmsValue.UInt32(seconds));
  }

  private static Expectation gas(XmlElement body) throws ElementException {
    GbzCommand command = new GbzCommand();
    addTimeDebt(
        command, TIME_DEBT_1, body.child("TimeDebtRegister1"), body.child("GasDebtRecovery1"));
    addTimeDebt(
        command, TIME_DEBT_2, body.child("TimeDebtRegister2"), body.child("GasDebtRecovery2"));
    XmlElement perPayment = body.child("DebtRecoveryPerPayment");
    ZclFields fields =
        head(PAYMENT_DEBT, body.child("PaymentDebtRegister"))
            .prescribed("Debt Recovery Frequency of payments", 1, 1)
            .prescribed("Debt Recovery Amount of payments", 0, 4)
            .unsigned(perPayment, Requested.within(perPayment, 0, MAX_PER_PAYMENT), 2);
    changeDebt(command, PAYMENT_DEBT, fields);
    return Expectation.of(0x006E, command.payload());
  }

  private static void addTimeDebt(
      GbzCommand command, GasDebt debt, XmlElement amount, XmlElement recovery)
      throws ElementException {
    XmlElement period = recovery.child("DebtRecoveryRatePeriod");
    ZclFields fields =
        head(debt, amount)
            .unsigned(period, frequency(period), 1)
            .signed32(recovery.child("DebtRecoveryRate"))
            .prescribed("Debt Recovery Balance Percentage of a time debt", 0, 2);
    changeDebt(command, debt, fields);
  }

  private static int frequency(XmlElement period) throws ElementException {
    return switch (period.token()) {
      case "HOURLY" -> 0;
      case "DAILY" -> 1;
      default -> throw period.fault("is neither HOURLY nor DAILY");
    };
  }

  private static ZclFields head(GasDebt debt, XmlElement amount) throws ElementException {
    return new ZclFields()
        .senderTime("Issuer Event Id")
        .prescribed("Debt Label", 0, 1)
        .signed32(amount)
        .prescribed("Debt Recovery Method", debt.recoveryMethod(), 1)
        .prescribed("Debt Amount Type", debt.amountType(), 1)
        .prescribed("Debt Recovery Start Time", 0, 4)
        .prescribed("Debt Recovery Collection Time", 0, 2);
  }

  private static void changeDebt(GbzCommand command, GasDebt debt, ZclFields fields) {
    command.command("Change Debt of the " + debt.name(), PREPAYMENT, TO_SERVER, 0x02, fields);
  }
}
