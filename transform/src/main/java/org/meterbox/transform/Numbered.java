// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform;

import static org.meterbox.transform.CosemForms.attribute;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;

/** Elements that say their place in a table by a number. */
public final class Numbered {
  private Numbered() {}

  /**
   * The elements by their numbers. A table has one line for each: of two elements with one number,
   * one would be lost without a word.
   *
   * @param name the attribute with the number
   * @throws ElementException where a number is missing, outside 1 to {@code max} or there twice
   */
  public static SortedMap<Integer, XmlElement> by(
      String name, int max, Collection<XmlElement> elements) throws ElementException {
    SortedMap<Integer, XmlElement> numbered = new TreeMap<>();
    for (XmlElement element : elements) {
      if (numbered.put(attribute(element, name, max), element) != null) {
        throw element.fault("has the same number as another");
      }
    }
    return numbered;
  }

  /**
   * The children of this name in the order of their attribute index.
   *
   * @throws ElementException unless they are numbered from 1 without a gap
   */
  public static List<XmlElement> inOrder(XmlElement parent, String name) throws ElementException {
    List<XmlElement> children = parent.children(name);
    return List.copyOf(by("index", children.size(), children).values());
  }
}
