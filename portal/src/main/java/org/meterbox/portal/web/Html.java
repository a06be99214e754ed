// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of a page. The only ways to make one are templates written in code, whose holes {@code
 * {}} are filled with other pieces as they are and with everything else as escaped text. So no
 * value can become markup. Holes stand in element content and in quoted attribute values, never in
 * tag names, styles or scripts.
 */
public final class Html {
  /** Nothing. */
  public static final Html NONE = new Html("");

  private static final Pattern HOLE = Pattern.compile("\\{}");

  private final String markup;

  private Html(String markup) {
    this.markup = markup;
  }

  /**
   * Fills a template.
   *
   * @param template a constant
   * @param holes what fills them, in order; an empty Optional and a missing piece leave nothing
   * @throws IllegalArgumentException where there are more or fewer of them than holes
   */
  public static Html of(String template, Object... holes) {
    StringBuilder filled = new StringBuilder(template.length() + 64 * holes.length);
    Matcher hole = HOLE.matcher(template);
    int next = 0;
    while (hole.find()) {
      if (next == holes.length) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "a template with more than %d holes", next));
      }
      hole.appendReplacement(filled, Matcher.quoteReplacement(fill(holes[next++])));
    }
    if (next != holes.length) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "a template with only %d holes", next));
    }
    return new Html(hole.appendTail(filled).toString());
  }

  /** One piece for each thing. */
  public static <T> Html each(Collection<T> things, Function<? super T, Html> piece) {
    StringBuilder all = new StringBuilder();
    for (T thing : things) {
      all.append(piece.apply(thing).markup);
    }
    return new Html(all.toString());
  }

  /** Pieces one after the other. */
  public static Html join(Html... pieces) {
    List<Html> all = new ArrayList<>(List.of(pieces));
    return each(all, piece -> piece);
  }

  /** A piece under a condition. */
  public static Html when(boolean condition, Html piece) {
    return condition ? piece : NONE;
  }

  private static String fill(Object hole) {
    return switch (hole) {
      case Html piece -> piece.markup;
      case Optional<?> optional -> optional.map(Html::fill).orElse("");
      default -> escape(hole.toString());
    };
  }

  /** Control characters other than white space have no place in HTML (its section 13.1.4). */
  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(point -> {
          switch (point) {
            case '&' -> escaped.append("&amp;");
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            case '"' -> escaped.append("&quot;");
            case '\'' -> escaped.append("&#39;");
            default -> {
              boolean allowed = !Character.isISOControl(point) || Character.isWhitespace(point);
              escaped.appendCodePoint(allowed ? point : 0xFFFD);
            }
          }
        });
    return escaped.toString();
  }

  /** The markup. */
  @Override
  public String toString() {
    return markup;
  }
}
