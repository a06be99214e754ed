// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.payment;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.devices.esme.event.EsmeEvents;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.machine.Transition;
import org.meterbox.devices.security.KeyUse;
import org.meterbox.devices.security.PartyCertificate;
import org.meterbox.devices.security.TrustAnchorCell;
import org.meterbox.gbcs.utrn.TokenCounter;
import org.meterbox.gbcs.utrn.TokenHistory;
import org.meterbox.gbcs.utrn.TokenHistory.Outcome.Accepted;
import org.meterbox.gbcs.utrn.TokenHistory.Outcome.Duplicate;
import org.meterbox.gbcs.utrn.TokenHistory.Outcome.NotAuthentic;
import org.meterbox.gbcs.utrn.TokenHistory.Outcome.TooOld;
import org.meterbox.gbcs.utrn.Utrn;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;

/**
 * Takes prepayment tokens: checks form, proof, whether the token was taken before, and the limits
 * of one credit and of the balance; then credits it (SRV 2.2, and the meter's keypad). A token that
 * is refused for a limit can be entered again later.
 */
final class TopUps {
  private static final int CREDIT_ADDED_LOCALLY = 0x810E;
  private static final int PAYMENT_DEBT_PAID = 0x81A9;
  private static final int MANUAL_ENTRY_SUSPENDED = 0x81C4;
  private static final int REJECTED_AS_LOCKED_OUT = 0x81C5;
  private static final int ABOVE_MAXIMUM_BALANCE = 0x8F47;
  private static final int DUPLICATE = 0x8F51;
  private static final int ABOVE_MAXIMUM_CREDIT = 0x8F5B;
  private static final int NOT_AUTHENTIC = 0x8F63;
  private static final int NOT_FOR_THIS_DEVICE = 0x8F64;

  /** Thousandths of a penny in a penny. */
  private static final long PENNY = 1_000;

  private static final TrustAnchorCell TOP_UP_KEY =
      new TrustAnchorCell(
          RemotePartyRole.SUPPLIER,
          KeyUse.KEY_AGREEMENT,
          TrustAnchorCell.Purpose.PREPAYMENT_TOP_UP);

  private TopUps() {}

  /** A token that a command brought, with the counter of the command. */
  static TokenResult remotely(
      Transition<EsmeState> transition, String digits, TokenCounter counter) {
    return take(transition, digits, (history, _, proof) -> history.judge(counter, proof));
  }

  /** A token that somebody typed in, here or at a PPMID. */
  static TokenResult byHand(Transition<EsmeState> transition, String digits) {
    Instant now = transition.now();
    if (transition.function().part(TokenEntry.class).isSuspended(now)) {
      EsmeEvents.raise(transition, REJECTED_AS_LOCKED_OUT);
      return TokenResult.ENTRY_SUSPENDED;
    }
    TokenResult result = take(transition, digits, TokenHistory::judge);
    switch (result) {
      case ACCEPTED -> {
        transition.updateFunction(
            esme -> esme.with(esme.part(TokenEntry.class).withoutWrongEntries()));
        EsmeEvents.raise(transition, CREDIT_ADDED_LOCALLY);
      }
      case NOT_AUTHENTIC, NOT_FOR_THIS_DEVICE -> countWrongEntry(transition);
      case NO_TOKEN,
          ENTRY_SUSPENDED,
          ALREADY_TAKEN,
          ABOVE_MAXIMUM_CREDIT,
          ABOVE_MAXIMUM_BALANCE,
          NOT_IN_PREPAYMENT_MODE -> {}
    }
    return result;
  }

  private static void countWrongEntry(Transition<EsmeState> transition) {
    Instant now = transition.now();
    transition.updateFunction(esme ->
        esme.with(
            esme.part(TokenEntry.class).withWrongEntry(now, EntrySuspension.of(esme.settings()))));
    if (transition.function().part(TokenEntry.class).isSuspended(now)) {
      EsmeEvents.raise(transition, MANUAL_ENTRY_SUSPENDED);
    }
  }

