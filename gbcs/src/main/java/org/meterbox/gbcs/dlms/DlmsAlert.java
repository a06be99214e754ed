// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.dlms;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.gbcs.dlms.DlmsValue.OctetString;
import org.meterbox.gbcs.dlms.DlmsValue.Structure;
import org.meterbox.gbcs.dlms.DlmsValue.UInt16;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/**
 * What a COSEM device reports: {@code structure { alert code, time, further items }} (GBCS section
 * 16).
 *
 * @param code the alert code
 * @param time when it happened
 * @param items what the alert code adds
 */
public record DlmsAlert(int code, DlmsDateTime time, List<DlmsValue> items) {
  private static final int FIXED_ITEMS = 2;

  /** Copies the list. */
  public DlmsAlert {
    items = List.copyOf(items);
  }

  /** The alert in a notification; empty where it is not of this form. */
  public static Optional<DlmsAlert> of(DataNotification notification) {
    if (notification.body() instanceof Structure(List<DlmsValue> parts)
        && parts.size() >= FIXED_ITEMS
        && parts.get(0) instanceof UInt16(int code)) {
      return DlmsDateTime.of(parts.get(1))
          .map(time -> new DlmsAlert(code, time, parts.subList(FIXED_ITEMS, parts.size())));
    }
    return Optional.empty();
  }

  /** The notification with this alert, under the device's own counter. */
  public DataNotification toNotification(OriginatorCounter counter) {
    List<DlmsValue> parts = new ArrayList<>();
    parts.add(new UInt16(code));
    parts.add(time.toValue());
    parts.addAll(items);
    return new DataNotification(AccessRequest.longInvokeId(counter), new Structure(parts));
  }

  /** Encrypted content: protection parameters and a block (ECS68). */
  public Optional<ProtectedAttributes.Response> protectedContent() {
    return items.size() == 2
        ? ProtectedAttributes.Response.of(items.get(0), items.get(1))
        : Optional.empty();
  }

  /** Which later action was executed, or failed (alerts 8F66 and 8F67 of a COSEM device). */
  public Optional<FutureDatedExecution> futureDatedExecution() {
    return items.size() == 1 && items.getFirst() instanceof OctetString(Octets octets)
        ? FutureDatedExecution.of(octets)
        : Optional.empty();
  }

  /**
   * Names one activation attribute of an earlier command.
   *
   * <pre>
   * message code(2) | counter(8) | class(2) | logical name(6) | attribute(1)
   * </pre>
   *
   * @param command the use case of that command
   * @param counter that command's counter
   * @param activation the attribute whose time has come
   */
  public record FutureDatedExecution(
      MessageCode command, OriginatorCounter counter, CosemAttribute activation) {
    /** Length of the binary form. */
    public static final int OCTETS = 19;

    /** Reads the nineteen octets; empty for any other length. */
    public static Optional<FutureDatedExecution> of(Octets octets) {
      if (octets.length() != OCTETS) {
        return Optional.empty();
      }
      OctetReader reader = octets.reader();
      try {
        return Optional.of(
            new FutureDatedExecution(
                new MessageCode(reader.u16()),
                new OriginatorCounter(reader.u64()),
                new CosemAttribute(reader.u16(), Obis.read(reader), reader.u8())));
      } catch (DecodeException impossible) {
        throw new IllegalStateException("nineteen octets were counted", impossible);
      }
    }

    /** The item of the alert. */
    public DlmsValue toValue() {
      OctetWriter writer = new OctetWriter(OCTETS).u16(command.value()).u64(counter.value());
      writer.u16(activation.classId());
      activation.object().write(writer);
      return new OctetString(writer.u8(activation.member()).toOctets());
    }
  }
}
