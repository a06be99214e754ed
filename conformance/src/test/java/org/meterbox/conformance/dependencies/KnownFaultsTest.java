// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.dependencies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterbox.conformance.dependencies.BillOfMaterials.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whether a published advisory speaks of something that is shipped. No network is used: the folder
 * that METERBOX_ADVISORIES names holds OSV advisories as JSON files, as in the archive for Maven
 * that OSV publishes.
 */
final class KnownFaultsTest {
  private static final String FOLDER = "METERBOX_ADVISORIES";
  private static final JsonMapper JSON = new JsonMapper();

  private static final Advisory SAMPLE =
      new Advisory(
          JSON.readTree(
              """
              {"id": "SAMPLE-1", "affected": [
                {"package": {"ecosystem": "npm", "name": "org.sample:library"},
                 "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}]},
                {"package": {"ecosystem": "Maven", "name": "org.sample:library"},
                 "versions": ["9.9-special"],
                 "ranges": [
                   {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.9.3"}]},
                   {"type": "ECOSYSTEM", "events": [{"introduced": "2.0"}, {"last_affected": "2.10.1"}]}
                 ]}]}
              """));

  private static Component library(String name, String version) {
    return new Component("org.sample", name, version, true, true);
  }

  @ParameterizedTest
  @CsvSource({
    "library, 0.1, true",
    "library, 1.9.3-rc1, true",
    "library, 1.9.3, false",
    "library, 1.10, false",
    "library, 2.0, true",
    "library, 2.10.1, true",
    "library, 2.10.2, false",
    "library, 9.9-special, true",
    "another, 0.1, false",
  })
  void anAdvisoryAffectsTheVersionsThatItNames(String name, String version, boolean affected) {
    assertThat(SAMPLE.affects(library(name, version))).isEqualTo(affected);
  }

  @Test
  void aWithdrawnAdvisoryAffectsNothing() {
    Advisory withdrawn =
        new Advisory(
            JSON.readTree(
                SAMPLE.json().toString().replace("{\"id\"", "{\"withdrawn\":\"x\",\"id\"")));
    assertThat(withdrawn.affects(library("library", "0.1"))).isFalse();
  }

  @Test
  void nothingThatIsShippedHasAKnownFault() throws IOException {
    @Nullable String folder = System.getenv(FOLDER);
    if (folder == null) {
      System.out.println("SKIPPED: known faults of dependencies: " + FOLDER + " names no folder");
    }
    assumeTrue(folder != null, FOLDER + " names no folder of OSV advisories");
    List<Component> shipped = BillOfMaterials.read().libraries();
    List<String> known = new ArrayList<>();
    int read = 0;
    try (Stream<Path> files = Files.walk(Path.of(String.valueOf(folder)))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).toList()) {
        Advisory advisory = new Advisory(JSON.readTree(file.toFile()));
        read++;
        shipped.stream()
            .filter(advisory::affects)
            .forEach(found ->
                known.add(
                    String.format(
                        Locale.ROOT,
                        "%s: %s %s",
                        advisory.id(),
                        found.osvName(),
                        found.version())));
      }
    }
    System.out.println(read + " advisories, " + shipped.size() + " libraries");
    assertThat(read).as("advisories in " + folder).isPositive();
    assertThat(known).isEmpty();
  }
}
