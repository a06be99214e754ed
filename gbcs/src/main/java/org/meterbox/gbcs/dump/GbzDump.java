// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.dump;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.meterbox.gbcs.dlms.LogTimestamp;
import org.meterbox.gbcs.gbz.Component;
import org.meterbox.gbcs.gbz.GlobalCommand;
import org.meterbox.gbcs.gbz.TypedValue;
import org.meterbox.gbcs.gbz.ZclCatalogue;
import org.meterbox.gbcs.gbz.ZclCommand.Direction;
import org.meterbox.gbcs.gbz.ZclField;
import org.meterbox.gbcs.gbz.ZclFields;
import org.meterbox.gbcs.gbz.ZclFrame;
import org.meterbox.gbcs.gbz.ZclPayload;
import org.meterbox.gbcs.gbz.ZclType;
import org.meterbox.gbcs.gbz.ZclValue;
import org.meterbox.kernel.Octets;

/** ZigBee commands in words. */
final class GbzDump {
  private static final long AT_ONCE = 0;
  private static final long NEVER = 0xFFFF_FFFFL;

  /** Prepayment tokens, passwords and what identifies a customer on the telephone. */
  private static final Set<String> SECRETS =
      Set.of("Top Up Code", "Password", "Customer Id Number");

  private GbzDump() {}

  static String title(int index, Component component) {
    boolean fromServer = component.header().direction() == Direction.FROM_SERVER;
    return String.format(
        Locale.ROOT,
        "%d  %s / %s  (%s, sequence %d%s)",
        index + 1,
        component.cluster().name(),
        component.name(),
        fromServer ? "from server" : "from client",
        component.header().sequenceNumber(),
        component instanceof Component.Encrypted ? ", encrypted" : "");
  }

  static void from(Page page, Component component) {
    component
        .fromDateTime()
        .ifPresent(seconds -> page.line("from", new LogTimestamp(seconds).toString()));
  }

  static void frame(Page page, ZclFrame frame) {
    switch (frame.payload()) {
      case ZclPayload.ClusterCommand(ZclFields fields) -> fields(page, fields);
      case ZclPayload.ReadAttributes read ->
          read.attributes().forEach(attribute -> page.title(attribute.name()));
      case ZclPayload.AttributeReadings readings ->
          readings.readings().forEach(r -> reading(page, r));
      case ZclPayload.AttributeValues values ->
          values
              .values()
              .forEach(value -> page.line(value.attribute().name(), typed(value.value())));
      case ZclPayload.WriteResults(List<ZclPayload.WriteFailure> failures) -> {
        if (failures.isEmpty()) {
          page.line("all attributes", "SUCCESS");
        }
        failures.forEach(f -> page.line(f.attribute().name(), f.status().name()));
      }
      case ZclPayload.DefaultResponse response ->
          page.line(
              "to command " + commandName(frame, response.commandId()), response.status().name());
      case ZclPayload.Unrecognised(Octets octets) -> page.line("octets", Page.hex(octets));
    }
  }

  private static void reading(Page page, ZclPayload.Reading reading) {
    page.line(
        reading.attribute().name(),
        reading.value().map(GbzDump::typed).orElseGet(() -> reading.status().name()));
  }

  private static String commandName(ZclFrame frame, int commandId) {
    // The answered command went the other way.
    Direction asked =
        frame.header().direction() == Direction.FROM_SERVER
            ? Direction.FROM_CLIENT
            : Direction.FROM_SERVER;
    return ZclCatalogue.command(frame.cluster(), asked, commandId)
        .map(command -> String.format(Locale.ROOT, "0x%02X %s", commandId, command.name()))
        .or(() ->
            commandId == GlobalCommand.READ_ATTRIBUTES.id()
                ? Optional.of(String.format(Locale.ROOT, "0x%02X Read Attributes", commandId))
                : Optional.empty())
        .orElseGet(() -> String.format(Locale.ROOT, "0x%02X", commandId));
  }

