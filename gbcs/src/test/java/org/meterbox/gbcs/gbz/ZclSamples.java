// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.gbz;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.meterbox.gbcs.gbz.ZclCommand.Element;
import org.meterbox.gbcs.gbz.ZclPayload.Reading;
import org.meterbox.kernel.Octets;

/** Random ZCL values, and random fields for a layout. */
final class ZclSamples {
  private static final int MAX_ROWS = 4;
  private static final int MAX_TEXT = 12;

  private final RandomGenerator random;

  ZclSamples(RandomGenerator random) {
    this.random = random;
  }

  /** Fields that obey every count of the layout. */
  ZclFields fields(List<Element> layout) {
    List<ZclField> fields = new ArrayList<>();
    for (int i = 0; i < layout.size(); i++) {
      Element element = layout.get(i);
      switch (element) {
        case ZclCommand.Scalar scalar -> {
          ZclValue value = scalarBefore(layout, i, scalar);
          fields.add(new ZclField(scalar.name(), value));
        }
        case ZclCommand.Repeat repeat -> fields.add(rows(repeat, fields));
        case ZclCommand.OnlyIf onlyIf -> require(fields, onlyIf);
        case ZclCommand.Remainder remainder ->
            fields.add(new ZclField(remainder.name(), new ZclValue.Rest(octets(1, MAX_TEXT))));
      }
    }
    return new ZclFields(fields);
  }

  /** A count must be one that the rows after it can have. */
  private ZclValue scalarBefore(List<Element> layout, int at, ZclCommand.Scalar scalar) {
    boolean counts =
        at + 1 < layout.size()
            && layout.get(at + 1) instanceof ZclCommand.Repeat next
            && (next.count() == ZclCommand.Count.FIELD_BEFORE
                || next.count() == ZclCommand.Count.LOW_NIBBLE_BEFORE);
    return counts
        ? new ZclValue.Unsigned(scalar.type(), random.nextInt(MAX_ROWS))
        : value(scalar.type());
  }

  private ZclField rows(ZclCommand.Repeat repeat, List<ZclField> before) {
    int count =
        switch (repeat.count()) {
          case TO_END -> random.nextInt(MAX_ROWS);
          case FIELD_BEFORE, LOW_NIBBLE_BEFORE ->
              (int) ((ZclValue.Unsigned) before.getLast().value()).value();
          case FIXED -> repeat.fixed();
        };
    List<ZclFields> rows = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      rows.add(fields(repeat.row()));
    }
    return new ZclField(repeat.name(), new ZclValue.Rows(rows));
  }

  private static void require(List<ZclField> fields, ZclCommand.OnlyIf onlyIf) {
    for (int i = 0; i < fields.size(); i++) {
      ZclField field = fields.get(i);
      if (field.name().equals(onlyIf.name())
          && field.value() instanceof ZclValue.Unsigned(ZclType type, long ignored)) {
        fields.set(i, new ZclField(field.name(), new ZclValue.Unsigned(type, onlyIf.value())));
      }
    }
  }

  /** A value of a type that a layout may name. */
  ZclValue value(ZclType type) {
    long bits = random.nextLong();
    int unused = 64 - 8 * type.octets();
    return switch (type.form()) {
      case NOTHING -> new ZclValue.Nothing(type);
      case UNSIGNED ->
          new ZclValue.Unsigned(type, type.octets() == 8 ? bits : (bits << unused) >>> unused);
      case SIGNED -> new ZclValue.Signed(type, (bits << unused) >> unused);
      case DATE -> new ZclValue.Date(octet(), octet(), octet(), octet());
      case OCTETS -> new ZclValue.Fixed(type, octets(type.octets(), type.octets()));
      case STRING ->
          random.nextInt(8) == 0
              ? new ZclValue.Invalid(type)
              : new ZclValue.Text(type, octets(0, MAX_TEXT));
      case SEQUENCE -> sequence(type);
      case STRUCTURE ->
          new ZclValue.Structure(
              List.of(
                  new TypedValue(ZclType.UINT16.code(), value(ZclType.UINT16)),
                  new TypedValue(ZclType.ARRAY.code(), value(ZclType.ARRAY))));
    };
  }

  private ZclValue sequence(ZclType type) {
    ZclType element = random.nextBoolean() ? ZclType.INT24 : ZclType.CHARACTER_STRING;
    if (random.nextInt(8) == 0) {
      return new ZclValue.InvalidSequence(type, element);
    }
    List<ZclValue> elements = new ArrayList<>();
    for (int i = random.nextInt(MAX_ROWS); i > 0; i--) {
      elements.add(value(element));
    }
    return new ZclValue.Sequence(type, element, elements);
  }

  /** A reading that succeeded, or one that failed. */
  Reading reading(ZclAttribute attribute) {
    if (random.nextInt(4) == 0) {
      return new Reading(attribute, ZclStatus.UNSUPPORTED_ATTRIBUTE, Optional.empty());
    }
    ZclType type = attribute.prescribedType().orElse(ZclType.UINT8);
    return new Reading(
        attribute, ZclStatus.SUCCESS, Optional.of(new TypedValue(type.code(), value(type))));
  }

  private int octet() {
    return random.nextInt(0x100);
  }

  Octets octets(int least, int most) {
    byte[] content = new byte[least + random.nextInt(most - least + 1)];
    random.nextBytes(content);
    return Octets.of(content);
  }
}
