// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.dlms;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.meterbox.gbcs.envelope.BerLength;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/**
 * DLMS ACCESS.request: what a command of the electricity devices and the hub asks for.
 *
 * <pre>
 * D9 | long-invoke-id(4) | 00 | L specifications | L data, one per specification
 * </pre>
 *
 * @param longInvokeId the four octets; {@link #longInvokeId(OriginatorCounter)} is the rule
 * @param items what to get, set or invoke, in order
 */
public record AccessRequest(long longInvokeId, List<Item> items) {
  /** The tag that begins the payload. */
  public static final int TAG = 0xD9;

  /** Most specifications in one request; GBCS's longest has far fewer. */
  public static final int MAX_ITEMS = 1024;

  /** Break at the first error; the other flags are zero. */
  private static final long BREAK_ON_ERROR = 0x20000000L;

  /** Copies the list. */
  public AccessRequest {
    items = List.copyOf(items);
    if (items.size() > MAX_ITEMS) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "at most %d specifications", MAX_ITEMS));
    }
  }

  /** The identifier that GBCS prescribes: break on error, and the counter's low three octets. */
  public static long longInvokeId(OriginatorCounter counter) {
    return BREAK_ON_ERROR | (counter.value() & 0xFFFFFFL);
  }

  /** One specification with its data. */
  public sealed interface Item {
    /** The attribute or method. */
    CosemAttribute target();

    /** The data in the second list: null for reads. */
    DlmsValue data();

    /** Read an attribute. */
    record Get(CosemAttribute target) implements Item {
      @Override
      public DlmsValue data() {
        return DlmsValue.NullData.VALUE;
      }
    }

    /** Write an attribute. */
    record Set(CosemAttribute target, DlmsValue data) implements Item {}

    /** Invoke a method. */
    record Action(CosemAttribute target, DlmsValue data) implements Item {}

    /**
     * Read part of an attribute.
     *
     * @param selector which kind of selection
     * @param parameter what to select
     */
    record SelectiveGet(CosemAttribute target, int selector, DlmsValue parameter) implements Item {
      @Override
      public DlmsValue data() {
        return DlmsValue.NullData.VALUE;
      }
    }
  }

  /** Reads a whole payload. */
  public static AccessRequest decode(Octets payload) throws DecodeException {
    OctetReader reader = payload.reader();
    reader.expect(TAG, "the ACCESS.request tag");
    long invokeId = reader.u32();
    reader.expect(0, "the date-time length");
    int count = count(reader);
    List<Item> specifications = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      specifications.add(specification(reader));
    }
    if (count(reader) != count) {
      throw reader.fault(Fault.UNEXPECTED_VALUE, "as many data as specifications are needed");
    }
    List<Item> items = new ArrayList<>(count);
    for (Item specification : specifications) {
      items.add(withData(specification, DlmsCodec.read(reader), reader));
    }
    reader.expectEnd();
    return new AccessRequest(invokeId, items);
  }

  /** Writes the payload. */
  public Octets encode() {
    OctetWriter writer = new OctetWriter(512).u8(TAG).u32(longInvokeId).u8(0);
    BerLength.write(writer, items.size());
    items.forEach(item -> writeSpecification(item, writer));
    BerLength.write(writer, items.size());
    items.forEach(item -> DlmsCodec.write(item.data(), writer));
    return writer.toOctets();
  }

  private static int count(OctetReader reader) throws DecodeException {
    int count = BerLength.read(reader);
    if (count > MAX_ITEMS) {
      throw reader.fault(
          Fault.LIMIT_EXCEEDED, String.format(Locale.ROOT, "at most %d items", MAX_ITEMS));
    }
    return count;
  }

  private static Item specification(OctetReader reader) throws DecodeException {
    int choice = reader.u8();
    CosemAttribute target = new CosemAttribute(reader.u16(), Obis.read(reader), reader.u8());
    return switch (choice) {
      case 1 -> new Item.Get(target);
      case 2 -> new Item.Set(target, DlmsValue.NullData.VALUE);
      case 3 -> new Item.Action(target, DlmsValue.NullData.VALUE);
      case 4 -> new Item.SelectiveGet(target, reader.u8(), DlmsCodec.read(reader));
      default ->
          throw reader.fault(
              Fault.UNKNOWN_TAG,
              String.format(Locale.ROOT, "%02X is no access specification", choice));
    };
  }

  private static Item withData(Item item, DlmsValue data, OctetReader reader)
      throws DecodeException {
    return switch (item) {
      case Item.Set set -> new Item.Set(set.target(), data);
      case Item.Action action -> new Item.Action(action.target(), data);
      case Item.Get get -> readWithoutData(get, data, reader);
      case Item.SelectiveGet get -> readWithoutData(get, data, reader);
    };
  }

  private static Item readWithoutData(Item get, DlmsValue data, OctetReader reader)
      throws DecodeException {
    if (!data.equals(DlmsValue.NullData.VALUE)) {
      throw reader.fault(Fault.UNEXPECTED_VALUE, "a read carries no data");
    }
    return get;
  }

  private static void writeSpecification(Item item, OctetWriter writer) {
    int choice =
        switch (item) {
          case Item.Get ignored -> 1;
          case Item.Set ignored -> 2;
          case Item.Action ignored -> 3;
          case Item.SelectiveGet ignored -> 4;
        };
    writer.u8(choice).u16(item.target().classId());
    item.target().object().write(writer);
    writer.u8(item.target().member());
    if (item instanceof Item.SelectiveGet get) {
      writer.u8(get.selector());
      DlmsCodec.write(get.parameter(), writer);
    }
  }
}
