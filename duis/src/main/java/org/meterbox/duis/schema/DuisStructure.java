// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.schema;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The DUIS schema as data: which elements each request and response holds, in which order, how
 * often and with which values. It is read from the very files that {@link DuisSchema} compiles, so
 * that a mapping built on it covers every service without code for one.
 */
public final class DuisStructure {
  private static final class Current {
    private static final DuisStructure STRUCTURE = new DuisStructure(StructureReader.read());
  }

  private final Map<String, ElementDeclaration> documents;
  private final Map<String, ElementDeclaration> requests;

  private DuisStructure(Map<String, ElementDeclaration> documents) {
    this.documents = Map.copyOf(documents);
    this.requests =
        document("Request")
            .map(DuisStructure::alternatives)
            .orElseThrow(() ->
                new IllegalStateException("the DUIS schema of this build declares no Request"));
  }

  /** The structure of DUIS 5.4. */
  public static DuisStructure current() {
    return Current.STRUCTURE;
  }

  /** The outermost element of a document, for example {@code Request} or {@code Response}. */
  public Optional<ElementDeclaration> document(String name) {
    return Optional.ofNullable(documents.get(name));
  }

  /** The request element with this name, as it stands in the body of a request. */
  public Optional<ElementDeclaration> request(String name) {
    return Optional.ofNullable(requests.get(name));
  }

  /**
   * A part of a response by its name, the one that stands least deep where there are several, for
   * example {@code DSPInventory} or {@code CommandFailure}.
   */
  public Optional<ElementDeclaration> responsePart(String name) {
    Deque<ElementDeclaration> open = new ArrayDeque<>();
    document("Response").ifPresent(open::add);
    while (!open.isEmpty()) {
      ElementDeclaration next = open.removeFirst();
      if (next.name().equals(name)) {
        return Optional.of(next);
      }
      open.addAll(inside(next).values());
    }
    return Optional.empty();
  }

  /** Everything that may stand in the body of a document, by name. */
  private static Map<String, ElementDeclaration> alternatives(ElementDeclaration document) {
    return Optional.ofNullable(inside(document).get("Body"))
        .map(DuisStructure::inside)
        .orElseThrow(() -> new IllegalStateException("a document of the schema has no Body"));
  }

  private static Map<String, ElementDeclaration> inside(ElementDeclaration element) {
    Map<String, ElementDeclaration> inner = new LinkedHashMap<>();
    if (element.content() instanceof Content.Elements(List<Particle> particles, var _)) {
      particles.forEach(particle -> collect(particle, inner));
    }
    return inner;
  }

  private static void collect(Particle particle, Map<String, ElementDeclaration> found) {
    switch (particle) {
      case Particle.One one -> found.put(one.element().name(), one.element());
      case Particle.Sequence sequence ->
          sequence.particles().forEach(inner -> collect(inner, found));
      case Particle.Choice choice -> choice.particles().forEach(inner -> collect(inner, found));
    }
  }
}