  /** How the token's counter is found. */
  private interface CounterCheck {
    TokenHistory.Outcome judge(TokenHistory history, Utrn token, Predicate<TokenCounter> authentic);
  }

  private static TokenResult take(
      Transition<EsmeState> transition, String digits, CounterCheck check) {
    if (!PaymentSettings.of(transition.function()).isPrepayment()) {
      return TokenResult.NOT_IN_PREPAYMENT_MODE;
    }
    Optional<Utrn.Fault> fault = Utrn.faultOf(digits);
    if (fault.isPresent()) {
      return switch (fault.get()) {
        // A slip of the finger, which the check digit is there to find.
        case FORM, CHECK_DIGIT -> TokenResult.NO_TOKEN;
        // A token of another kind of meter.
        case RANGE -> refuse(transition, NOT_FOR_THIS_DEVICE, TokenResult.NOT_FOR_THIS_DEVICE);
      };
    }
    Utrn token = new Utrn(digits);
    Optional<PartyCertificate> issuer = transition.state().anchors().in(TOP_UP_KEY);
    if (issuer.isEmpty() || issuer.get().subject().isEmpty()) {
      return refuse(transition, NOT_AUTHENTIC, TokenResult.NOT_AUTHENTIC);
    }
    Eui64 supplier = issuer.get().subject().get();
    Eui64 meter = transition.state().id();
    SharedSecret secret = transition.state().keys().secrets().with(issuer.get().key());
    TokenEntry entry =
        transition
            .function()
            .part(TokenEntry.class)
            .forIssuer(supplier, TokenEntry.floor(transition.state().credentials().topUpFloor()));
    TokenHistory.Outcome outcome =
        check.judge(
            entry.history(), token, counter -> token.isAuthentic(secret, supplier, meter, counter));
    return switch (outcome) {
      case NotAuthentic _ -> refuse(transition, NOT_AUTHENTIC, TokenResult.NOT_AUTHENTIC);
      case Duplicate _, TooOld _ -> refuse(transition, DUPLICATE, TokenResult.ALREADY_TAKEN);
      case Accepted(TokenCounter _, TokenHistory next) ->
          credit(transition, token.value().pence() * PENNY, entry.withHistory(next));
    };
  }

  private static TokenResult refuse(
      Transition<EsmeState> transition, int code, TokenResult result) {
    EsmeEvents.raise(transition, code);
    return result;
  }

  /** The token counts as taken in the same change of state that adds the credit. */
  private static TokenResult credit(
      Transition<EsmeState> transition, long amount, TokenEntry taken) {
    Instant now = transition.now();
    EsmeState esme = transition.function();
    PaymentSettings settings = PaymentSettings.of(esme);
    Account account = Account.of(esme);
    if (amount > settings.maximumCredit()) {
      return refuse(transition, ABOVE_MAXIMUM_CREDIT, TokenResult.ABOVE_MAXIMUM_CREDIT);
    }
    if (account.meterBalance() + amount > settings.maximumBalance()) {
      return refuse(transition, ABOVE_MAXIMUM_BALANCE, TokenResult.ABOVE_MAXIMUM_BALANCE);
    }
    ChargeProgress progress = esme.part(ChargeProgress.class);
    Account.TopUp topUp = account.toppedUp(amount, progress.capLeft(settings, now), settings);
    PaymentLogs logs = esme.part(PaymentLogs.class).withCredit(now, amount);
    long recovered = topUp.toPaymentDebt();
    PaymentLogs withDebt = recovered > 0 ? logs.withDebtPayment(now, recovered) : logs;
    transition.updateFunction(before ->
        before
            .with(taken)
            .with(topUp.account())
            .with(withDebt)
            .with(recovered > 0 ? progress.withRecovered(recovered, settings, now) : progress));
    if (recovered > 0 && topUp.account().paymentDebt() == 0) {
      EsmeEvents.raise(transition, PAYMENT_DEBT_PAID);
    }
    return TokenResult.ACCEPTED;
  }
}
