// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.meterbox.app.coverage.CoverageList;

/**
 * The list that {@code ./meterbox coverage} shows claims nothing that no test of this run showed.
 */
final class CoverageListTest {
  @Test
  void everyClaimIsShown() throws Exception {
    assertThat(CoverageList.published().claimsWithoutTest(CoverageList.recorded(Path.of(".."))))
        .as("./meterbox coverage --update, after ./meterbox test, writes the list anew")
        .isEmpty();
  }
}
