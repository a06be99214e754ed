// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the list of the sources and the records of a checkout make together. */
final class CoverageListTest {
  @TempDir Path checkout;

  private static CoverageList list(String... lines) throws IOException {
    return CoverageList.parse("list", List.of(lines));
  }

  @Test
  void whatATestRecordsReplacesWhatIsListedOfIt() throws Exception {
    CoverageList published =
        list("services\t4.1.1\tSome.first", "services\t4.1.2\tSome.second", "dccAlerts\tN12\tX.y");
    CoverageList recorded =
        list("ran\t\tSome.first", "skipped\t\tSome.second", "services\t4.1.3\tSome.first");
    assertThat(published.updatedBy(recorded).lines())
        .containsExactly(
            "dccAlerts\tN12\tX.y", "services\t4.1.2\tSome.second", "services\t4.1.3\tSome.first");
    assertThat(published.claimsWithoutTest(recorded))
        .containsExactly("in the list, but not shown: services 4.1.1, by Some.first");
  }

  // What another test shows is shown, and nothing is said of what could not be tried.
  @Test
  void aClaimStandsWhereAnyTestShowsItOrOneWasSkipped() throws Exception {
    CoverageList published =
        list("services\t4.1.1\tSome.first", "dccAlerts\tN12\tA.b", "dccAlerts\tN12\tC.d");
    assertThat(
            published.claimsWithoutTest(
                list(
                    "ran\t\tSome.first",
                    "ran\t\tOther.one",
                    "services\t4.1.1\tOther.one",
                    "ran\t\tA.b",
                    "skipped\t\tC.d")))
        .isEmpty();
  }

  // A test that was renamed or removed must not be named for ever.
  @Test
  void aTestThatIsGoneFromItsClassIsNotInTheList() throws Exception {
    CoverageList published = list("services\t4.1.1\tSome.gone");
    CoverageList recorded = list("ran\t\tSome.other");
    assertThat(published.claimsWithoutTest(recorded))
        .containsExactly("in the list, but not shown: services 4.1.1, by Some.gone");
    assertThat(published.updatedBy(recorded).lines()).isEmpty();
  }

  @Test
  void theRecordsOfEveryRoomAreRead() throws Exception {
    Path records = Files.createDirectories(checkout.resolve("dsp/target/coverage"));
    Files.writeString(records.resolve("A.tsv"), "ran\t\tA.b\nresponseCodes\tE4\tA.b\n");
    Files.createDirectories(checkout.resolve("empty"));
    CoverageList recorded = CoverageList.recorded(checkout);
    assertThat(recorded.lines()).containsExactly("responseCodes\tE4\tA.b");
    assertThat(recorded.ran()).containsExactly("A.b");
  }

  @Test
  void whatNoTableHasIsRefused() {
    assertThatThrownBy(() -> list("ran\t\ta.b", "services\t99.9\ta.b"))
        .hasMessage("list, line 2: the table services has no entry 99.9");
    assertThatThrownBy(() -> list("wishes\t1\ta.b")).hasMessageContaining("no table wishes");
    assertThatThrownBy(() -> list("services\t4.1.1")).hasMessageContaining("three columns");
  }

  @ParameterizedTest
  @EnumSource(CoverageTable.class)
  void everyTableHasEntriesAndNamesNoneTwice(CoverageTable table) {
    assertThat(table.entries()).isNotEmpty().doesNotHaveDuplicates();
  }

  @Test
  void shownAndMissingMakeTheTotal() throws Exception {
    CoverageList some = list("services\t4.1.1\tA.b", "services\t4.1.1\tC.d");
    JsonNode report = new JsonMapper().readTree(new CoverageReport(some).json());
    assertThat(new HashSet<>(report.propertyNames()))
        .containsExactlyInAnyOrder(
            "services",
            "servicesByDevice",
            "useCases",
            "responseCodes",
            "dccAlerts",
            "deviceAlerts");
    JsonNode services = report.path("services");
    assertThat(services.path("shown").asInt()).isEqualTo(1);
    assertThat(services.path("total").asInt()).isEqualTo(129);
    assertThat(services.path("missing").size()).isEqualTo(128);
    assertThat(services.path("shownBy").path("4.1.1").size()).isEqualTo(2);
    assertThat(report.path("responseCodes").path("missing").size()).isEqualTo(194);
  }
}
