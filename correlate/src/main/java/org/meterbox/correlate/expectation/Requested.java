// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.expectation;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;

/** Reads values of a request, bounded, and repeats them in the request's words. */
public final class Requested {
  private Requested() {}

  /**
   * A whole number that fits where it must go.
   *
   * @throws ElementException where it is none or outside the bounds
   */
  public static long within(XmlElement element, long least, long most) throws ElementException {
    long value = element.integer();
    if (value < least || value > most) {
      throw element.fault(String.format(Locale.ROOT, "is not between %d and %d", least, most));
    }
    return value;
  }

  /**
   * A whole number in an attribute.
   *
   * @throws ElementException where there is none or it is outside the bounds
   */
  public static int attribute(XmlElement element, String name, int least, int most)
      throws ElementException {
    String text =
        element.attribute(name).orElseThrow(() -> element.fault("has no attribute " + name));
    try {
      int value = Integer.parseInt(text.strip());
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException outside) {
      // Refused below like every other value.
    }
    throw element.fault(
        String.format(Locale.ROOT, "the attribute %s is not between %d and %d", name, least, most));
  }

  /** The path by which reports name an attribute. */
  public static String path(XmlElement element, String attribute) {
    return element.path() + "/@" + attribute;
  }

  /** What an element says: its text, or the names and texts of what is in it. */
  public static String words(XmlElement element) {
    List<XmlElement> parts = element.children();
    if (parts.isEmpty()) {
      return element.token();
    }
    return parts.stream()
        .map(part -> (part.localName() + " " + words(part)).strip())
        .collect(Collectors.joining(", "));
  }
}
