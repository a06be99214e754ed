// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.dependencies;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bill of materials that the build of {@code app} wrote (CycloneDX 1.6, JSON). */
record BillOfMaterials(String format, String specification, List<Component> components) {
  private static final Path FILE = Path.of("../app/target/meterbox-sbom.json");

  /** One library as Maven names it. */
  record Component(
      String group, String name, String version, boolean hasSha256, boolean hasLicence) {
    /** The name that OSV uses for Maven. */
    String osvName() {
      return group + ":" + name;
    }
  }

  /** Reads it; skips the calling test where Maven was offline, since the plugin then makes none. */
  static BillOfMaterials read() {
    boolean made = Files.exists(FILE);
    if (!made) {
      System.out.println("SKIPPED: bill of materials: Maven makes it only when it is online");
    }
    assumeTrue(made, "no " + FILE + ": Maven makes it only when it is online");
    JsonNode root = new JsonMapper().readTree(FILE.toFile());
    List<Component> components = new ArrayList<>();
    for (JsonNode component : root.path("components")) {
      boolean sha256 = false;
      for (JsonNode hash : component.path("hashes")) {
        sha256 |= hash.path("alg").asString("").equals("SHA-256");
      }
      components.add(
          new Component(
              component.path("group").asString(""),
              component.path("name").asString(""),
              component.path("version").asString(""),
              sha256,
              !component.path("licenses").isEmpty()));
    }
    return new BillOfMaterials(
        root.path("bomFormat").asString(""), root.path("specVersion").asString(""), components);
  }

  /** Without the rooms of the project. */
  List<Component> libraries() {
    return components.stream().filter(found -> !found.group().equals("org.meterbox")).toList();
  }
}
