// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.gbz;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.meterbox.gbcs.gbz.ZclCommand.Count;
import org.meterbox.gbcs.gbz.ZclCommand.Element;
import org.meterbox.gbcs.gbz.ZclCommand.OnlyIf;
import org.meterbox.gbcs.gbz.ZclCommand.Remainder;
import org.meterbox.gbcs.gbz.ZclCommand.Repeat;
import org.meterbox.gbcs.gbz.ZclCommand.Scalar;
import org.meterbox.kernel.Octets;

/**
 * Fills the fields of a command in the order of its layout. A field that is not next, of another
 * kind or too great for its type, and a number of rows other than announced, are refused with an
 * {@link IllegalArgumentException}. Not for use by two threads.
 */
public final class ZclFieldsBuilder {
  private final List<Element> layout;
  private final List<ZclField> fields = new ArrayList<>();
  private int next;
  private long before;

  ZclFieldsBuilder(List<Element> layout) {
    this.layout = layout;
  }

  /** A number with or without sign, as the layout has it. */
  public ZclFieldsBuilder number(String name, long number) {
    ZclType type = scalar(name).type();
    ZclValue value =
        type.form() == ZclType.Form.SIGNED
            ? new ZclValue.Signed(type, number)
            : new ZclValue.Unsigned(type, number);
    fields.add(new ZclField(name, value));
    before = number;
    return this;
  }

  /** A string of octets or characters. */
  public ZclFieldsBuilder octets(String name, Octets octets) {
    fields.add(new ZclField(name, new ZclValue.Text(scalar(name).type(), octets)));
    return this;
  }

  /** A date. */
  public ZclFieldsBuilder date(String name, ZclValue.Date date) {
    ZclType type = scalar(name).type();
    if (type.form() != ZclType.Form.DATE) {
      throw new IllegalArgumentException(name + " is no date");
    }
    fields.add(new ZclField(name, date));
    return this;
  }

  /** Rows, each filled from one of the items. */
  public <T> ZclFieldsBuilder rows(
      String name, List<T> items, BiConsumer<ZclFieldsBuilder, T> fill) {
    if (!(expect(name) instanceof Repeat repeat)) {
      throw new IllegalArgumentException(name + " has no rows");
    }
    long announced =
        switch (repeat.count()) {
          case Count.TO_END -> items.size();
          case Count.FIELD_BEFORE -> before;
          case Count.LOW_NIBBLE_BEFORE -> before & 0x0F;
          case Count.FIXED -> repeat.fixed();
        };
    if (announced != items.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d rows of %s are announced, not %d", announced, name, items.size()));
    }
    List<ZclFields> rows = new ArrayList<>(items.size());
    for (T item : items) {
      ZclFieldsBuilder row = new ZclFieldsBuilder(repeat.row());
      fill.accept(row, item);
      rows.add(row.build());
    }
    fields.add(new ZclField(name, new ZclValue.Rows(rows)));
    return this;
  }

  /**
   * All fields.
   *
   * @throws IllegalArgumentException where one is missing
   */
  public ZclFields build() {
    for (Element left : layout.subList(next, layout.size())) {
      boolean mayBeLeftOut =
          left instanceof Remainder || (left instanceof Scalar scalar && scalar.optional());
      if (!mayBeLeftOut) {
        throw new IllegalArgumentException(left.name() + " is missing");
      }
    }
    return new ZclFields(fields);
  }

  private Scalar scalar(String name) {
    if (expect(name) instanceof Scalar scalar) {
      return scalar;
    }
    throw new IllegalArgumentException(name + " is no single value");
  }

  private Element expect(String name) {
    while (next < layout.size()) {
      Element element = layout.get(next++);
      if (!(element instanceof OnlyIf onlyIf)) {
        if (element.name().equals(name)) {
          return element;
        }
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "%s is the next field, not %s", element.name(), name));
      }
      if (new ZclFields(fields).number(onlyIf.name()) != onlyIf.value()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "the layout goes on only with %s %d", onlyIf.name(), onlyIf.value()));
      }
    }
    throw new IllegalArgumentException("there is no further field " + name);
  }
}
