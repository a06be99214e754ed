// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CorrelateCommandTest {
  private static final String ENABLE =
      "DF09010000000000000001"
          + "0890B3000000000003"
          + "0800DB000000000001"
          + "00"
          + "02004F"
          + "15"
          + "D9200000010001030009"
          + "00000A006AFF"
          + "01"
          + "01120033";

  @TempDir private Path folder;

  private Path request;
  private Path preCommand;

  private record Outcome(int exitCode, String out, String err) {}

  @BeforeEach
  void writeAPair() throws Exception {
    request = folder.resolve("request.xml");
    preCommand = folder.resolve("precommand.hex");
    Files.writeString(
        request,
        """
        <sr:Request xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway" schemaVersion="5.4">
          <sr:Header>
            <sr:RequestID>90-B3-00-00-00-00-00-03:00-DB-00-00-00-00-00-01:1</sr:RequestID>
            <sr:CommandVariant>4</sr:CommandVariant>
            <sr:ServiceReference>7.1</sr:ServiceReference>
            <sr:ServiceReferenceVariant>7.1</sr:ServiceReferenceVariant>
          </sr:Header>
          <sr:Body><sr:EnableSupply/></sr:Body>
        </sr:Request>
        """);
    Files.writeString(preCommand, ENABLE);
  }

  @Test
  void endsWithZeroForAMatch() {
    Outcome outcome = run(request.toString(), preCommand.toString());
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).startsWith("match");
  }

  // 52 instead of 51: the supply would be cut.
  @Test
  void endsWithOneAndSaysWhatDiffers() throws Exception {
    Files.writeString(preCommand, ENABLE.substring(0, ENABLE.length() - 2) + "34");
    Outcome outcome = run(request.toString(), preCommand.toString());
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).startsWith("mismatch").contains("120033").contains("120034");
  }

  @Test
  void saysThatTheTargetIsAnother() throws Exception {
    Files.writeString(preCommand, ENABLE.replace("00DB000000000001", "00DB000000000002"));
    Outcome outcome = run(request.toString(), preCommand.toString());
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out())
        .contains("target device")
        .contains("00-DB-00-00-00-00-00-01")
        .contains("00-DB-00-00-00-00-00-02");
  }

  @Test
  void endsWithTwoWhereNothingCanBeCompared() throws Exception {
    Files.writeString(preCommand, "DF");
    assertThat(run(request.toString(), preCommand.toString()).exitCode()).isEqualTo(2);
    Files.writeString(request, "<nothing/>");
    assertThat(run(request.toString(), preCommand.toString()).exitCode()).isEqualTo(2);
    Outcome missing = run(folder.resolve("nowhere.xml").toString(), preCommand.toString());
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err()).contains("there is no such file");
  }

  @Test
  void endsWithTwoWhereItIsCalledWrongly() {
    assertThat(run(request.toString()).exitCode()).isEqualTo(2);
    assertThat(run("--pairs", folder.resolve("nowhere.tsv").toString()).exitCode()).isEqualTo(2);
  }

  // Names are given back as they stand in the list, and are found beside it.
  @Test
  void writesOneLineOfJsonForEachPair() throws Exception {
    Path other = folder.resolve("other.hex");
    Files.writeString(other, ENABLE.substring(0, ENABLE.length() - 2) + "34");
    Path list = folder.resolve("pairs.tsv");
    Files.writeString(
        list,
        String.format(
            Locale.ROOT,
            """
            request.xml\tprecommand.hex

            %s\tother.hex
            request.xml\tnowhere.hex
            no tab
            """,
            request));

    Outcome outcome = run("--pairs", list.toString());

    assertThat(outcome.exitCode()).isEqualTo(1);
    List<String> lines = outcome.out().lines().toList();
    assertThat(lines)
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo(
                        "{\"request\":\"request.xml\",\"precommand\":\"precommand.hex\","
                            + "\"match\":true,\"differences\":[]}"),
            line ->
                assertThat(line)
                    .startsWith("{\"request\":\"" + request + "\",\"precommand\":\"other.hex\"")
                    .contains("\"match\":false,\"differences\":[\"")
                    .contains("120034"),
            line -> assertThat(line).contains("\"match\":false").contains("no such file"),
            line -> assertThat(line).contains("\"request\":\"no tab\"").contains("a tab"));
  }

  @Test
  void endsWithZeroWhereAllPairsMatch() throws Exception {
    Path list = folder.resolve("pairs.tsv");
    Files.writeString(list, "request.xml\tprecommand.hex\r\n");
    assertThat(run("--pairs", list.toString()).exitCode()).isZero();
  }

  private static Outcome run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        new CommandLine(new CorrelateCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Outcome(exitCode, out.toString(), err.toString());
  }
}
