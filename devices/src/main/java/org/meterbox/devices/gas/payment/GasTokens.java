// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.payment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.devices.esme.log.SampleLog;
import org.meterbox.devices.esme.payment.TokenEntry;
import org.meterbox.devices.gas.state.GasManufacture;
import org.meterbox.devices.gas.state.GasPart;
import org.meterbox.devices.gas.state.GasPartCodec;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.gbcs.utrn.TokenCounter;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * The tokens that a gas meter took, and what they recovered of the payment debt.
 *
 * @param entry what is remembered so that none is taken twice
 * @param topUps the last 5, oldest first
 * @param debtPayments the last 10: what was recovered and what was left, in thousandths of a penny
 */
public record GasTokens(TokenEntry entry, List<TopUp> topUps, SampleLog debtPayments)
    implements GasPart {
  static final GasPartCodec<GasTokens> CODEC = new Codec();

  static final int TOP_UPS = 5;
  static final int DEBT_PAYMENTS = 10;

  /**
   * A top-up.
   *
   * @param code the digits of its token; used up, and yet nobody's business
   * @param amount in thousandths of a penny
   */
  public record TopUp(Octets code, long amount, Instant at) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "TopUp[%d at %s]", amount, at);
    }
  }

  /** Copies the list. */
  public GasTokens {
    topUps = List.copyOf(topUps);
  }

  /** The tokens of a meter. */
  public static GasTokens of(GsmeState gsme) {
    return gsme.part(GasTokens.class);
  }

  GasTokens with(TokenEntry changed) {
    return new GasTokens(changed, topUps, debtPayments);
  }

  GasTokens with(TopUp topUp) {
    List<TopUp> longer = new ArrayList<>(topUps);
    longer.add(topUp);
    return new GasTokens(
        entry, longer.subList(Math.max(0, longer.size() - TOP_UPS), longer.size()), debtPayments);
  }

  GasTokens withDebtPayment(Instant at, long recovered, long left) {
    return new GasTokens(entry, topUps, debtPayments.with(at, recovered, left));
  }

  private static final class Codec implements GasPartCodec<GasTokens> {
    @Override
    public Class<GasTokens> type() {
      return GasTokens.class;
    }

    @Override
    public GasTokens manufactured(GasManufacture manufacture) {
      return new GasTokens(
          TokenEntry.startingAbove(Optional.empty(), new TokenCounter(0)),
          List.of(),
          SampleLog.empty(2, DEBT_PAYMENTS));
    }

    @Override
    public void write(GasTokens tokens, OctetWriter image) {
      tokens.entry().write(image);
      image.u8(tokens.topUps().size());
      for (TopUp topUp : tokens.topUps()) {
        image.u8(topUp.code().length()).put(topUp.code());
        ImageFields.writeNumber(topUp.amount(), image);
        ImageFields.writeInstant(topUp.at(), image);
      }
      tokens.debtPayments().write(image);
    }

    @Override
    public GasTokens read(OctetReader image) throws DecodeException {
      TokenEntry entry = TokenEntry.read(image);
      int size = image.u8();
      if (size > TOP_UPS) {
        throw image.fault(Fault.UNEXPECTED_VALUE, "more top-ups than a meter keeps");
      }
      List<TopUp> topUps = new ArrayList<>();
      for (int left = size; left > 0; left--) {
        topUps.add(
            new TopUp(
                image.take(image.u8()),
                ImageFields.readNumber(image),
                ImageFields.readInstant(image)));
      }
      return new GasTokens(entry, topUps, SampleLog.read(2, DEBT_PAYMENTS, image));
    }
  }
}
