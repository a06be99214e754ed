// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.dump;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.meterbox.gbcs.catalogue.CosemCatalogue;
import org.meterbox.gbcs.catalogue.CosemCatalogue.MemberKind;
import org.meterbox.gbcs.catalogue.Layout;
import org.meterbox.gbcs.catalogue.Layout.Meaning;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.LogTimestamp;
import org.meterbox.gbcs.dlms.Obis;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;

/** DLMS values in words. */
final class DlmsDump {
  private static final CosemCatalogue CATALOGUE = CosemCatalogue.standard();

  private DlmsDump() {}

  /** The name of an attribute or method, and its number in any case. */
  static String name(CosemAttribute target, MemberKind kind) {
    return CATALOGUE
        .find(target, kind)
        .map(name -> String.format(Locale.ROOT, "%s  (%s)", name, target))
        .orElseGet(target::toString);
  }

  /** What is known of a value. */
  static Layout layout(CosemAttribute target, MemberKind kind) {
    return CATALOGUE.find(target, kind).map(CosemCatalogue.Name::layout).orElse(Layout.UNKNOWN);
  }

  /** A value on one line, or on as many as it has parts. */
  static void value(Page page, String name, DlmsValue value, Layout layout) {
    switch (value) {
      case DlmsValue.ArrayOf(List<DlmsValue> elements) ->
          repeated(page, name, elements, layout.element());
      case DlmsValue.CompactArray compact ->
          repeated(page, name, compact.elements(), layout.element());
      case DlmsValue.Structure(List<DlmsValue> elements) -> ordered(page, name, elements, layout);
      case DlmsValue leaf -> page.line(name, leaf(leaf, layout.meaning()));
    }
  }

  private static void repeated(
      Page page, String name, List<DlmsValue> elements, Layout elementLayout) {
    boolean leaves = elements.stream().allMatch(DlmsDump::isLeaf);
    if (leaves) {
      page.line(
          name,
          elements.stream()
              .map(element -> leaf(element, elementLayout.meaning()))
              .collect(Collectors.joining(", ", "[", "]")));
      return;
    }
    page.line(name, String.format(Locale.ROOT, "%d entries", elements.size()));
    page.indented(() ->
        IntStream.range(0, elements.size())
            .forEach(i ->
                value(
                    page,
                    String.format(Locale.ROOT, "[%d]", i + 1),
                    elements.get(i),
                    elementLayout)));
  }

  private static void ordered(Page page, String name, List<DlmsValue> elements, Layout layout) {
    List<Layout> parts = layout.parts(elements.size());
    Optional<String> oneLine = onOneLine(elements, parts);
    if (oneLine.isPresent()) {
      page.line(name, oneLine.get());
      return;
    }
    page.title(name);
    page.indented(() -> {
      for (int i = 0; i < elements.size(); i++) {
        Layout part = parts.get(i);
        value(page, partName(part, i), elements.get(i), part);
      }
    });
  }

  /** Parts without parts of their own that are short together. */
  private static Optional<String> onOneLine(List<DlmsValue> elements, List<Layout> parts) {
    if (!elements.stream().allMatch(DlmsDump::isLeaf)) {
      return Optional.empty();
    }
    String line =
        IntStream.range(0, elements.size())
            .mapToObj(i ->
                partName(parts.get(i), i) + " " + leaf(elements.get(i), parts.get(i).meaning()))
            .collect(Collectors.joining(", "));
    return Optional.of(line).filter(text -> text.length() <= Page.MAX_COLUMNS_SHARED);
  }

  private static String partName(Layout part, int index) {
    return part.name().isEmpty() ? "field " + (index + 1) : part.name();
  }

  private static boolean isLeaf(DlmsValue value) {
    return switch (value) {
      case DlmsValue.ArrayOf ignored -> false;
      case DlmsValue.CompactArray ignored -> false;
      case DlmsValue.Structure ignored -> false;
      case DlmsValue ignored -> true;
    };
  }

  private static String leaf(DlmsValue value, Meaning meaning) {
    return switch (value) {
      case DlmsValue.NullData ignored -> "-";
      case DlmsValue.Bool bool -> bool.value() ? "true" : "false";
      case DlmsValue.BitString bits -> bits(bits);
      case DlmsValue.OctetString string -> octets(string.octets(), meaning);
      case DlmsValue.VisibleString string -> Page.text(string.octets());
      case DlmsValue.Utf8String string -> Page.utf8(string.octets());
      case DlmsValue.Int8 number -> number(number.value(), meaning);
      case DlmsValue.Int16 number -> number(number.value(), meaning);
      case DlmsValue.Int32 number -> number(number.value(), meaning);
      case DlmsValue.Int64 number -> number(number.value(), meaning);
      case DlmsValue.UInt8 number -> number(number.value(), meaning);
      case DlmsValue.UInt16 number -> number(number.value(), meaning);
      case DlmsValue.UInt32 number -> number(number.value(), meaning);
      case DlmsValue.UInt64 number -> Long.toUnsignedString(number.value());
      case DlmsValue.Enumerated choice -> number(choice.value(), meaning);
      case DlmsValue.ArrayOf ignored -> "(array)";
      case DlmsValue.CompactArray ignored -> "(array)";
      case DlmsValue.Structure ignored -> "(structure)";
    };
  }

