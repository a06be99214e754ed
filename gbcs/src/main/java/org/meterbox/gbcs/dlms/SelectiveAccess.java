// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.dlms;

import java.util.List;
import java.util.Optional;
import org.meterbox.gbcs.dlms.DlmsValue.Int8;
import org.meterbox.gbcs.dlms.DlmsValue.Structure;
import org.meterbox.gbcs.dlms.DlmsValue.UInt16;
import org.meterbox.gbcs.dlms.DlmsValue.UInt32;

/**
 * The range of log entries that a read asks for, by their timestamps (DLMS profile generic, range
 * descriptor; selector 1). All GBCS reads restrict the same clock column and take all columns.
 *
 * @param from the first timestamp that is returned
 * @param to the last timestamp that is returned
 */
public record SelectiveAccess(LogTimestamp from, LogTimestamp to) {
  /** The selector of a range. */
  public static final int SELECTOR = 1;

  private static final DlmsValue RESTRICTING_OBJECT =
      DlmsValue.structure(
          new UInt16(1), DlmsValue.OctetString.ofHex("00005E2C64FF"), new Int8(2), new UInt16(0));

  /** The parameter of a selective read. */
  public DlmsValue toParameter() {
    return DlmsValue.structure(
        RESTRICTING_OBJECT, from.toValue(), to.toValue(), new DlmsValue.ArrayOf(List.of()));
  }

  /** The read of part of a log. */
  public AccessRequest.Item.SelectiveGet read(CosemAttribute log) {
    return new AccessRequest.Item.SelectiveGet(log, SELECTOR, toParameter());
  }

  /** What a parameter asks for; empty where it is not the form that GBCS uses. */
  public static Optional<SelectiveAccess> of(DlmsValue parameter) {
    if (parameter instanceof Structure(List<DlmsValue> parts)
        && parts.size() == 4
        && parts.get(1) instanceof UInt32(long from)
        && parts.get(2) instanceof UInt32(long to)) {
      SelectiveAccess access = new SelectiveAccess(new LogTimestamp(from), new LogTimestamp(to));
      // What the pattern did not look at must be as GBCS prescribes.
      return Optional.of(access).filter(a -> a.toParameter().equals(parameter));
    }
    return Optional.empty();
  }
}
