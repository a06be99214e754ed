// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.payment;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.meterbox.devices.cosem.CosemObjects;
import org.meterbox.devices.cosem.Reading;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.machine.CommandContext;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.dlms.AccessResult;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.Int32;
import org.meterbox.gbcs.dlms.DlmsValue.Int8;
import org.meterbox.gbcs.dlms.DlmsValue.OctetString;
import org.meterbox.gbcs.utrn.TokenCounter;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/** The objects of payment (GBCS use case tables): balances, debts, logs, tokens. */
final class PaymentObjects {
  private static final String METER_BALANCE = "0-0:19.10.0.255";
  private static final String EMERGENCY_CREDIT = "0-0:19.10.1.255";
  private static final String ACCUMULATED_DEBT = "0-0:19.10.2.255";
  private static final String PAYMENT_DEBT = "0-0:19.20.3.255";
  private static final CosemAttribute BALANCES = CosemAttribute.of(1, "0-0:94.44.34.30", 2);
  private static final CosemAttribute ENTER_TOKEN = CosemAttribute.of(115, "0-0:19.40.0.255", 1);
  private static final int TOKEN_COUNTER_SHIFT = 32;

  private PaymentObjects() {}

  static void addTo(CosemObjects<EsmeState> objects) {
    addReadings(objects);
    addLogs(objects);
    objects.acts(credit(METER_BALANCE, 1), PaymentObjects::adjust);
    objects.acts(credit(METER_BALANCE, 2), reset(account -> account.withMeterBalance(0)));
    objects.acts(credit(EMERGENCY_CREDIT, 2), reset(Account::withoutEmergencyCreditUsed));
    objects.acts(credit(ACCUMULATED_DEBT, 2), reset(Account::withoutAccumulatedDebt));
    objects.acts(credit(EMERGENCY_CREDIT, 3), PaymentObjects::activateEmergencyCredit);
    objects.attempts(ENTER_TOKEN, PaymentObjects::enterToken);
    for (int debt = 1; debt <= 2; debt++) {
      int number = debt;
      objects.acts(
          charge(debt(number), 2), (transition, value) -> activateRate(transition, number, value));
      objects.acts(
          charge(debt(number), 4),
          (transition, value) ->
              changeDebt(
                  transition,
                  value,
                  Account.of(transition.function()).timeDebt(number),
                  (account, changed) -> account.withTimeDebt(number, changed)));
    }
    objects.acts(
        charge(PAYMENT_DEBT, 4),
        (transition, value) ->
            changeDebt(
                transition,
                value,
                Account.of(transition.function()).paymentDebt(),
                Account::withPaymentDebt));
  }

  private static void addReadings(CosemObjects<EsmeState> objects) {
    reads(objects, credit(METER_BALANCE, 2), 1);
    reads(objects, credit(EMERGENCY_CREDIT, 2), 0);
    reads(objects, credit(ACCUMULATED_DEBT, 2), 5);
    reads(objects, charge(debt(1), 2), 3);
    reads(objects, charge(debt(2), 2), 4);
    reads(objects, charge(PAYMENT_DEBT, 2), 2);
    objects.reads(
        BALANCES,
        (state, _) -> {
          var accounts = PrepaymentRead.of(state.function()).values();
          return new Reading.Value(
              DlmsValue.structure(
                  accounts.get(1),
                  accounts.get(0),
                  accounts.get(5),
                  accounts.get(3),
                  accounts.get(4),
                  accounts.get(2)));
        });
  }

  /** The place is that in a snapshot of the balances. */
  private static void reads(CosemObjects<EsmeState> objects, CosemAttribute attribute, int place) {
    objects.reads(
        attribute,
        (state, _) -> new Reading.Value(PrepaymentRead.of(state.function()).values().get(place)));
  }

  private static void addLogs(CosemObjects<EsmeState> objects) {
    objects.reads(
        log("0-0:98.1.4.255"),
        (state, query) -> state.function().part(PaymentLogs.class).debtPayments().reading(query));
    objects.reads(
        log("0-0:98.1.5.255"),
        (state, query) -> state.function().part(PaymentLogs.class).credits().reading(query));
    objects.reads(
        log("0-0:98.1.8.255"),
        (state, query) ->
            new Reading.Value(
                PrepaymentRead.toValue(
                    state.function().part(PaymentLogs.class).daily().stream()
                        .filter(read -> query.covers(read.at()))
                        .toList())));
  }

