// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.transform;

import java.util.ArrayList;
import java.util.List;
import org.meterbox.duis.xml.XmlElement;

/** Where values stand in a request element, and the same element with another value there. */
final class Places {
  private Places() {}

  /**
   * A value's place.
   *
   * @param steps the numbers of the children on the way
   * @param attribute the attribute's name, empty for the text, {@code /} for which element it is
   * @param kind the names on the way, alike for all places that hold the same kind of value
   * @param value what stands there
   */
  record Place(List<Integer> steps, String attribute, String kind, String value) {
    Place {
      steps = List.copyOf(steps);
    }
  }

  /** The attribute that stands for the element's own name. */
  static final String NAME = "/";

  /** All places below an element. */
  static List<Place> of(XmlElement body) {
    List<Place> places = new ArrayList<>();
    collect(body, List.of(), body.localName(), places);
    return places;
  }

  private static void collect(
      XmlElement element, List<Integer> steps, String kind, List<Place> places) {
    element
        .attributes()
        .forEach((name, value) -> places.add(new Place(steps, name, kind + "/@" + name, value)));
    if (element.children().isEmpty() && !element.text().isEmpty()) {
      places.add(new Place(steps, "", kind, element.text()));
    }
    List<XmlElement> children = element.children();
    for (int i = 0; i < children.size(); i++) {
      XmlElement child = children.get(i);
      List<Integer> further = new ArrayList<>(steps);
      further.add(i);
      if (children.size() == 1 && isEmpty(child)) {
        places.add(new Place(further, NAME, kind + "/*", child.localName()));
      }
      collect(child, further, kind + "/" + child.localName(), places);
    }
  }

  private static boolean isEmpty(XmlElement element) {
    return element.children().isEmpty()
        && element.text().isEmpty()
        && element.attributes().isEmpty();
  }

  /** The element with another value in one place. */
  static XmlElement replace(XmlElement element, Place place, String value) {
    return replace(element, place, place.steps(), value);
  }

  private static XmlElement replace(
      XmlElement element, Place place, List<Integer> steps, String value) {
    if (steps.isEmpty()) {
      return switch (place.attribute()) {
        case "" -> with(element, value);
        case NAME -> XmlElement.builder(element.namespace(), value).build();
        default -> with(element, place.attribute(), value);
      };
    }
    XmlElement.Builder builder = XmlElement.builder(element.namespace(), element.localName());
    element.attributes().forEach(builder::attribute);
    for (int i = 0; i < element.children().size(); i++) {
      XmlElement child = element.children().get(i);
      builder.child(
          i == steps.getFirst()
              ? replace(child, place, steps.subList(1, steps.size()), value)
              : child);
    }
    return builder.build();
  }

  private static XmlElement with(XmlElement leaf, String text) {
    XmlElement.Builder builder = XmlElement.builder(leaf.namespace(), leaf.localName());
    leaf.attributes().forEach(builder::attribute);
    return builder.text(text).build();
  }

  /** The element with another value of an attribute. */
  static XmlElement with(XmlElement element, String attribute, String value) {
    XmlElement.Builder builder = XmlElement.builder(element.namespace(), element.localName());
    element
        .attributes()
        .forEach((name, old) -> builder.attribute(name, name.equals(attribute) ? value : old));
    return builder.children(element.children()).text(element.text()).build();
  }
}
