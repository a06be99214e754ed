// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.util.Collection;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.meterbox.correlate.expectation.Requested;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;

/** Elements that say by an attribute which of several they are. */
final class Indexed {
  private Indexed() {}

  /**
   * The elements in the order of their attribute.
   *
   * @throws ElementException where an attribute is missing, above {@code most} or there twice
   */
  static SortedMap<Integer, XmlElement> by(
      String attribute, Collection<XmlElement> elements, int most) throws ElementException {
    SortedMap<Integer, XmlElement> sorted = new TreeMap<>();
    for (XmlElement element : elements) {
      int index = Requested.attribute(element, attribute, 1, most);
      if (sorted.put(index, element) != null) {
        throw element.fault(String.format(Locale.ROOT, "has the same %s as another", attribute));
      }
    }
    return sorted;
  }

  /**
   * All of them from 1 on, in the order of their attribute {@code index}.
   *
   * @throws ElementException where one is missing
   */
  static Collection<XmlElement> all(XmlElement parent, String name, int number)
      throws ElementException {
    SortedMap<Integer, XmlElement> sorted = by("index", parent.children(name), number);
    if (sorted.size() != number) {
      throw parent.fault(
          String.format(Locale.ROOT, "has %d of %d %s", sorted.size(), number, name));
    }
    return sorted.values();
  }
}
