// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.payment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.CompactArray;
import org.meterbox.gbcs.dlms.DlmsValue.Int32;
import org.meterbox.gbcs.dlms.LogTimestamp;
import org.meterbox.gbcs.dlms.TypeDescription;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * A snapshot of the balances, as logs keep it (GBCS prepayment read entry), in thousandths of a
 * penny.
 *
 * @param accounts emergency credit, meter balance, payment debt, time debts 1 and 2, accumulated
 *     debt
 */
public record PrepaymentRead(Instant at, List<Integer> accounts) {
  private static final TypeDescription UINT32 = new TypeDescription.Simple(0x06);
  private static final TypeDescription INT32 = new TypeDescription.Simple(0x05);

  /** The types of the six balances. */
  public static final List<TypeDescription> TYPES =
      List.of(INT32, INT32, INT32, INT32, INT32, INT32);

  /** Copies the list. */
  public PrepaymentRead {
    accounts = List.copyOf(accounts);
  }

  /** The balances of a meter at its time. */
  public static PrepaymentRead of(EsmeState esme) {
    PaymentSettings settings = PaymentSettings.of(esme);
    Account account = Account.of(esme);
    return new PrepaymentRead(
        esme.asOf(),
        LongStream.of(
                account.emergencyBalance(settings),
                account.meterBalance(),
                account.paymentDebt(),
                account.timeDebt1(),
                account.timeDebt2(),
                account.accumulatedDebt())
            .mapToInt(PrepaymentRead::limited)
            .boxed()
            .toList());
  }

  /** A balance beyond what 32 bits can say is shown at their limit; the meter keeps it whole. */
  private static int limited(long amount) {
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, amount));
  }

  /** The six balances as values. */
  public List<DlmsValue> values() {
    return accounts.stream().<DlmsValue>map(Int32::new).toList();
  }

  /** The entries as one compact array. */
  public static DlmsValue toValue(List<PrepaymentRead> entries) {
    List<TypeDescription> types = new ArrayList<>(List.of(UINT32));
    types.addAll(TYPES);
    return new CompactArray(
        new TypeDescription.Fields(types),
        entries.stream()
            .<DlmsValue>map(read -> {
              List<DlmsValue> fields = new ArrayList<>();
              fields.add(LogTimestamp.of(read.at()).toValue());
              fields.addAll(read.values());
              return new DlmsValue.Structure(fields);
            })
            .toList());
  }

  /** Writes the snapshot for a memory image. */
  public void write(OctetWriter image) {
    ImageFields.writeInstant(at, image);
    accounts.forEach(account -> ImageFields.writeSigned(account, image));
  }

  /** Reads what {@link #write} wrote. */
  public static PrepaymentRead read(OctetReader image) throws DecodeException {
    Instant at = ImageFields.readInstant(image);
    Integer[] accounts = new Integer[TYPES.size()];
    for (int i = 0; i < accounts.length; i++) {
      accounts[i] = (int) ImageFields.readSigned(image);
    }
    return new PrepaymentRead(at, List.of(accounts));
  }
}
