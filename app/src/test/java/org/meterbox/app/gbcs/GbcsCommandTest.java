// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.gbcs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.crypto.P256;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.gbcs.transfer.Block;
import org.meterbox.gbcs.transfer.BlockSender;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import picocli.CommandLine;

class GbcsCommandTest {
  private static final Eui64 METER = Eui64.parse("00DB000000000001");
  private static final Eui64 BROKER = Eui64.parse("90B3000000000002");
  private static final Eui64 SUPPLIER = Eui64.parse("90B3000000000003");

  private final SecureRandom random = new SecureRandom();

  @TempDir private Path folder;

  private Path messages;
  private Path keys;

  @BeforeEach
  void makeFolders() throws Exception {
    messages = Files.createDirectory(folder.resolve("messages"));
    keys = Files.createDirectory(folder.resolve("keys"));
  }

  private record Outcome(int exitCode, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }
  }

  /** The way of a critical command: signed by the supplier, MACed by the broker, then checked. */
  @Test
  void whatIsSignedAndMacedIsFoundValid() throws Exception {
    writeKeys();
    Files.writeString(messages.resolve("pre.HEX"), preCommand().hex());
    Path signed = messages.resolve("signed.HEX");
    Path command = messages.resolve("command.HEX");

    assertThat(run("sign", "pre.HEX", "--keys", keys(), "--out", signed.toString()).exitCode())
        .isZero();
    assertThat(
            run(
                    "sign",
                    "pre.HEX",
                    "--keys",
                    keys(),
                    "--broker",
                    BROKER.dashed(),
                    "--out",
                    command.toString())
                .exitCode())
        .isZero();
    Outcome decoded = run("decode", ".", "--keys", keys(), "--json");

    assertThat(decoded.exitCode()).isZero();
    assertThat(decoded.lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .contains("\"file\":\"command.HEX\"", "\"kind\":\"command\"")
                    .contains("\"mac\":\"valid\"", "\"signature\":\"valid\""),
            line ->
                assertThat(line)
                    .contains("\"file\":\"pre.HEX\"", "\"kind\":\"precommand\"")
                    .contains("\"mac\":\"absent\"", "\"signature\":\"absent\"")
                    .contains("\"messageCode\":\"0x004F\"", "\"useCase\":\"ECS42\""),
            line ->
                assertThat(line)
                    .contains("\"file\":\"signed.HEX\"", "\"kind\":\"signed-precommand\"")
                    .contains("\"mac\":\"absent\"", "\"signature\":\"valid\""));
  }

  @Test
  void aForgedSignatureIsReportedAndEndsWithOne() throws Exception {
    writeKeys();
    Files.writeString(messages.resolve("pre.HEX"), preCommand().hex());
    Outcome signed = run("sign", "pre.HEX", "--keys", keys());
    String forged = signed.out().strip().substring(0, signed.out().strip().length() - 2) + "00";
    Files.writeString(messages.resolve("forged.HEX"), forged);

    Outcome decoded = run("decode", "forged.HEX", "--keys", keys(), "--json");
    assertThat(decoded.out()).contains("\"signature\":\"invalid\"");
    assertThat(decoded.exitCode()).isEqualTo(1);
  }

  @Test
  void eachBadFileGetsOneLineWithOffsetAndReasonAndTheOthersAreStillShown() throws Exception {
    Path below = Files.createDirectories(messages.resolve("a/b"));
    Files.writeString(below.resolve("cut.hex"), preCommand().slice(0, 40).hex());
    Files.writeString(below.resolve("empty.HEX"), " \n");
    Files.writeString(below.resolve("good.Hex"), preCommand().hex() + "\n");
    Files.writeString(below.resolve("letters.HEX"), "DF09G1");
    Files.writeString(below.resolve("other.txt"), "not looked at");

    Outcome text = run("decode", ".");
    assertThat(text.exitCode()).isEqualTo(1);
    assertThat(text.err().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("a/b/cut.hex: ").contains("at octet"),
            line -> assertThat(line).startsWith("a/b/empty.HEX: at octet 0"),
            line -> assertThat(line).startsWith("a/b/letters.HEX: at octet 2"));
    assertThat(text.out()).contains("a/b/good.Hex").contains("ECS42");

    Outcome json = run("decode", ".", "--json");
    assertThat(json.exitCode()).isEqualTo(1);
    assertThat(json.lines()).hasSize(4);
    assertThat(json.lines().getFirst()).contains("\"file\":\"a/b/cut.hex\"", "\"error\":\"");
  }

  @Test
  void whatIsWrittenAgainKeepsPlaceNameAndForm() throws Exception {
    Path below = Files.createDirectories(messages.resolve("a"));
    Files.writeString(below.resolve("text.HEX"), preCommand().hex() + "\r\n");
    Files.write(below.resolve("octets.hex"), preCommand().toArray());
    Path out = folder.resolve("out");

    Outcome outcome = run("reencode", ".", "--out", out.toString());
    assertThat(outcome.exitCode()).isZero();
    for (String name : List.of("a/text.HEX", "a/octets.hex")) {
      assertThat(out.resolve(name)).hasSameBinaryContentAs(messages.resolve(name));
    }
  }

  @Test
  void anEmptyFolderIsNoSuccess() {
    assertThat(run("decode", ".").exitCode()).isEqualTo(1);
    assertThat(run("reencode", ".", "--out", folder.resolve("out").toString()).exitCode())
        .isEqualTo(1);
  }

  @Test
  void withoutThePrivateKeyNothingIsSigned() throws Exception {
    Files.writeString(messages.resolve("pre.HEX"), preCommand().hex());
    Outcome outcome = run("sign", "pre.HEX", "--keys", keys());

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains("90B3000000000003-ds.key");
  }

  @Test
  void aBadKeyFileIsNamedAndNoSuccess() throws Exception {
    Files.writeString(messages.resolve("pre.HEX"), preCommand().hex());
    Files.writeString(keys.resolve("90b3000000000003-ds.pem"), "not a key");
    Outcome outcome = run("decode", "pre.HEX", "--keys", keys());

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains("90b3000000000003-ds.pem");
  }

  // "parse" reads such files; so must the command that shows what is in them.
  @Test
  void theBlocksOfATransferAreReadAsTheirMessage() throws Exception {
    Octets message = response("00".repeat(2_000));
    StringBuilder blocks = new StringBuilder();
    for (Block block : BlockSender.of(GbcsMessage.decode(message), 63, 1_000).window()) {
      blocks.append(block.encode().hex());
    }
    Files.writeString(messages.resolve("blocks.HEX"), blocks.toString());
    Files.writeString(messages.resolve("whole.HEX"), message.hex());

    Outcome decoded = run("decode", "blocks.HEX");
    assertThat(decoded.exitCode()).as(decoded.err()).isZero();
    assertThat(decoded.out().replace("blocks.HEX", "whole.HEX"))
        .isEqualTo(run("decode", "whole.HEX").out());
    assertThat(run("reencode", "blocks.HEX", "--out", folder.resolve("out").toString()).exitCode())
        .isZero();
  }

  // A program that reads the JSON wants the values, not only who sent them.
  @Test
  void jsonCarriesTheValuesOfThePayload() throws Exception {
    Files.writeString(messages.resolve("pre.HEX"), preCommand().hex());
    assertThat(run("decode", "pre.HEX", "--json").out())
        .contains("\"payload\":[{\"name\":\"action  ")
        .contains("\"parts\":[{\"name\":\"value\",\"value\":\"51");
  }

  // Some editors write a mark before the text.
  @Test
  void aByteOrderMarkIsNoDigit() throws Exception {
    Files.writeString(messages.resolve("marked.HEX"), "\uFEFF" + preCommand().hex());
    assertThat(run("decode", "marked.HEX").exitCode()).isZero();
    Files.write(
        messages.resolve("wide.HEX"),
        ("\uFEFF" + preCommand().hex()).getBytes(StandardCharsets.UTF_16LE));
    assertThat(run("decode", "wide.HEX").err()).contains("UTF-16");
  }

  @Test
  void noTokenIsMadeForTheCounterZeroOrForNothing() throws Exception {
    writeTopUpKeys();
    assertThat(token("1", "0.01").exitCode()).isZero();
    assertThat(token("0", "1").err()).contains("the counter of a token is at least 1");
    assertThat(token("0", "1").exitCode()).isEqualTo(2);
    assertThat(token("1", "0").err()).contains("a token carries at least a penny");
    assertThat(token("1", "0").exitCode()).isEqualTo(2);
    assertThat(token("1", "-1").exitCode()).isEqualTo(2);
  }

  // A token is printed in groups, and typed as it is printed.
  @Test
  void digitsMayStandInGroups() throws Exception {
    writeTopUpKeys();
    String digits = token("7", "12.50").out().strip();
    String grouped = digits.replaceAll("(.{4})(?!$)", "$1 ");
    for (List<String> written :
        List.of(
            List.of(digits),
            List.of(grouped),
            List.of(grouped.replace(' ', '-')),
            List.of(grouped.split(" ", -1)))) {
      List<String> arguments = new ArrayList<>(List.of("utrn"));
      arguments.addAll(written);
      arguments.addAll(
          List.of("--supplier", SUPPLIER.dashed(), "--meter", METER.dashed(), "--keys", keys()));
      Outcome checked = execute(arguments.toArray(String[]::new));
      assertThat(checked.out()).contains("12.50 pounds").contains("yes, under counter 7");
      assertThat(checked.exitCode()).isZero();
    }
  }

  private Outcome token(String counter, String pounds) {
    return execute(
        "utrn",
        "--supplier",
        SUPPLIER.dashed(),
        "--meter",
        METER.dashed(),
        "--keys",
        keys(),
        "--counter=" + counter,
        "--pounds=" + pounds);
  }

  private void writeTopUpKeys() throws Exception {
    write("90b3000000000003-pp-ka.key", "PRIVATE KEY", P256.generate(random).getPrivate());
    write("00DB000000000001-ka.pem", "PUBLIC KEY", P256.generate(random).getPublic());
  }

  /** A response with one octet string, in so many hexadecimal digits. */
  private static Octets response(String text) {
    String length = String.format(Locale.ROOT, "82%04X", text.length() / 2);
    Octets payload = Octets.ofHex("DA20000001" + "0000" + "01" + "09" + length + text + "010100");
    GroupingHeader header =
        GroupingHeader.of(
            CraFlag.RESPONSE,
            new MessageId(METER, SUPPLIER, new OriginatorCounter(1)),
            new OtherInformation.CodeOnly(new MessageCode(0x59)));
    GroupedContent content = GroupedContent.withEmptySignature(header, payload);
    return new GbcsMessage.Response(content, Optional.of(Octets.ofHex("00".repeat(12)))).encode();
  }

  private void writeKeys() throws Exception {
    KeyPair signing = P256.generate(random);
    KeyPair broker = P256.generate(random);
    KeyPair meter = P256.generate(random);
    write("90b3000000000003-ds.key", "PRIVATE KEY", signing.getPrivate());
    write("90B3000000000003-DS.PEM", "PUBLIC KEY", signing.getPublic());
    write("90-b3-00-00-00-00-00-02-ka.key", "PRIVATE KEY", broker.getPrivate());
    write("00DB000000000001-ka.pem", "PUBLIC KEY", meter.getPublic());
  }

  private void write(String name, String label, Key key) throws Exception {
    String body = Base64.getMimeEncoder().encodeToString(key.getEncoded());
    Files.writeString(
        keys.resolve(name),
        String.format(
            Locale.ROOT, "-----BEGIN %s-----\n%s\n-----END %s-----\n", label, body, label));
  }

  private static Octets preCommand() {
    AccessRequest request =
        new AccessRequest(
            0x20000001L,
            List.of(
                new AccessRequest.Item.Action(
                    CosemAttribute.of(9, "0-0:10.0.106.255", 1), new DlmsValue.UInt16(51))));
    GroupingHeader header =
        GroupingHeader.of(
            CraFlag.COMMAND,
            new MessageId(SUPPLIER, METER, new OriginatorCounter(1)),
            new OtherInformation.CodeOnly(new MessageCode(0x4F)));
    return GroupedContent.unsigned(header, request.encode()).octets();
  }

  private String keys() {
    return keys.toString();
  }

  /** Paths are below the folder of messages. */
  private Outcome run(String command, String path, String... more) {
    String[] arguments = new String[2 + more.length];
    arguments[0] = command;
    arguments[1] = messages.resolve(path).normalize().toString();
    System.arraycopy(more, 0, arguments, 2, more.length);
    return execute(arguments);
  }

  private static Outcome execute(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine = new CommandLine(new GbcsCommand());
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int exitCode = commandLine.execute(arguments);
    return new Outcome(exitCode, out.toString(), err.toString());
  }
}
