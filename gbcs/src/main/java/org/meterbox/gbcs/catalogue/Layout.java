// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What stands inside a value: names, kinds and units of its parts, so that a person can read a
 * dump. Decoding never depends on it.
 *
 * @param name empty where the part has none of its own
 * @param meaning how to show a part without parts
 * @param twinOnly whether only twin element meters have it
 * @param content its own parts
 */
public record Layout(String name, Meaning meaning, boolean twinOnly, Content content) {
  /** A value of which nothing is known. */
  public static final Layout UNKNOWN =
      new Layout("", Meaning.Plain.VALUE, false, Content.None.VALUE);

  /** How to show a value. */
  public sealed interface Meaning {
    /** As it is. */
    record Plain() implements Meaning {
      /** The one value. */
      public static final Plain VALUE = new Plain();
    }

    /** One of the notations of {@link Notation}. */
    record In(Notation notation) implements Meaning {}

    /** A number with a unit of measure. */
    record Measured(String unit) implements Meaning {}

    /** A number with words for some of its values. */
    record OneOf(Map<Long, String> words) implements Meaning {
      /** Copies the map. */
      public OneOf {
        words = Map.copyOf(words);
      }
    }
  }

  /** Notations of values. */
  public enum Notation {
    /** DLMS date-time, 12 octets. */
    DATE_TIME,
    /** DLMS date, 5 octets. */
    DATE,
    /** DLMS time, 4 octets. */
    TIME,
    /** Seconds since 2000. */
    LOG_TIME,
    /** A logical name, 6 octets. */
    OBJECT,
    /** An EUI-64, 8 octets. */
    ID,
    /** Octets that are ASCII. */
    TEXT,
    /** The number of a DLMS unit. */
    UNIT,
    /** Bits, first one first. */
    BITS,
    /** Never shown: prepayment tokens, install codes, identification numbers. */
    SECRET
  }

  /** The parts of a value. */
  public sealed interface Content {
    /** No parts. */
    record None() implements Content {
      /** The one value. */
      public static final None VALUE = new None();
    }

    /** Any number of equal parts. */
    record Repeated(Layout element) implements Content {}

    /** Parts in a prescribed order. */
    record Ordered(List<Layout> parts) implements Content {
      /** Copies the list. */
      public Ordered {
        parts = List.copyOf(parts);
      }
    }
  }

  /** The layout of the elements of an array; unknown where this is none. */
  public Layout element() {
    return content instanceof Content.Repeated(Layout element) ? element : UNKNOWN;
  }

  /**
   * The layouts of the {@code count} elements of a structure: with or without those of twin element
   * meters, whichever fits; all unknown where neither does.
   */
  public List<Layout> parts(int count) {
    if (content instanceof Content.Ordered(List<Layout> all)) {
      if (all.size() == count) {
        return all;
      }
      List<Layout> single = all.stream().filter(part -> !part.twinOnly()).toList();
      if (single.size() == count) {
        return single;
      }
    }
    return java.util.Collections.nCopies(count, UNKNOWN);
  }

  /**
   * Reads the notation of {@code cosem-objects.txt}.
   *
   * @throws IllegalArgumentException for any other text
   */
  static Layout parse(String text) {
    Parser parser = new Parser(text);
    Layout layout = parser.layout();
    parser.expectEnd();
    return layout;
  }

  /** Reads a layout from left to right; its nesting is that of our own table. */
  private static final class Parser {
    private final String text;
    private int position;

    Parser(String text) {
      this.text = text.replace(" ", "");
    }

    Layout layout() {
      String name = word();
      boolean twinOnly = accept('?');
      Meaning meaning = accept(':') ? meaning(word()) : Meaning.Plain.VALUE;
      return new Layout(name, meaning, twinOnly, content());
    }

    private Content content() {
      if (accept('[')) {
        Layout element = layout();
        expect(']');
        return new Content.Repeated(element);
      }
      if (accept('{')) {
        List<Layout> parts = new ArrayList<>();
        do {
          parts.add(layout());
        } while (accept(','));
        expect('}');
        return new Content.Ordered(parts);
      }
      return Content.None.VALUE;
    }

    private Meaning meaning(String kind) {
      if (kind.equals("enum")) {
        expect('(');
        Map<Long, String> words = new TreeMap<>();
        do {
          long value = Long.parseLong(word());
          expect('=');
          words.put(value, word());
        } while (accept('/'));
        expect(')');
        return new Meaning.OneOf(words);
      }
      return notation(kind)
          .<Meaning>map(Meaning.In::new)
          .orElseGet(() -> new Meaning.Measured(kind));
    }

    private static Optional<Notation> notation(String kind) {
      for (Notation notation : Notation.values()) {
        if (notation.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-').equals(kind)) {
          return Optional.of(notation);
        }
      }
      return Optional.empty();
    }

    private String word() {
      int start = position;
      while (position < text.length() && ":?[]{}(),=/".indexOf(text.charAt(position)) < 0) {
        position++;
      }
      return text.substring(start, position);
    }

    private boolean accept(char expected) {
      if (position < text.length() && text.charAt(position) == expected) {
        position++;
        return true;
      }
      return false;
    }

    private void expect(char expected) {
      if (!accept(expected)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "'%s' is needed at %d of the layout %s", expected, position, text));
      }
    }

    void expectEnd() {
      if (position != text.length()) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "the layout %s ends at %d", text, position));
      }
    }
  }
}
