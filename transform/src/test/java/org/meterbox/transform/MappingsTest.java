// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.meterbox.gbcs.catalogue.UseCase;
import org.meterbox.gbcs.catalogue.UseCaseCatalogue;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;

/** What the mappings say of themselves agrees with the two catalogues, that of DUIS and of GBCS. */
class MappingsTest {
  private final List<String> faults = new ArrayList<>();

  // The code is what a device goes by; no payload shows a wrong one.
  @Test
  void everyUseCaseHasItsOwnMessageCode() {
    List<Mapping> mappings = Transform.standard().mappings().toList();
    for (Mapping mapping : mappings) {
      String name =
          UseCaseCatalogue.standard().find(mapping.code()).map(UseCase::name).orElse("nothing");
      if (!name.equals(mapping.useCase())) {
        faults.add(
            String.format(
                Locale.ROOT,
                "%s as %s has the code %s of %s",
                mapping.variant(),
                mapping.useCase(),
                mapping.code().hex(),
                name));
      }
    }
    assertThat(mappings).hasSizeGreaterThan(100);
    assertThat(faults).isEmpty();
  }

  @Test
  void everyUseCaseIsOneThatDuisGivesTheRequest() {
    for (Mapping mapping : Transform.standard().mappings().toList()) {
      ServiceRequestEntry entry =
          ServiceRequestCatalogue.current().find(mapping.variant()).orElseThrow();
      if (!entry.messageCodes().contains(mapping.code().value())) {
        faults.add(
            String.format(
                Locale.ROOT, "%s is not carried by %s", mapping.variant(), mapping.useCase()));
      }
    }
    assertThat(faults).isEmpty();
  }
}
