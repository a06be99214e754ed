// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.expectation;

import java.util.ArrayList;
import java.util.List;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.envelope.BerLength;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/**
 * Builds up what a DLMS command must say: D9, the counter's low octets, what is read, set or
 * invoked in order, then the data in the same order (GBCS section 9.1).
 */
public final class DlmsCommand {
  private static final int GET = 1;
  private static final int SET = 2;
  private static final int ACTION = 3;

  private final Octets invokeId;
  private final List<Segment> specifications = new ArrayList<>();
  private final List<Segment> data = new ArrayList<>();
  private int items;

  /**
   * Begins a command.
   *
   * @param counter the originator counter, which the command repeats
   */
  public DlmsCommand(OriginatorCounter counter) {
    // 20: break on error; below it the three low octets of the counter.
    invokeId = new OctetWriter(4).u32(0x2000_0000L | (counter.value() & 0xFF_FFFFL)).toOctets();
  }

  /** Reads an attribute. */
  public DlmsCommand get(CosemAttribute attribute, String what) {
    return item(GET, attribute, what, Data.prescribed(what, DlmsValue.NullData.VALUE));
  }

  /** Sets an attribute. */
  public DlmsCommand set(CosemAttribute attribute, String what, Data value) {
    return item(SET, attribute, what, value);
  }

  /** Invokes a method. */
  public DlmsCommand action(CosemAttribute method, String what, Data value) {
    return item(ACTION, method, what, value);
  }

  /** All of it in order. */
  public List<Segment> payload() {
    List<Segment> payload = new ArrayList<>(specifications.size() + data.size() + 5);
    payload.add(Segment.prescribed("the DLMS access request", Octets.of((byte) 0xD9)));
    payload.add(Segment.prescribed("the counter within the DLMS access request", invokeId));
    payload.add(Segment.prescribed("the absence of a date-time", Octets.of((byte) 0)));
    payload.add(Segment.prescribed("the number of specifications", count()));
    payload.addAll(specifications);
    payload.add(Segment.prescribed("the number of data items", count()));
    payload.addAll(data);
    return payload;
  }

  private DlmsCommand item(int choice, CosemAttribute target, String what, Data value) {
    OctetWriter writer = new OctetWriter(10).u8(choice).u16(target.classId());
    target.object().write(writer);
    specifications.add(
        Segment.prescribed("what is addressed: " + what, writer.u8(target.member()).toOctets()));
    value.addTo(data);
    items++;
    return this;
  }

  private Octets count() {
    OctetWriter writer = new OctetWriter(3);
    BerLength.write(writer, items);
    return writer.toOctets();
  }
}
