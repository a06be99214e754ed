// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.dlms;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.meterbox.gbcs.dlms.DlmsValue.ArrayOf;
import org.meterbox.gbcs.dlms.DlmsValue.BitString;
import org.meterbox.gbcs.dlms.DlmsValue.Bool;
import org.meterbox.gbcs.dlms.DlmsValue.CompactArray;
import org.meterbox.gbcs.dlms.DlmsValue.Enumerated;
import org.meterbox.gbcs.dlms.DlmsValue.Int16;
import org.meterbox.gbcs.dlms.DlmsValue.Int32;
import org.meterbox.gbcs.dlms.DlmsValue.Int64;
import org.meterbox.gbcs.dlms.DlmsValue.Int8;
import org.meterbox.gbcs.dlms.DlmsValue.NullData;
import org.meterbox.gbcs.dlms.DlmsValue.OctetString;
import org.meterbox.gbcs.dlms.DlmsValue.Structure;
import org.meterbox.gbcs.dlms.DlmsValue.UInt16;
import org.meterbox.gbcs.dlms.DlmsValue.UInt32;
import org.meterbox.gbcs.dlms.DlmsValue.UInt64;
import org.meterbox.gbcs.dlms.DlmsValue.UInt8;
import org.meterbox.gbcs.dlms.DlmsValue.Utf8String;
import org.meterbox.gbcs.dlms.DlmsValue.VisibleString;
import org.meterbox.gbcs.envelope.BerLength;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/** Reads and writes A-XDR values (GBCS section 9.4 of the fact base; DLMS Green Book, Data). */
public final class DlmsCodec {
  /** How deep values may nest; GBCS uses seven levels. */
  public static final int MAX_DEPTH = 16;

  /** Room for a number, a date or a name, of which a tariff has thousands. */
  private static final int SMALL = 16;

  /**
   * How many parts of a compact array's element may have no octets. All others take one at least,
   * so that a short message cannot stand for a great number of values.
   */
  public static final int MAX_EMPTY_PARTS = 8;

  private static final int NULL = 0x00;
  private static final int ARRAY = 0x01;
  private static final int STRUCTURE = 0x02;
  private static final int BOOLEAN = 0x03;
  private static final int BIT_STRING = 0x04;
  private static final int INT32 = 0x05;
  private static final int UINT32 = 0x06;
  private static final int OCTET_STRING = 0x09;
  private static final int VISIBLE_STRING = 0x0A;
  private static final int UTF8_STRING = 0x0C;
  private static final int INT8 = 0x0F;
  private static final int INT16 = 0x10;
  private static final int UINT8 = 0x11;
  private static final int UINT16 = 0x12;
  private static final int COMPACT_ARRAY = 0x13;
  private static final int INT64 = 0x14;
  private static final int UINT64 = 0x15;
  private static final int ENUM = 0x16;

  private DlmsCodec() {}

  /** Reads one value with its tag. */
  public static DlmsValue read(OctetReader reader) throws DecodeException {
    return value(reader, reader.u8(), 0);
  }

  /** Reads one value that must use up all octets. */
  public static DlmsValue decode(Octets octets) throws DecodeException {
    OctetReader reader = octets.reader();
    DlmsValue value = read(reader);
    reader.expectEnd();
    return value;
  }

  /** The octets of one value with its tag. */
  public static Octets encode(DlmsValue value) {
    OctetWriter writer = isComposed(value) ? new OctetWriter() : new OctetWriter(SMALL);
    write(value, writer);
    return writer.toOctets();
  }

  private static boolean isComposed(DlmsValue value) {
    return value instanceof DlmsValue.Structure
        || value instanceof DlmsValue.ArrayOf
        || value instanceof DlmsValue.CompactArray;
  }

  /** Writes one value with its tag. */
  public static void write(DlmsValue value, OctetWriter writer) {
    writer.u8(tag(value));
    if (value instanceof CompactArray compact) {
      writeCompactArray(compact, writer);
    } else {
      writeContent(value, writer);
    }
  }

