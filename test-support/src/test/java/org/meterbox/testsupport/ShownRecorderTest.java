// SPDX-License-Identifier: Apache-2.0
package org.meterbox.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.catalogue.ResponseCode;

/** Runs tests inside this one and looks at what is written about them. */
final class ShownRecorderTest {
  private static final String SAMPLE = ShownRecorderTest.class.getName() + "$Sample";

  @TempDir Path folder;

  /** Not found by the build, which takes only what ends in Test. */
  static final class Sample {
    @Test
    void succeeds() {
      Shown.service(new ServiceReferenceVariant("4.1.1"), DeviceType.ESME);
      Shown.deviceAlert(0x8F0A);
    }

    @Test
    void fails() {
      Shown.responseCode(ResponseCode.E4);
      assertThat(Boolean.getBoolean("meterbox.sample.succeeds")).isTrue();
    }

    @Test
    void isSkipped() {
      Shown.responseCode(ResponseCode.E5);
      Assumptions.abort("for the sake of the example");
    }

    @Test
    void showsNothing() {}

    @ParameterizedTest
    @ValueSource(strings = {"E1", "E2"})
    void showsInEachRun(String code) {
      Shown.responseCode(ResponseCode.find(code).orElseThrow());
    }
  }

  @Test
  void onlyWhatASuccessfulTestShowedIsWrittenDown() throws IOException {
    run(selectClass(Sample.class));
    assertThat(lines())
        .containsExactly(
            "deviceAlerts\t8F0A\t" + SAMPLE + ".succeeds",
            "ran\t\t" + SAMPLE + ".fails",
            "ran\t\t" + SAMPLE + ".showsInEachRun",
            "ran\t\t" + SAMPLE + ".showsNothing",
            "ran\t\t" + SAMPLE + ".succeeds",
            "responseCodes\tE1\t" + SAMPLE + ".showsInEachRun",
            "responseCodes\tE2\t" + SAMPLE + ".showsInEachRun",
            "services\t4.1.1\t" + SAMPLE + ".succeeds",
            "servicesByDevice\t4.1.1 ESME\t" + SAMPLE + ".succeeds",
            "skipped\t\t" + SAMPLE + ".isSkipped");
  }

  // Who runs one test again must not lose what the others of its class showed.
  @Test
  void aTestThatRunsAgainReplacesOnlyItsOwnLines() throws IOException {
    run(selectClass(Sample.class));
    List<String> before = lines();
    Files.writeString(file(), Files.readString(file()).replace("8F0A", "8F0B"));
    run(selectMethod(Sample.class, "succeeds"));
    assertThat(lines()).isEqualTo(before);
  }

  private void run(DiscoverySelector selector) {
    LauncherFactory.create(
            LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false).build())
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selector).build(),
            new ShownRecorder(folder));
  }

  private Path file() {
    return folder.resolve(SAMPLE + ".tsv");
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(file());
  }
}
