// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.payment;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.devices.esme.payment.Account;
import org.meterbox.devices.esme.payment.EntrySuspension;
import org.meterbox.devices.esme.payment.TokenEntry;
import org.meterbox.devices.esme.payment.TokenResult;
import org.meterbox.devices.gas.event.GasEvents;
import org.meterbox.devices.gas.payment.GasTokens.TopUp;
import org.meterbox.devices.gas.register.GasAccount;
import org.meterbox.devices.gas.register.GasTerms;
import org.meterbox.devices.gas.state.GsmeState;
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
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;

/**
 * Takes prepayment tokens of a gas meter: checks form, proof, whether the token was taken before,
 * and the limits of one credit and of the balance; then credits it. A token that is refused for a
 * limit can be entered again later.
 */
public final class GasTopUps {
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

  private GasTopUps() {}

  /** What a token brings, in thousandths of a penny; 0 where the digits are none. */
  static long amountOf(String digits) {
    return Utrn.faultOf(digits).isPresent() ? 0 : new Utrn(digits).value().pence() * PENNY;
  }

  /** A token that a command brought, with the counter of the command. */
  static TokenResult remotely(
      Transition<GsmeState> transition, String digits, TokenCounter counter) {
    return take(transition, digits, (history, _, proof) -> history.judge(counter, proof));
  }

  /** A token that somebody typed in, here or at a PPMID. */
  public static TokenResult byHand(Transition<GsmeState> transition, String digits) {
    Instant now = transition.now();
    if (GasTokens.of(transition.function()).entry().isSuspended(now)) {
      GasEvents.raise(transition, REJECTED_AS_LOCKED_OUT);
      return TokenResult.ENTRY_SUSPENDED;
    }
    TokenResult result = take(transition, digits, TokenHistory::judge);
    switch (result) {
      case ACCEPTED -> {
        remember(transition, GasTokens.of(transition.function()).entry().withoutWrongEntries());
        GasEvents.raise(transition, CREDIT_ADDED_LOCALLY);
      }
      case NOT_AUTHENTIC, NOT_FOR_THIS_DEVICE -> {
        TokenEntry wrong =
            GasTokens.of(transition.function())
                .entry()
                .withWrongEntry(now, EntrySuspension.factory());
        remember(transition, wrong);
        if (wrong.isSuspended(now)) {
          GasEvents.raise(transition, MANUAL_ENTRY_SUSPENDED);
        }
      }
      case NO_TOKEN,
          ENTRY_SUSPENDED,
          ALREADY_TAKEN,
          ABOVE_MAXIMUM_CREDIT,
          ABOVE_MAXIMUM_BALANCE,
          NOT_IN_PREPAYMENT_MODE -> {}
    }
    return result;
  }

  private static void remember(Transition<GsmeState> transition, TokenEntry entry) {
    transition.updateFunction(gsme -> gsme.with(GasTokens.of(gsme).with(entry)));
  }

  /** How the token's counter is found. */
  private interface CounterCheck {
    TokenHistory.Outcome judge(TokenHistory history, Utrn token, Predicate<TokenCounter> authentic);
  }

  private static TokenResult take(
      Transition<GsmeState> transition, String digits, CounterCheck check) {
    if (!GasTerms.of(transition.function()).isPrepayment()) {
      return TokenResult.NOT_IN_PREPAYMENT_MODE;
    }
    Optional<Utrn.Fault> fault = Utrn.faultOf(digits);
    if (fault.isPresent()) {
      return switch (fault.get()) {
        case FORM, CHECK_DIGIT -> TokenResult.NO_TOKEN;
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
        GasTokens.of(transition.function())
            .entry()
            .forIssuer(supplier, TokenEntry.floor(transition.state().credentials().topUpFloor()));
    TokenHistory.Outcome outcome =
        check.judge(
            entry.history(), token, counter -> token.isAuthentic(secret, supplier, meter, counter));
    return switch (outcome) {
      case NotAuthentic _ -> refuse(transition, NOT_AUTHENTIC, TokenResult.NOT_AUTHENTIC);
      case Duplicate _, TooOld _ -> refuse(transition, DUPLICATE, TokenResult.ALREADY_TAKEN);
      case Accepted(TokenCounter _, TokenHistory next) ->
          credit(transition, digits, entry.withHistory(next));
    };
  }

  private static TokenResult refuse(
      Transition<GsmeState> transition, int code, TokenResult result) {
    GasEvents.raise(transition, code);
    return result;
  }

  /** The token counts as taken in the same change of state that adds the credit. */
  private static TokenResult credit(
      Transition<GsmeState> transition, String digits, TokenEntry taken) {
    Instant now = transition.now();
    long amount = amountOf(digits);
    GasTerms terms = GasTerms.of(transition.function());
    GasAccount account = GasAccount.of(transition.function());
    if (amount > terms.maximumTopUp()) {
      return refuse(transition, ABOVE_MAXIMUM_CREDIT, TokenResult.ABOVE_MAXIMUM_CREDIT);
    }
    if (account.account().meterBalance() + amount > terms.maximumBalance()) {
      return refuse(transition, ABOVE_MAXIMUM_BALANCE, TokenResult.ABOVE_MAXIMUM_BALANCE);
    }
    Account.TopUp topUp = account.account().toppedUp(amount, account.capLeft(terms, now), terms);
    long recovered = topUp.toPaymentDebt();
    long left = topUp.account().paymentDebt();
    Octets code = Octets.of(digits.getBytes(StandardCharsets.US_ASCII));
    transition.updateFunction(gsme -> {
      GasTokens tokens = GasTokens.of(gsme).with(taken).with(new TopUp(code, amount, now));
      GasAccount credited = account.with(topUp.account());
      return recovered > 0
          ? gsme.with(tokens.withDebtPayment(now, recovered, left))
              .with(credited.withRecovered(recovered, now))
          : gsme.with(tokens).with(credited);
    });
    if (recovered > 0 && left == 0) {
      GasEvents.raise(transition, PAYMENT_DEBT_PAID);
    }
    return TokenResult.ACCEPTED;
  }
}
