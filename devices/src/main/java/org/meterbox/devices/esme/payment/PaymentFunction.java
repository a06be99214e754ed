// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.payment;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.meterbox.devices.cosem.CosemObjects;
import org.meterbox.devices.cosem.Query;
import org.meterbox.devices.cosem.Reading;
import org.meterbox.devices.esme.log.SampleLog;
import org.meterbox.devices.esme.state.EsmeFunction;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.CompactArray;
import org.meterbox.gbcs.dlms.DlmsValue.Structure;
import org.meterbox.gbcs.dlms.TypeDescription;

/** Balances and their logs, as they stand in a meter in credit mode that charges nothing. */
public final class PaymentFunction implements EsmeFunction {
  private static final CosemAttribute BALANCES = CosemAttribute.of(1, "0-0:94.44.34.30", 2);

  /** Meter balance, emergency credit, accumulated debt, time debts 1 and 2, payment debt. */
  private static final List<CosemAttribute> BALANCE_PARTS =
      List.of(
          CosemAttribute.of(112, "0-0:19.10.0.255", 2),
          CosemAttribute.of(112, "0-0:19.10.1.255", 2),
          CosemAttribute.of(112, "0-0:19.10.2.255", 2),
          CosemAttribute.of(113, "0-0:19.20.1.255", 2),
          CosemAttribute.of(113, "0-0:19.20.2.255", 2),
          CosemAttribute.of(113, "0-0:19.20.3.255", 2));

  private static final DlmsValue NO_BALANCE = new DlmsValue.Int32(0);
  private static final TypeDescription UINT32 = new TypeDescription.Simple(0x06);
  private static final TypeDescription INT32 = new TypeDescription.Simple(0x05);

  @Override
  public List<String> useCases() {
    return List.of("ECS19", "ECS20a", "ECS20d", "ECS21b", "ECS26a", "ECS26j", "ECS82");
  }

  @Override
  public void addTo(CosemObjects<EsmeState> objects) {
    objects.reads(BALANCES, PaymentFunction::balances);
    objects.reads(log("0-0:98.1.4.255"), (_, query) -> SampleLog.empty(1, 1).reading(query));
    objects.reads(log("0-0:98.1.5.255"), (_, query) -> SampleLog.empty(1, 1).reading(query));
    DlmsValue none =
        new CompactArray(
            new TypeDescription.Fields(
                Stream.concat(
                        Stream.of(UINT32),
                        Collections.nCopies(BALANCE_PARTS.size(), INT32).stream())
                    .toList()),
            List.of());
    objects.reads(log("0-0:98.1.8.255"), (_, _) -> new Reading.Value(none));
  }

  private static CosemAttribute log(String object) {
    return CosemAttribute.of(7, object, 2);
  }

  private static Reading balances(DeviceState<EsmeState> state, Query query) {
    return new Reading.Value(
        new Structure(
            BALANCE_PARTS.stream()
                .map(part -> state.function().values().getOrDefault(part, NO_BALANCE))
                .toList()));
  }
}
