// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.dependencies;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class BillOfMaterialsTest {
  private static final Path SHIPPED = Path.of("../app/target/lib");

  // A bill that leaves one jar out answers the question "are we affected?" wrongly.
  @Test
  void namesEveryJarThatIsShippedWithItsHashAndLicence() throws IOException {
    BillOfMaterials bill = BillOfMaterials.read();
    assertThat(bill.format()).isEqualTo("CycloneDX");
    assertThat(bill.specification()).isEqualTo("1.6");
    List<String> listed =
        bill.components().stream().map(found -> found.name() + "-" + found.version()).toList();
    try (Stream<Path> jars = Files.list(SHIPPED)) {
      List<String> shipped =
          jars.map(jar -> jar.getFileName().toString())
              .filter(name -> name.endsWith(".jar"))
              .toList();
      assertThat(shipped)
          .hasSizeGreaterThan(20)
          .allSatisfy(jar -> assertThat(listed).anyMatch(jar::startsWith));
    }
    assertThat(bill.libraries()).allMatch(BillOfMaterials.Component::hasSha256);
    assertThat(bill.libraries()).allMatch(BillOfMaterials.Component::hasLicence);
  }
}