  private static DlmsValue value(OctetReader reader, int tag, int depth) throws DecodeException {
    if (depth > MAX_DEPTH) {
      throw reader.fault(
          Fault.LIMIT_EXCEEDED,
          String.format(Locale.ROOT, "values nest at most %d deep", MAX_DEPTH));
    }
    return switch (tag) {
      case NULL -> NullData.VALUE;
      case ARRAY -> new ArrayOf(elements(reader, depth));
      case STRUCTURE -> new Structure(elements(reader, depth));
      case BOOLEAN -> new Bool(reader.u8());
      case BIT_STRING -> bitString(reader);
      case INT32 -> new Int32((int) reader.u32());
      case UINT32 -> new UInt32(reader.u32());
      case OCTET_STRING -> new OctetString(reader.take(BerLength.read(reader)));
      case VISIBLE_STRING -> new VisibleString(reader.take(BerLength.read(reader)));
      case UTF8_STRING -> new Utf8String(reader.take(BerLength.read(reader)));
      case INT8 -> new Int8((byte) reader.u8());
      case INT16 -> new Int16((short) reader.u16());
      case UINT8 -> new UInt8(reader.u8());
      case UINT16 -> new UInt16(reader.u16());
      case INT64 -> new Int64(reader.u64());
      case UINT64 -> new UInt64(reader.u64());
      case ENUM -> new Enumerated(reader.u8());
      case COMPACT_ARRAY -> compactArray(reader, depth);
      default ->
          throw reader.fault(
              Fault.UNKNOWN_TAG, String.format(Locale.ROOT, "%02X is no type of value", tag));
    };
  }

