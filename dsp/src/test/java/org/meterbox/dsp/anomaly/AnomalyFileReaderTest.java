// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterbox.dsp.anomaly.AnomalyFile.Decision;
import org.meterbox.dsp.anomaly.AnomalyFile.Order;
import org.meterbox.dsp.anomaly.AnomalyFileReader.Content;
import org.meterbox.dsp.anomaly.AnomalyFileReader.Draft;
import org.meterbox.dsp.anomaly.AnomalyFileReader.Result;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;

/** What a file may say, and that every fault in it is named. */
final class AnomalyFileReaderTest {
  private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
  private static final CountedParty SIGNER = new CountedParty.User(Eui64.parse("90B3D51F30010000"));

  private static Octets octets(String text) {
    return Octets.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String file(String made, String content) {
    return "<AnomalyDetection xmlns='urn:meterbox:anomaly-detection' made='"
        + made
        + "'>"
        + content
        + "</AnomalyDetection>";
  }

  private static Content read(String document) {
    return switch (AnomalyFileReader.open(octets(document))) {
      case Result.Faulty(List<String> faults) -> new Content.Faulty(faults);
      case Result.Read(AnomalyFileReader.Element root, var _) ->
          AnomalyFileReader.read(root, SIGNER, NOON);
    };
  }

  private static AnomalyFile complete(String content) {
    if (read(file(NOON.toString(), content)) instanceof Content.Complete(AnomalyFile file)) {
      return file;
    }
    throw new AssertionError(faults(file(NOON.toString(), content)));
  }

  private static List<String> faults(String document) {
    return read(document) instanceof Content.Faulty(List<String> faults) ? faults : List.of();
  }

  @Test
  void everythingThatAFileMaySay() {
    AnomalyFile file =
        complete(
            """
            <Threshold service='7.2' requests='100' warning='80' hours='1'
              from='2026-12-02T00:00:00Z' until='2026-12-03T00:00:00Z'/>
            <Threshold service='1.1.1' percent='10' expectedPerMonth='20000' for='all-users'/>
            <Threshold service='6.23' requests='5' for='cos-party'/>
            <ValueLimit service='1.5' element='AdjustMeterBalance' max='1.5'/>
            <Release event='12'/><Delete event='13'/>
            """);
    assertThat(file.thresholds()).hasSize(3);
    Threshold first = file.thresholds().getFirst();
    assertThat(first.counted()).isEqualTo(SIGNER);
    assertThat(first.hours()).isEqualTo(1);
    assertThat(first.warning()).contains(80L);
    assertThat(first.validity().until()).contains(Instant.parse("2026-12-03T00:00:00Z"));
    assertThat(file.thresholds().get(1).amount().requests()).isEqualTo(2_000);
    assertThat(file.thresholds().get(1).hours()).isEqualTo(24);
    assertThat(file.thresholds().get(1).validity()).isEqualTo(new Validity(NOON, Optional.empty()));
    assertThat(file.thresholds().get(2).counted()).isEqualTo(new CountedParty.CosParty());
    assertThat(file.limits().getFirst().minimum()).isEmpty();
    assertThat(file.orders())
        .containsExactly(new Order(12, Decision.RELEASE), new Order(13, Decision.DELETE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<Threshold service='7.2'/>|needs either requests, or percent",
        "<Threshold service='7.2' requests='1' percent='1'/>|needs either requests, or percent",
        "<Threshold service='7.2' requests='many'/>|requests must be a whole number",
        "<Threshold service='7.2' requests='-1'/>|a number of requests is from 0",
        "<Threshold service='7.2' percent='1e9' expectedPerMonth='1'/>|percent must be a decimal",
        "<Threshold service='99.9' requests='1'/>|there is no service 99.9 for devices",
        "<Threshold service='8.2' requests='1'/>|there is no service 8.2 for devices",
        "<Threshold service='x' requests='1'/>|two or three numbers",
        "<Threshold service='7.2' requests='1' until='tomorrow'/>|until must be like",
        "<Threshold service='7.2' requests='1' hours='0'/>|hours is from 1",
        "<Threshold service='7.2' requests='1' day='1'/>|has no attribute day",
        "<Threshold service='7.2' requests='1' for='me'/>|EUI",
        "<ValueLimit service='1.5' element='AdjustMeterBalance'/>|a value limit has min or max",
        "<ValueLimit service='1.5' element='CreditMode' max='1'/>|has no value CreditMode",
        "<Forget event='1'/>|no such element",
        "<Release/>|needs event",
        "<x:Release xmlns:x='urn:other' event='1'/>|an element of another namespace",
        "''|the file says nothing",
      })
  void aFaultIsNamed(String content, String fault) {
    assertThat(faults(file(NOON.toString(), content)))
        .hasSize(1)
        .first()
        .asString()
        .containsIgnoringCase(fault);
  }

  @Test
  void everyFaultIsNamedAtOnce() {
    assertThat(faults(file("now", "<Release/><Delete event='x'/>")))
        .containsExactly(
            "the root element: made must be like 2026-12-01T00:00:00Z",
            "element 1 (Release): needs event",
            "element 2 (Delete): event must be a whole number");
    assertThat(faults("<AnomalyDetection/>")).first().asString().contains("namespace");
    assertThat(faults("<AnomalyDetection")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-30T12:00:00Z, true",
    "2026-11-30T11:59:59Z, false",
    "2026-12-02T12:00:00Z, true",
    "2026-12-02T12:00:01Z, false",
  })
  void aFileIsTakenOnADayAroundTheTimeAtWhichItWasMade(String made, boolean taken) {
    assertThat(faults(file(made, "<Release event='1'/>")).isEmpty()).isEqualTo(taken);
  }

  @Test
  void aDraftGetsItsTimeAndLosesItsSignature() {
    String signed =
        file(
            "2020-01-01T00:00:00Z",
            "<Release event='1'/>"
                + "<Signature xmlns='http://www.w3.org/2000/09/xmldsig#'>x</Signature>");
    assertThat(AnomalyFileReader.draft(octets(signed), NOON))
        .isInstanceOfSatisfying(
            Draft.Ready.class,
            ready ->
                assertThat(new String(ready.document().octets().toArray(), StandardCharsets.UTF_8))
                    .isEqualTo(
                        "<an:AnomalyDetection xmlns:an=\"urn:meterbox:anomaly-detection\""
                            + " made=\"2026-12-01T12:00:00Z\"><an:Release event=\"1\">"
                            + "</an:Release></an:AnomalyDetection>"));
  }
}