  private static void fields(Page page, ZclFields fields) {
    for (ZclField field : fields.fields()) {
      switch (field.value()) {
        case ZclValue.Rows(List<ZclFields> rows) -> {
          page.line(field.name(), String.format(Locale.ROOT, "%d rows", rows.size()));
          page.indented(() -> {
            for (int i = 0; i < rows.size(); i++) {
              row(page, String.format(Locale.ROOT, "[%d]", i + 1), rows.get(i));
            }
          });
        }
        case ZclValue ignored -> page.line(field.name(), shown(field));
      }
    }
  }

  /** On one line where it is short. */
  private static void row(Page page, String name, ZclFields row) {
    boolean leaves = row.fields().stream().noneMatch(f -> f.value() instanceof ZclValue.Rows);
    String line =
        row.fields().stream()
            .map(field -> field.name() + " " + shown(field))
            .collect(Collectors.joining(", "));
    if (leaves && line.length() <= Page.MAX_COLUMNS_SHARED) {
      page.line(name, line);
    } else {
      page.title(name);
      page.indented(() -> fields(page, row));
    }
  }

  private static String shown(ZclField field) {
    return SECRETS.contains(field.name()) ? masked(field.value()) : leaf(field.value());
  }

  private static String masked(ZclValue value) {
    return value instanceof ZclValue.Text text
        ? Page.masked(text.octets().length())
        : "(not shown)";
  }

  private static String typed(TypedValue typed) {
    return leaf(typed.value());
  }

  private static String leaf(ZclValue value) {
    return switch (value) {
      case ZclValue.Nothing ignored -> "-";
      case ZclValue.Unsigned number -> unsigned(number);
      case ZclValue.Signed number ->
          number.isNonValue()
              ? String.format(Locale.ROOT, "(no value: %d)", number.value())
              : Long.toString(number.value());
      case ZclValue.Date date -> date(date);
      case ZclValue.Fixed fixed -> Page.hex(fixed.octets());
      case ZclValue.Text text -> Page.text(text.octets());
      case ZclValue.Invalid ignored -> "(invalid)";
      case ZclValue.InvalidSequence ignored -> "(invalid)";
      case ZclValue.Sequence sequence ->
          sequence.elements().stream().map(GbzDump::leaf).toList().toString();
      case ZclValue.Structure structure ->
          structure.elements().stream().map(GbzDump::typed).toList().toString();
      case ZclValue.Rows rows -> String.format(Locale.ROOT, "(%d rows)", rows.rows().size());
      case ZclValue.Rest rest -> Page.hex(rest.octets());
      case ZclValue.OfUnknownType unknown ->
          String.format(
              Locale.ROOT, "type 0x%02X %s", unknown.typeCode(), Page.hex(unknown.octets()));
    };
  }

  private static String unsigned(ZclValue.Unsigned number) {
    long value = number.value();
    if (number.isNonValue() && number.type() != ZclType.UTC_TIME) {
      return String.format(Locale.ROOT, "(no value: %s)", Long.toUnsignedString(value));
    }
    return switch (number.type()) {
      case UTC_TIME ->
          value == AT_ONCE
              ? "0 (now)"
              : value == NEVER ? "FFFFFFFF (never)" : new LogTimestamp(value).toString();
      case BITMAP8, BITMAP16, BITMAP24, BITMAP32, BITMAP40, BITMAP48, BITMAP56, BITMAP64 ->
          String.format(Locale.ROOT, "0x%0" + 2 * number.type().octets() + "X", value);
      case BOOLEAN -> value == 0 ? "false" : "true";
      case ZclType ignored -> Long.toUnsignedString(value);
    };
  }

  private static String date(ZclValue.Date date) {
    return String.format(
        Locale.ROOT,
        "%s-%s-%s",
        date.year() == ZclValue.Date.ANY ? "****" : Integer.toString(1900 + date.year()),
        part(date.month()),
        part(date.day()));
  }

  private static String part(int value) {
    return value == ZclValue.Date.ANY ? "**" : String.format(Locale.ROOT, "%02d", value);
  }
}