  private static List<DlmsValue> elements(OctetReader reader, int depth) throws DecodeException {
    // Every element takes at least its tag, so a count beyond what remains is refused at once.
    int count = BerLength.read(reader);
    List<DlmsValue> elements = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      elements.add(value(reader, reader.u8(), depth + 1));
    }
    return elements;
  }

  private static BitString bitString(OctetReader reader) throws DecodeException {
    int bits = BerLength.readCount(reader);
    return new BitString(bits, reader.take((bits + 7) / 8));
  }

  private static CompactArray compactArray(OctetReader reader, int depth) throws DecodeException {
    TypeDescription type = typeDescription(reader, depth + 1);
    if (type.emptyParts() > MAX_EMPTY_PARTS) {
      throw reader.fault(
          Fault.LIMIT_EXCEEDED,
          String.format(Locale.ROOT, "at most %d parts without octets", MAX_EMPTY_PARTS));
    }
    OctetReader contents = reader.slice(BerLength.read(reader), "compact-array");
    if (contents.remaining() > 0 && type.isEmpty()) {
      throw contents.fault(Fault.UNEXPECTED_VALUE, "elements without octets have contents");
    }
    List<DlmsValue> elements = new ArrayList<>();
    while (contents.remaining() > 0) {
      elements.add(described(contents, type, depth + 1));
    }
    return new CompactArray(type, elements);
  }

  private static TypeDescription typeDescription(OctetReader reader, int depth)
      throws DecodeException {
    if (depth > MAX_DEPTH) {
      throw reader.fault(
          Fault.LIMIT_EXCEEDED,
          String.format(Locale.ROOT, "types nest at most %d deep", MAX_DEPTH));
    }
    int tag = reader.u8();
    return switch (tag) {
      case ARRAY -> {
        int count = reader.u16();
        TypeDescription element = typeDescription(reader, depth + 1);
        if (count > 0 && element.isEmpty()) {
          throw reader.fault(
              Fault.UNEXPECTED_VALUE,
              String.format(Locale.ROOT, "%d elements without octets", count));
        }
        yield new TypeDescription.FixedArray(count, element);
      }
      case STRUCTURE -> {
        int count = BerLength.read(reader);
        List<TypeDescription> fields = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
          fields.add(typeDescription(reader, depth + 1));
        }
        yield new TypeDescription.Fields(fields);
      }
      case COMPACT_ARRAY -> throw reader.fault(Fault.UNKNOWN_TAG, "a compact array in another");
      default -> new TypeDescription.Simple(tag);
    };
  }

  private static DlmsValue described(OctetReader reader, TypeDescription type, int depth)
      throws DecodeException {
    return switch (type) {
      case TypeDescription.Simple simple -> value(reader, simple.tag(), depth);
      case TypeDescription.FixedArray array -> {
        List<DlmsValue> elements = new ArrayList<>();
        for (int i = 0; i < array.count(); i++) {
          elements.add(described(reader, array.element(), depth + 1));
        }
        yield new ArrayOf(elements);
      }
      case TypeDescription.Fields fields -> {
        List<DlmsValue> elements = new ArrayList<>(fields.elements().size());
        for (TypeDescription field : fields.elements()) {
          elements.add(described(reader, field, depth + 1));
        }
        yield new Structure(elements);
      }
    };
  }

  private static int tag(DlmsValue value) {
    return switch (value) {
      case NullData ignored -> NULL;
      case ArrayOf ignored -> ARRAY;
      case Structure ignored -> STRUCTURE;
      case Bool ignored -> BOOLEAN;
      case BitString ignored -> BIT_STRING;
      case Int32 ignored -> INT32;
      case UInt32 ignored -> UINT32;
      case OctetString ignored -> OCTET_STRING;
      case VisibleString ignored -> VISIBLE_STRING;
      case Utf8String ignored -> UTF8_STRING;
      case Int8 ignored -> INT8;
      case Int16 ignored -> INT16;
      case UInt8 ignored -> UINT8;
      case UInt16 ignored -> UINT16;
      case Int64 ignored -> INT64;
      case UInt64 ignored -> UINT64;
      case Enumerated ignored -> ENUM;
      case CompactArray ignored -> COMPACT_ARRAY;
    };
  }

  private static void writeContent(DlmsValue value, OctetWriter writer) {
    switch (value) {
      case NullData ignored -> {}
      case ArrayOf array -> writeElements(array.elements(), writer);
      case Structure structure -> writeElements(structure.elements(), writer);
      case Bool bool -> writer.u8(bool.octet());
      case BitString bits -> {
        BerLength.write(writer, bits.bits());
        writer.put(bits.octets());
      }
      case Int32 number -> writer.u32(number.value() & 0xFFFF_FFFFL);
      case UInt32 number -> writer.u32(number.value());
      case OctetString string -> writeString(string.octets(), writer);
      case VisibleString string -> writeString(string.octets(), writer);
      case Utf8String string -> writeString(string.octets(), writer);
      case Int8 number -> writer.u8(number.value() & 0xFF);
      case Int16 number -> writer.u16(number.value() & 0xFFFF);
      case UInt8 number -> writer.u8(number.value());
      case UInt16 number -> writer.u16(number.value());
      case Int64 number -> writer.u64(number.value());
      case UInt64 number -> writer.u64(number.value());
      case Enumerated choice -> writer.u8(choice.value());
      case CompactArray compact -> writeCompactArray(compact, writer);
    }
  }

  private static void writeElements(List<DlmsValue> elements, OctetWriter writer) {
    BerLength.write(writer, elements.size());
    elements.forEach(element -> write(element, writer));
  }

  private static void writeString(Octets octets, OctetWriter writer) {
    BerLength.write(writer, octets.length());
    writer.put(octets);
  }

  private static void writeCompactArray(CompactArray compact, OctetWriter writer) {
    writeType(compact.elementType(), writer);
    OctetWriter contents = new OctetWriter();
    compact.elements().forEach(element -> writeDescribed(element, contents));
    BerLength.write(writer, contents.length());
    writer.put(contents.toOctets());
  }

  private static void writeType(TypeDescription type, OctetWriter writer) {
    switch (type) {
      case TypeDescription.Simple simple -> writer.u8(simple.tag());
      case TypeDescription.FixedArray array -> {
        writer.u8(ARRAY).u16(array.count());
        writeType(array.element(), writer);
      }
      case TypeDescription.Fields fields -> {
        writer.u8(STRUCTURE);
        BerLength.write(writer, fields.elements().size());
        fields.elements().forEach(field -> writeType(field, writer));
      }
    }
  }

  /** Inside a compact array neither tags nor counts are written. */
  private static void writeDescribed(DlmsValue value, OctetWriter writer) {
    switch (value) {
      case ArrayOf array -> array.elements().forEach(element -> writeDescribed(element, writer));
      case Structure structure ->
          structure.elements().forEach(element -> writeDescribed(element, writer));
      default -> writeContent(value, writer);
    }
  }
}
