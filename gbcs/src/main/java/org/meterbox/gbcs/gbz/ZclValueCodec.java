// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.gbz;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/** Reads and writes single ZCL values, least significant octet first (ZCL section 2.6.2). */
final class ZclValueCodec {
  /** How deep sequences and structures may nest; GBCS uses none. */
  static final int MAX_DEPTH = 4;

  private ZclValueCodec() {}

  /** Reads a type and a value of it. */
  static TypedValue readTyped(OctetReader reader) throws DecodeException {
    return readTyped(reader, 0);
  }

  private static TypedValue readTyped(OctetReader reader, int depth) throws DecodeException {
    int code = reader.u8();
    Optional<ZclType> type = ZclType.ofCode(code);
    ZclValue value =
        type.isPresent()
            ? read(type.get(), reader, depth)
            : new ZclValue.OfUnknownType(code, reader.takeRemaining());
    return new TypedValue(code, value);
  }

  /** Reads a value whose type the layout names. */
  static ZclValue read(ZclType type, OctetReader reader) throws DecodeException {
    return read(type, reader, 0);
  }

  private static ZclValue read(ZclType type, OctetReader reader, int depth) throws DecodeException {
    return switch (type.form()) {
      case NOTHING -> new ZclValue.Nothing(type);
      case UNSIGNED -> new ZclValue.Unsigned(type, reader.unsignedLittleEndian(type.octets()));
      case SIGNED -> new ZclValue.Signed(type, readSigned(type.octets(), reader));
      case DATE -> new ZclValue.Date(reader.u8(), reader.u8(), reader.u8(), reader.u8());
      case OCTETS -> new ZclValue.Fixed(type, reader.take(type.octets()));
      case STRING -> {
        int length = (int) reader.unsignedLittleEndian(type.octets());
        yield length == ZclValue.invalidLength(type)
            ? new ZclValue.Invalid(type)
            : new ZclValue.Text(type, reader.take(length));
      }
      case SEQUENCE -> readSequence(type, reader, depth + 1);
      case STRUCTURE -> readStructure(type, reader, depth + 1);
    };
  }

  private static long readSigned(int octets, OctetReader reader) throws DecodeException {
    int unused = 64 - 8 * octets;
    return (reader.unsignedLittleEndian(octets) << unused) >> unused;
  }

  private static ZclValue readSequence(ZclType type, OctetReader reader, int depth)
      throws DecodeException {
    int elementCode = reader.u8();
    Optional<ZclType> elementType = ZclType.ofCode(elementCode);
    if (elementType.isEmpty() || elementType.get().form() == ZclType.Form.NOTHING) {
      throw reader.fault(
          Fault.UNKNOWN_TAG, String.format(Locale.ROOT, "%02X is no type of element", elementCode));
    }
    int count = readCount(reader, depth);
    if (count == ZclValue.invalidLength(type)) {
      return new ZclValue.InvalidSequence(type, elementType.get());
    }
    List<ZclValue> elements = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      elements.add(read(elementType.get(), reader, depth));
    }
    return new ZclValue.Sequence(type, elementType.get(), elements);
  }

  private static ZclValue readStructure(ZclType type, OctetReader reader, int depth)
      throws DecodeException {
    int count = readCount(reader, depth);
    if (count == ZclValue.invalidLength(type)) {
      return new ZclValue.Invalid(type);
    }
    List<TypedValue> elements = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      elements.add(readTyped(reader, depth));
    }
    return new ZclValue.Structure(elements);
  }

  /** Each element takes an octet at least, so a greater count is refused before any is kept. */
  private static int readCount(OctetReader reader, int depth) throws DecodeException {
    int count = reader.u16LittleEndian();
    if (depth > MAX_DEPTH || (count > reader.remaining() && count != 0xFFFF)) {
      throw reader.fault(
          Fault.LIMIT_EXCEEDED,
          String.format(
              Locale.ROOT,
              "%d elements at depth %d in %d octets",
              count,
              depth,
              reader.remaining()));
    }
    return count;
  }

  static void writeTyped(TypedValue typed, OctetWriter writer) {
    writer.u8(typed.typeCode());
    write(typed.value(), writer);
  }

  static void write(ZclValue value, OctetWriter writer) {
    switch (value) {
      case ZclValue.Nothing ignored -> {}
      case ZclValue.Unsigned v -> writer.unsignedLittleEndian(v.value(), v.type().octets());
      case ZclValue.Signed v -> writeSigned(v, writer);
      case ZclValue.Date d -> writer.u8(d.year()).u8(d.month()).u8(d.day()).u8(d.weekday());
      case ZclValue.Fixed v -> writer.put(v.octets());
      case ZclValue.Text v ->
          writer.unsignedLittleEndian(v.octets().length(), v.type().octets()).put(v.octets());
      case ZclValue.Invalid v ->
          writer.unsignedLittleEndian(ZclValue.invalidLength(v.type()), v.type().octets());
      case ZclValue.InvalidSequence v -> writer.u8(v.elementType().code()).u16(0xFFFF);
      case ZclValue.Sequence v -> {
        writer.u8(v.elementType().code()).u16LittleEndian(v.elements().size());
        v.elements().forEach(element -> write(element, writer));
      }
      case ZclValue.Structure v -> {
        writer.u16LittleEndian(v.elements().size());
        v.elements().forEach(element -> writeTyped(element, writer));
      }
      case ZclValue.Rows v -> v.rows().forEach(row -> write(row, writer));
      case ZclValue.Rest v -> writer.put(v.octets());
      case ZclValue.OfUnknownType v -> writer.put(v.octets());
    }
  }

  static void write(ZclFields fields, OctetWriter writer) {
    for (ZclField field : fields.fields()) {
      write(field.value(), writer);
    }
  }

  private static void writeSigned(ZclValue.Signed signed, OctetWriter writer) {
    int octets = signed.type().octets();
    long mask = octets == 8 ? -1 : (1L << (8 * octets)) - 1;
    writer.unsignedLittleEndian(signed.value() & mask, octets);
  }
}