  private static AccessResult adjust(Transition<EsmeState> transition, DlmsValue value) {
    if (!(value instanceof Int32(int amount))) {
      return AccessResult.TYPE_UNMATCHED;
    }
    long balance = Account.of(transition.function()).meterBalance() + amount;
    if (balance != (int) balance) {
      return AccessResult.SCOPE_OF_ACCESS_VIOLATED;
    }
    transition.updateFunction(esme -> esme.with(Account.of(esme).withMeterBalance(balance)));
    return AccessResult.SUCCESS;
  }

  /** The use case sets amounts to zero and to nothing else (ECS04b). */
  private static CosemObjects.Writer<EsmeState> reset(UnaryOperator<Account> change) {
    return (transition, value) -> {
      if (!(value instanceof Int32(int amount))) {
        return AccessResult.TYPE_UNMATCHED;
      }
      if (amount != 0) {
        return AccessResult.SCOPE_OF_ACCESS_VIOLATED;
      }
      transition.updateFunction(esme -> esme.with(change.apply(Account.of(esme))));
      return AccessResult.SUCCESS;
    };
  }

  private static AccessResult activateEmergencyCredit(
      Transition<EsmeState> transition, DlmsValue value) {
    if (!(value instanceof Int8)) {
      return AccessResult.TYPE_UNMATCHED;
    }
    return PaymentFunction.activateEmergencyCredit(transition)
        ? AccessResult.SUCCESS
        : AccessResult.OTHER_REASON;
  }

  /** Whatever is wrong with a token, the answer does not tell it to whoever tries. */
  private static AccessResult enterToken(Transition<EsmeState> transition, DlmsValue value) {
    if (!(value instanceof OctetString(Octets text))) {
      return AccessResult.TYPE_UNMATCHED;
    }
    Optional<OriginatorCounter> counter =
        transition
            .command()
            .map(CommandContext::header)
            .map(header -> header.messageId().counter())
            .filter(c -> c.value() << TOKEN_COUNTER_SHIFT == 0);
    if (counter.isEmpty()) {
      return AccessResult.OTHER_REASON;
    }
    String digits = new String(text.toArray(), StandardCharsets.US_ASCII);
    TokenResult result = TopUps.remotely(transition, digits, TokenCounter.of(counter.get()));
    return result == TokenResult.ACCEPTED ? AccessResult.SUCCESS : AccessResult.OTHER_REASON;
  }

  private static AccessResult activateRate(
      Transition<EsmeState> transition, int debt, DlmsValue value) {
    if (!(value instanceof Int8)) {
      return AccessResult.TYPE_UNMATCHED;
    }
    Optional<DlmsValue> next =
        transition.function().settings().get(PaymentSettings.debtRate(debt, false));
    next.ifPresent(rate ->
        transition.updateFunction(
            esme -> esme.withValue(PaymentSettings.debtRate(debt, true), rate)));
    return next.isPresent() ? AccessResult.SUCCESS : AccessResult.OBJECT_UNDEFINED;
  }

  private static AccessResult changeDebt(
      Transition<EsmeState> transition,
      DlmsValue value,
      long before,
      BiFunction<Account, Long, Account> change) {
    if (!(value instanceof Int32(int amount))) {
      return AccessResult.TYPE_UNMATCHED;
    }
    long debt = before + amount;
    if (debt < 0 || debt > Integer.MAX_VALUE) {
      return AccessResult.SCOPE_OF_ACCESS_VIOLATED;
    }
    transition.updateFunction(esme -> esme.with(change.apply(Account.of(esme), debt)));
    return AccessResult.SUCCESS;
  }

  private static String debt(int number) {
    return String.format(Locale.ROOT, "0-0:19.20.%d.255", number);
  }

  private static CosemAttribute credit(String object, int member) {
    return CosemAttribute.of(112, object, member);
  }

  private static CosemAttribute charge(String object, int member) {
    return CosemAttribute.of(113, object, member);
  }

  private static CosemAttribute log(String object) {
    return CosemAttribute.of(7, object, 2);
  }
}
