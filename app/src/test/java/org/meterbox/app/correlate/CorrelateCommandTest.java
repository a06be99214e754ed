// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.app.CommandRun;
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

  /** A length and a payload: SetSupplyStatus at once, made at 2015-01-01T00:00:00Z. */
  private static final String GAS_OFF =
      "1D"
          + "0109"
          + "01"
          + "010702"
          + "0015"
          + "01000B"
          + "00000000"
          + "804A371C"
          + "00000000000000000001";

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
    String nowhere = folder.resolve("nowhere.tsv").toString();
    assertThat(CommandRun.of("correlate", "--pairs", nowhere).exitCode()).isEqualTo(2);
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

  // One bad line must not keep the others from being compared.
  @Test
  void goesOnBehindALineThatIsNoUtf8() throws Exception {
    Path list = folder.resolve("pairs.tsv");
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    lines.writeBytes(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
    lines.writeBytes("request.xml\tprecommand.hex\n".getBytes(StandardCharsets.UTF_8));
    lines.writeBytes("caf\u00E9.xml\tprecommand.hex\n".getBytes(StandardCharsets.ISO_8859_1));
    lines.writeBytes("request.xml\tprecommand.hex\n".getBytes(StandardCharsets.UTF_8));
    Files.write(list, lines.toByteArray());

    Outcome outcome = run("--pairs", list.toString());

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("\"match\":true"),
            line -> assertThat(line).contains("\"match\":false").contains("line 2", "UTF-8"),
            line -> assertThat(line).contains("\"match\":true"));
  }

  // A request whose header is not that of its Pre-Command is no pair.
  @Test
  void comparesTheHeaderToo() throws Exception {
    String text = Files.readString(request);
    Files.writeString(request, text.replace("CommandVariant>4<", "CommandVariant>5<"));
    Outcome variant = run(request.toString(), preCommand.toString());
    assertThat(variant.exitCode()).isEqualTo(2);
    assertThat(variant.err()).contains("CommandVariant");
    Files.writeString(request, text.replace("ServiceReference>7.1<", "ServiceReference>7.2<"));
    Outcome reference = run(request.toString(), preCommand.toString());
    assertThat(reference.exitCode()).isEqualTo(2);
    assertThat(reference.err()).contains("ServiceReference");
  }

  // "gas off": SetSupplyStatus, made 2015-01-01T00:00:00Z.
  private void writeGasPair() throws Exception {
    Files.writeString(
        request, Files.readString(request).replace("7.1<", "7.2<").replace("Enable", "Disable"));
    Files.writeString(
        preCommand,
        "DF09010000000000000001"
            + "0890B3000000000003"
            + "0800DB000000000001"
            + "00"
            + "020081"
            + GAS_OFF);
  }

  @Test
  void saysThatTheIssuerTimeWasNotChecked() throws Exception {
    writeGasPair();
    Outcome open = run(request.toString(), preCommand.toString());
    assertThat(open.exitCode()).as(open.out() + open.err()).isZero();
    assertThat(open.out()).contains("not checked").contains("2015-01-01T00:00:00Z", "--made-at");
  }

  @Test
  void boundsTheIssuerTime() throws Exception {
    writeGasPair();
    Outcome near =
        run(
            "--made-at=2015-01-01T00:10:00Z",
            "--made-within=PT15M",
            request.toString(),
            preCommand.toString());
    assertThat(near.exitCode()).isZero();
    assertThat(near.out()).doesNotContain("not checked");
    Outcome far = run("--made-at=now", request.toString(), preCommand.toString());
    assertThat(far.exitCode()).isEqualTo(1);
    assertThat(far.out()).contains("the sender's time");
    assertThat(run("--made-at=noon", request.toString(), preCommand.toString()).exitCode())
        .isEqualTo(2);
    assertThat(run("--made-within=PT1M", request.toString(), preCommand.toString()).err())
        .contains("--made-at");
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