  private static String number(long value, Meaning meaning) {
    return switch (meaning) {
      case Meaning.Plain ignored -> Long.toString(value);
      case Meaning.Measured(String unit) -> value + " " + (unit.equals("mp") ? "millipence" : unit);
      case Meaning.OneOf one ->
          Optional.ofNullable(one.words().get(value))
              .map(word -> String.format(Locale.ROOT, "%d (%s)", value, word))
              .orElseGet(() -> Long.toString(value));
      case Meaning.In(Layout.Notation notation) ->
          switch (notation) {
            case LOG_TIME -> value < 0 ? Long.toString(value) : new LogTimestamp(value).toString();
            case UNIT -> String.format(Locale.ROOT, "%d (%s)", value, unit((int) value));
            case DATE_TIME, DATE, TIME, OBJECT, ID, TEXT, BITS, SECRET -> Long.toString(value);
          };
    };
  }

  private static String octets(Octets octets, Meaning meaning) {
    if (!(meaning instanceof Meaning.In(Layout.Notation notation))) {
      return octets.isEmpty() ? "(empty)" : Page.hex(octets) + asText(octets);
    }
    return switch (notation) {
      case DATE_TIME ->
          octets.length() == DlmsDateTime.OCTETS
              ? new DlmsDateTime(octets).toString()
              : Page.hex(octets);
      case DATE -> octets.length() == 5 ? date(octets) : Page.hex(octets);
      case TIME -> octets.length() == 4 ? time(octets) : Page.hex(octets);
      case OBJECT -> octets.length() == Obis.OCTETS ? object(octets) : Page.hex(octets);
      case ID -> octets.length() == Eui64.OCTETS ? eui(octets) : Page.hex(octets);
      case TEXT -> Page.text(octets);
      case SECRET -> Page.masked(octets.length());
      case LOG_TIME, UNIT, BITS -> Page.hex(octets);
    };
  }

  /** Octets of unknown meaning that happen to be readable are shown in both ways. */
  private static String asText(Octets octets) {
    String text = Page.text(octets);
    return octets.length() >= 3 && text.startsWith("\"") ? "  " + text : "";
  }

  private static String bits(DlmsValue.BitString bits) {
    if (bits.bits() > 32) {
      return String.format(Locale.ROOT, "%d bits %s", bits.bits(), Page.hex(bits.octets()));
    }
    StringBuilder text = new StringBuilder(bits.bits());
    for (int i = 0; i < bits.bits(); i++) {
      text.append((bits.octets().at(i / 8) >> (7 - i % 8)) & 1);
    }
    return text.isEmpty() ? "(no bits)" : text.toString();
  }

  private static String date(Octets octets) {
    int year = (octets.at(0) << 8) | octets.at(1);
    return String.format(
        Locale.ROOT,
        "%s-%s-%s%s",
        year == 0xFFFF ? "****" : String.format(Locale.ROOT, "%04d", year),
        part(octets.at(2)),
        part(octets.at(3)),
        octets.at(4) == 0xFF ? "" : " weekday " + octets.at(4));
  }

  private static String time(Octets octets) {
    return String.format(
        Locale.ROOT, "%s:%s:%s", part(octets.at(0)), part(octets.at(1)), part(octets.at(2)));
  }

  private static String part(int value) {
    return value == 0xFF ? "**" : String.format(Locale.ROOT, "%02d", value);
  }

  private static String object(Octets octets) {
    try {
      return Obis.read(octets.reader()).toString();
    } catch (DecodeException impossible) {
      throw new IllegalStateException("six octets were counted", impossible);
    }
  }

  private static String eui(Octets octets) {
    try {
      return Eui64.read(octets.reader()).dashed();
    } catch (DecodeException impossible) {
      throw new IllegalStateException("eight octets were counted", impossible);
    }
  }

  /** The DLMS units that GB meters use. */
  private static String unit(int code) {
    return switch (code) {
      case 27 -> "W";
      case 30 -> "Wh";
      case 32 -> "varh";
      case 254 -> "other";
      case 255 -> "count";
      default -> "unit " + code;
    };
  }
}
