// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.gbz;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.kernel.Octets;

/**
 * The fields of a command, or of one row of its repeated part, in the order of the wire.
 *
 * <p>The methods that look a field up by name throw {@link IllegalArgumentException} where there is
 * none of that name and kind: the names of a command are fixed by the table, so that is a mistake
 * of the caller and not of the message. Optional fields are asked for with {@link #find}.
 */
public record ZclFields(List<ZclField> fields) {
  /** Copies the list. */
  public ZclFields {
    fields = List.copyOf(fields);
  }

  /** The field's value, where the field is present. */
  public Optional<ZclValue> find(String name) {
    for (ZclField field : fields) {
      if (field.name().equals(name)) {
        return Optional.of(field.value());
      }
    }
    return Optional.empty();
  }

  /** A number with or without sign. */
  public long number(String name) {
    return switch (required(name)) {
      case ZclValue.Unsigned unsigned -> unsigned.value();
      case ZclValue.Signed signed -> signed.value();
      case ZclValue other -> throw notA("number", name, other);
    };
  }

  /** The octets of a string; none where the string is marked invalid. */
  public Octets octets(String name) {
    return switch (required(name)) {
      case ZclValue.Text text -> text.octets();
      case ZclValue.Invalid ignored -> Octets.EMPTY;
      case ZclValue.Rest rest -> rest.octets();
      case ZclValue other -> throw notA("string", name, other);
    };
  }

  /** A date. */
  public ZclValue.Date date(String name) {
    return switch (required(name)) {
      case ZclValue.Date date -> date;
      case ZclValue other -> throw notA("date", name, other);
    };
  }

  /** The rows of a repeated part. */
  public List<ZclFields> rows(String name) {
    return switch (required(name)) {
      case ZclValue.Rows rows -> rows.rows();
      case ZclValue other -> throw notA("repeated part", name, other);
    };
  }

  private ZclValue required(String name) {
    return find(name)
        .orElseThrow(() -> new IllegalArgumentException("there is no field named " + name));
  }

  private static IllegalArgumentException notA(String kind, String name, ZclValue found) {
    return new IllegalArgumentException(
        String.format(Locale.ROOT, "%s is no %s but %s", name, kind, found));
  }
}
