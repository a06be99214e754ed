// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.dependencies;

import java.util.Optional;
import org.apache.maven.artifact.versioning.ComparableVersion;
import org.meterbox.conformance.dependencies.BillOfMaterials.Component;
import tools.jackson.databind.JsonNode;

/** A published advisory in the format of the Open Source Vulnerability database (OSV 1.6). */
record Advisory(JsonNode json) {
  String id() {
    return json.path("id").asString("");
  }

  /** Whether it speaks of this version of this library, and was not withdrawn. */
  boolean affects(Component component) {
    if (json.has("withdrawn")) {
      return false;
    }
    for (JsonNode affected : json.path("affected")) {
      if (affected.path("package").path("ecosystem").asString("").equals("Maven")
          && affected.path("package").path("name").asString("").equals(component.osvName())
          && (isListed(affected, component.version())
              || isInRange(affected, component.version()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isListed(JsonNode affected, String version) {
    for (JsonNode listed : affected.path("versions")) {
      if (listed.asString("").equals(version)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isInRange(JsonNode affected, String version) {
    for (JsonNode range : affected.path("ranges")) {
      boolean inside = false;
      for (JsonNode event : range.path("events")) {
        if (text(event, "introduced").filter(from -> compare(version, from) >= 0).isPresent()) {
          inside = true;
        }
        if (text(event, "fixed").filter(from -> compare(version, from) >= 0).isPresent()
            || text(event, "last_affected").filter(to -> compare(version, to) > 0).isPresent()) {
          inside = false;
        }
      }
      if (inside) {
        return true;
      }
    }
    return false;
  }

  private static Optional<String> text(JsonNode event, String name) {
    return event.path(name).isString()
        ? Optional.of(event.path(name).asString())
        : Optional.empty();
  }

  /** In OSV "0" stands before every version. */
  private static int compare(String version, String other) {
    return other.equals("0")
        ? 1
        : new ComparableVersion(version).compareTo(new ComparableVersion(other));
  }
}
