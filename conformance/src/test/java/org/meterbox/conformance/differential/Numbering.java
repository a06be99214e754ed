// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.differential;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.meterbox.duis.xml.XmlElement;

/**
 * A drawn request with the numbers in order: elements side by side have each another number, in any
 * order, and special days are among those that are defined.
 */
final class Numbering {
  private static final List<String> NUMBERS = List.of("index", "identifier");
  private static final Set<String> SPECIAL_DAYS =
      Set.of("ALCSHCALCSSpecialDay", "AuxiliaryControllerSpecialDayDefinition", "SpecialDay");

  private final RandomGenerator random;
  private final XmlElement body;
  private final int specialDays;

  Numbering(RandomGenerator random, XmlElement body) {
    this.random = random;
    this.body = body;
    this.specialDays = count(body);
  }

  private static int count(XmlElement element) {
    int own = SPECIAL_DAYS.contains(element.localName()) ? 1 : 0;
    return own + element.children().stream().mapToInt(Numbering::count).sum();
  }

  XmlElement numbered() {
    return numbered(body, Map.of());
  }

  private XmlElement numbered(XmlElement element, Map<String, String> attributes) {
    XmlElement.Builder builder = XmlElement.builder(element.namespace(), element.localName());
    element
        .attributes()
        .forEach((name, value) -> builder.attribute(name, attributes.getOrDefault(name, value)));
    Map<String, List<Integer>> numbers = new HashMap<>();
    for (XmlElement child : element.children()) {
      boolean repeats = child.localName().equals("SpecialDaysApplicability");
      if (names(child) && specialDays == 0) {
        continue;
      }
      List<Integer> left =
          numbers.computeIfAbsent(
              child.localName(), name -> shuffled(element.children(name).size()));
      int next = repeats ? 1 + random.nextInt(Math.max(1, specialDays)) : left.removeLast();
      boolean numbered = repeats || element.children(child.localName()).size() > 1;
      builder.child(numbered(child, numbered ? everyName(next) : Map.of()));
    }
    boolean day = element.localName().equals("SpecialDayID");
    return builder
        .text(day ? Integer.toString(1 + random.nextInt(Math.max(1, specialDays))) : element.text())
        .build();
  }

  private static boolean names(XmlElement element) {
    return (element.localName().equals("SpecialDaysApplicability") && element.children().isEmpty())
        || element.localName().equals("SpecialDayApplicability");
  }

  private static Map<String, String> everyName(int number) {
    Map<String, String> attributes = new HashMap<>();
    NUMBERS.forEach(name -> attributes.put(name, Integer.toString(number)));
    return attributes;
  }

  private List<Integer> shuffled(int count) {
    List<Integer> numbers = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      numbers.add(number);
    }
    Collections.shuffle(numbers, Random.from(random));
    return numbers;
  }
}
