// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.correlate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.meterbox.duis.xml.XmlElement;

/**
 * An element in which one thing was changed.
 *
 * @param change what, for a report
 */
record ChangedElement(String change, XmlElement element) {
  /** Words that have a counterpart. */
  private static final Map<String, String> COUNTERPARTS =
      Map.ofEntries(
          Map.entry("true", "false"),
          Map.entry("false", "true"),
          Map.entry("GBP", "ECB"),
          Map.entry("ECB", "GBP"),
          Map.entry("START", "STOP"),
          Map.entry("STOP", "START"),
          Map.entry("Locked", "Unchanged"),
          Map.entry("Unchanged", "Locked"),
          Map.entry("HOURLY", "DAILY"),
          Map.entry("DAILY", "HOURLY"),
          Map.entry("Monthly", "Weekly"),
          Map.entry("SixMonthly", "Quarterly"),
          Map.entry("Monday", "Sunday"),
          Map.entry("Sunday", "Wednesday"),
          Map.entry("Digital Signature", "Key Agreement"),
          Map.entry("Key Agreement", "Digital Signature"));

  /** Elements that have a counterpart. */
  private static final Map<String, String> OTHER_CHOICES =
      Map.of(
          "ActivateSwitch", "DeactivateSwitch",
          "DeactivateSwitch", "ActivateSwitch",
          "NonSpecifiedDayOfMonth", "LastDayOfMonth");

  /** Every way to change one text, attribute or element, or to leave one out. */
  static List<ChangedElement> of(XmlElement element) {
    List<ChangedElement> changes = new ArrayList<>();
    String name = element.localName();
    if (!element.text().isBlank()) {
      changes.add(new ChangedElement(name + " text", withText(element, other(element.text()))));
    }
    element
        .attributes()
        .forEach((attribute, value) ->
            changes.add(
                new ChangedElement(
                    name + "/@" + attribute, withAttribute(element, attribute, other(value)))));
    for (int i = 0; i < element.children().size(); i++) {
      addChildChanges(element, i, changes);
    }
    return changes;
  }

  private static void addChildChanges(XmlElement element, int index, List<ChangedElement> changes) {
    XmlElement child = element.children().get(index);
    String path = element.localName() + "/" + child.localName();
    for (ChangedElement inner : of(child)) {
      List<XmlElement> children = new ArrayList<>(element.children());
      children.set(index, inner.element());
      changes.add(
          new ChangedElement(
              element.localName() + "/" + inner.change(), withChildren(element, children)));
    }
    // A price of zero says the same as none.
    if (!child.text().equals("0")) {
      List<XmlElement> without = new ArrayList<>(element.children());
      without.remove(index);
      changes.add(new ChangedElement(path + " left out", withChildren(element, without)));
    }
    if (OTHER_CHOICES.containsKey(child.localName())) {
      List<XmlElement> chosen = new ArrayList<>(element.children());
      chosen.set(index, XmlElement.of(OTHER_CHOICES.get(child.localName())));
      changes.add(new ChangedElement(path + " chosen otherwise", withChildren(element, chosen)));
    }
  }

  private static String other(String text) {
    String token = text.strip();
    if (COUNTERPARTS.containsKey(token)) {
      return COUNTERPARTS.get(token);
    }
    if (token.matches("-?[0-9]{1,18}")) {
      return Long.toString(Long.parseLong(token) + 1);
    }
    // Any other text: one character in the middle becomes another of its kind.
    char[] characters = token.toCharArray();
    int middle = characters.length / 2;
    for (int i = 0; i < characters.length; i++) {
      int at = (middle + i) % characters.length;
      if (Character.isLetterOrDigit(characters[at])) {
        characters[at] = successor(characters[at]);
        return new String(characters);
      }
    }
    return token + "1";
  }

  private static char successor(char character) {
    return switch (character) {
      case '9' -> '0';
      case 'z', 'Z', 'f', 'F' -> (char) (character - 5);
      default -> (char) (character + 1);
    };
  }

  private static XmlElement withText(XmlElement element, String text) {
    return copy(element).text(text).build();
  }

  private static XmlElement withAttribute(XmlElement element, String name, String value) {
    return copy(element)
        .attribute(name, value)
        .children(element.children())
        .text(element.text())
        .build();
  }

  private static XmlElement withChildren(XmlElement element, List<XmlElement> children) {
    return copy(element).children(children).build();
  }

  private static XmlElement.Builder copy(XmlElement element) {
    XmlElement.Builder copy = XmlElement.builder(element.namespace(), element.localName());
    element.attributes().forEach(copy::attribute);
    return copy;
  }
}
