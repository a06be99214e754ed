// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.register;

import java.time.Instant;
import java.util.List;
import org.meterbox.devices.gas.state.GasAttribute;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.gbcs.dlms.LogTimestamp;
import org.meterbox.gbcs.gbz.ZclFieldsBuilder;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * Registers and balances at one time, as logs keep them.
 *
 * @param id the meter's own number for it
 * @param cause why it was taken: bits of the ZigBee snapshot cause
 * @param litres of the total
 * @param tiers litres of each price tier
 * @param blocks litres of each block
 * @param balances accumulated debt, time debts 1 and 2, payment debt, emergency credit and credit
 *     that are left, in thousandths of a penny
 */
public record Snapshot(
    long id,
    Instant at,
    long cause,
    long litres,
    List<Long> tiers,
    List<Long> blocks,
    List<Integer> balances) {
  /** At each midnight of UTC. */
  public static final long GENERAL = 0x0000_0001;

  /** At a date of the billing calendar. */
  public static final long END_OF_BILLING_PERIOD = 0x0000_0002;

  /** The tariff changed. */
  public static final long CHANGE_OF_TARIFF = 0x0000_0008;

  /** The supplier changed. */
  public static final long CHANGE_OF_SUPPLIER = 0x0000_2000;

  /** The payment mode changed. */
  public static final long CHANGE_OF_MODE = 0x0000_4000;

  private static final int BALANCES = 6;

  /** The payload with registers and blocks. */
  private static final int REGISTERS_PAYLOAD = 6;

  private static final int BALANCES_PAYLOAD = 0;

  /** Four tiers; of the blocks, one tier and four of them. */
  private static final int TIERS_AND_BLOCKS = 0x14;

  /** Copies the lists. */
  public Snapshot {
    tiers = List.copyOf(tiers);
    blocks = List.copyOf(blocks);
    balances = List.copyOf(balances);
  }

  /** Fills Publish Snapshot. */
  public void publish(ZclFieldsBuilder fields, int found) {
    head(fields, found, REGISTERS_PAYLOAD)
        .number("Current Summation Delivered", litres)
        .number("Number of Tiers in Use", GasAttribute.tiers())
        .rows(
            "Tier Summations",
            tiers,
            (row, litresOfTier) -> row.number("Tier Summation Delivered", litresOfTier))
        .number("Number of Tiers and Block Thresholds in Use", TIERS_AND_BLOCKS)
        .rows(
            "Block Summations",
            blocks,
            (row, litresOfBlock) -> row.number("Block Summation Delivered", litresOfBlock));
  }

  /** Fills Publish Prepay Snapshot. */
  public void publishBalances(ZclFieldsBuilder fields, int found) {
    head(fields, found, BALANCES_PAYLOAD)
        .number("Accumulated Debt", balances.get(0))
        .number("Type 1 Debt Remaining", balances.get(1))
        .number("Type 2 Debt Remaining", balances.get(2))
        .number("Type 3 Debt Remaining", balances.get(3))
        .number("Emergency Credit Remaining", balances.get(4))
        .number("Credit Remaining", balances.get(5));
  }

  private ZclFieldsBuilder head(ZclFieldsBuilder fields, int found, int payloadType) {
    return fields
        .number("Snapshot Id", id)
        .number("Snapshot Time", LogTimestamp.of(at).seconds())
        .number("Total Snapshots Found", found)
        .number("Command Index", 0)
        .number("Total Number of Commands", 1)
        .number("Snapshot Cause", cause)
        .number("Snapshot Payload Type", payloadType);
  }

  void write(OctetWriter image) {
    ImageFields.writeNumber(id, image);
    ImageFields.writeInstant(at, image);
    ImageFields.writeNumber(cause, image);
    ImageFields.writeNumber(litres, image);
    Volumes.writeCounters(tiers, image);
    Volumes.writeCounters(blocks, image);
    balances.forEach(balance -> ImageFields.writeSigned(balance, image));
  }

  static Snapshot read(OctetReader image) throws DecodeException {
    long id = ImageFields.readNumber(image);
    Instant at = ImageFields.readInstant(image);
    long cause = ImageFields.readNumber(image);
    long litres = ImageFields.readNumber(image);
    List<Long> tiers = Volumes.readCounters(image);
    List<Long> blocks = Volumes.readCounters(image);
    Integer[] balances = new Integer[BALANCES];
    for (int i = 0; i < BALANCES; i++) {
      balances[i] = (int) ImageFields.readSigned(image);
    }
    return new Snapshot(id, at, cause, litres, tiers, blocks, List.of(balances));
  }
}
