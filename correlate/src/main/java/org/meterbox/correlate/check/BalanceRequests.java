// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.util.List;
import java.util.Optional;
import org.meterbox.correlate.expectation.Data;
import org.meterbox.correlate.expectation.DlmsCommand;
import org.meterbox.correlate.expectation.Expectation;
import org.meterbox.correlate.expectation.GbzCommand;
import org.meterbox.correlate.expectation.ZclFields;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;

/**
 * Requests about a meter's accounts: 1.5 (GBCS ECS04a, ECS04b, GCS40a to GCS40d), 1.7 (ECS05), 2.5
 * (ECS09, GCS06).
 */
final class BalanceRequests {
  private static final int PREPAYMENT = 0x0705;
  private static final int TO_SERVER = 0x01;
  private static final int RESET_BLOCK_COUNTERS = 99;
  private static final DlmsValue NO_DATA = new DlmsValue.Int8(0);

  /** One way to change the balance of a gas meter. */
  private record GasAdjustment(int useCase, int type) {}

  private BalanceRequests() {}

  static List<Expectation> meterBalance(OriginalRequest request) throws ElementException {
    Optional<XmlElement> prepayment = request.body().find("PrepaymentMode");
    XmlElement mode =
        prepayment.isPresent() ? prepayment.get() : request.body().child("CreditMode");
    Optional<XmlElement> amount = mode.find("AdjustMeterBalance");
    if (amount.isPresent()) {
      GasAdjustment gas =
          prepayment.isPresent() ? new GasAdjustment(0x0086, 0) : new GasAdjustment(0x00C0, 3);
      return List.of(adjust(request, amount.get()), adjust(gas, amount.get()));
    }
    mode.child("ResetMeterBalance");
    GasAdjustment gas =
        prepayment.isPresent() ? new GasAdjustment(0x00B4, 1) : new GasAdjustment(0x00C2, 2);
    return List.of(reset(request), reset(gas));
  }

  private static Expectation adjust(OriginalRequest request, XmlElement amount)
      throws ElementException {
    return Expectation.of(
        0x001C,
        new DlmsCommand(request.requestId().counter())
            .action(
                CosemAttribute.of(112, "0-0:19.10.0.255", 1), "meter balance", Data.int32(amount))
            .payload());
  }

  private static Expectation reset(OriginalRequest request) {
    Data zero = Data.prescribed("the new balance", new DlmsValue.Int32(0));
    return Expectation.of(
        0x00B3,
        new DlmsCommand(request.requestId().counter())
            .action(CosemAttribute.of(112, "0-0:19.10.0.255", 2), "meter balance", zero)
            .action(CosemAttribute.of(112, "0-0:19.10.1.255", 2), "emergency credit balance", zero)
            .action(CosemAttribute.of(112, "0-0:19.10.2.255", 2), "accumulated debt", zero)
            .payload());
  }

  private static Expectation adjust(GasAdjustment adjustment, XmlElement amount)
      throws ElementException {
    return creditAdjustment(adjustment, head(adjustment).signed32(amount));
  }

  private static Expectation reset(GasAdjustment adjustment) {
    return creditAdjustment(
        adjustment, head(adjustment).prescribed("Credit Adjustment Value", 0, 4));
  }

  private static ZclFields head(GasAdjustment adjustment) {
    return new ZclFields()
        .senderTime("Issuer Event Id")
        .prescribed("Start Time: at once", 0, 4)
        .prescribed("Credit Adjustment Type", adjustment.type(), 1);
  }

  private static Expectation creditAdjustment(GasAdjustment adjustment, ZclFields fields) {
    return Expectation.of(
        adjustment.useCase(),
        new GbzCommand()
            .command("Credit Adjustment", PREPAYMENT, TO_SERVER, 0x05, fields)
            .payload());
  }

  static List<Expectation> resetBlockCounters(OriginalRequest request) {
    Data script =
        Data.prescribed(request.body().localName(), new DlmsValue.UInt16(RESET_BLOCK_COUNTERS));
    return List.of(
        Expectation.of(
            0x001D,
            new DlmsCommand(request.requestId().counter())
                .action(CosemAttribute.of(9, "0-0:10.0.100.255", 1), "tariff scripts", script)
                .payload()));
  }

  static List<Expectation> emergencyCredit(OriginalRequest request) {
    Expectation electricity =
        Expectation.of(
            0x0020,
            new DlmsCommand(request.requestId().counter())
                .action(
                    CosemAttribute.of(112, "0-0:19.10.1.255", 3),
                    "emergency credit",
                    Data.prescribed(request.body().localName(), NO_DATA))
                .payload());
    ZclFields fields =
        new ZclFields()
            .prescribed("Command Issue Date/Time", 0, 4)
            .prescribed("Originating Device", 0, 1);
    Expectation gas =
        Expectation.of(
            0x0070,
            new GbzCommand()
                .command("Select Available Emergency Credit", PREPAYMENT, TO_SERVER, 0x00, fields)
                .payload());
    return List.of(electricity, gas);
  }
}
