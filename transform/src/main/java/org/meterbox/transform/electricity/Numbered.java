// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform.electricity;

import static org.meterbox.transform.CosemForms.attribute;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;

/** Elements that say their place in a table by a number. */
final class Numbered {
  private Numbered() {}

  /**
   * The elements by their numbers. A table has one line for each: of two elements with one number,
   * one would be lost without a word.
   *
   * @param name the attribute with the number
   * @throws ElementException where a number is missing, outside 1 to {@code max} or there twice
   */
  static SortedMap<Integer, XmlElement> by(String name, int max, Collection<XmlElement> elements)
      throws ElementException {
    SortedMap<Integer, XmlElement> numbered = new TreeMap<>();
    for (XmlElement element : elements) {
      if (numbered.put(attribute(element, name, max), element) != null) {
        throw element.fault("has the same number as another");
      }
    }
    return numbered;
  }
}
