// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.app.CommandRun;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.crypto.SoftwareAgreementKey;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import picocli.CommandLine;

class ParseCommandTest {
  private static final Eui64 METER = Eui64.parse("00DB000000000001");
  private static final Eui64 SUPPLIER = Eui64.parse("90B3000000000003");
  private static final int SUPPLY_STATUS = 0x52;
  private static final int CLOCK = 0x62;
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir private Path folder;

  private Path messages;
  private Path keys;
  private Path documents;
  private SharedSecret secret;

  private record Outcome(int exitCode, String out, String err) {}

  @BeforeEach
  void makeFolders() throws Exception {
    messages = Files.createDirectory(folder.resolve("messages"));
    keys = Files.createDirectory(folder.resolve("keys"));
    documents = folder.resolve("documents");
    KeyPair meter = P256.generate(RANDOM);
    KeyPair supplier = P256.generate(RANDOM);
    secret = SoftwareAgreementKey.of(meter).agree(SoftwareAgreementKey.of(supplier).publicKey());
    write("00db000000000001-ka.pem", "PUBLIC KEY", meter.getPublic());
    write("90b3000000000003-ka.pem", "PUBLIC KEY", supplier.getPublic());
    write("90b3000000000003-ka.key", "PRIVATE KEY", supplier.getPrivate());
  }

  @Test
  void writesADocumentForEachMessageAtTheSamePath() throws Exception {
    message("a/b/one.HEX", supplyStatus());
    message("two.hex", supplyStatus());
    Files.writeString(messages.resolve("readme.txt"), "left alone");

    Outcome outcome = run(messages);

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).isEqualTo("2 messages, 0 failed" + System.lineSeparator());
    assertThat(documents.resolve("a/b/one.XML")).content().contains(">Enabled</");
    assertThat(documents.resolve("two.XML")).content().contains(">Enabled</");
    assertThat(documents.resolve("readme.XML")).doesNotExist();
  }

  @Test
  void writesTheDocumentOfASingleFile() throws Exception {
    message("one.HEX", supplyStatus());
    assertThat(run(messages.resolve("one.HEX")).exitCode()).isZero();
    assertThat(documents.resolve("one.XML")).content().contains("ReadSupplyStatusRsp");
  }

  // One bad message must not keep the others from their documents.
  @Test
  void saysInOneLineWhatFailedAndGoesOn() throws Exception {
    byte[] forged = supplyStatus().toArray();
    forged[forged.length - 1] ^= 1;
    message("cut.HEX", supplyStatus().slice(0, 40));
    message("forged.HEX", Octets.of(forged));
    message("good.HEX", supplyStatus());
    Files.writeString(messages.resolve("words.HEX"), "no message");

    Outcome outcome = run(messages);

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("cut.HEX: ").contains("octet"),
            line ->
                assertThat(line)
                    .startsWith("forged.HEX: the MAC does not hold")
                    .contains("00-DB-00-00-00-00-00-01"),
            line -> assertThat(line).startsWith("words.HEX: "));
    assertThat(documents.resolve("good.XML")).exists();
    assertThat(documents.resolve("forged.XML")).doesNotExist();
  }

  @Test
  void refusesToWriteTwoMessagesToOnePlace() throws Exception {
    message("same.HEX", supplyStatus());
    message("same.hex", supplyStatus());
    Outcome outcome = run(messages);
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).startsWith("same.hex: another file");
  }

  // Both services set a clock and are answered with the same octets.
  @Test
  void takesTheServiceFromOptionNameAndFolderWhereTheAnswerDoesNotTellIt() throws Exception {
    message("6.11_ECS70/ECS70_8.1.1_SUCCESS.HEX", clockSet());
    message("8.1.1_ECS70/answer.HEX", clockSet());
    message("answer.HEX", clockSet());

    assertThat(run(messages).exitCode()).isZero();
    assertThat(documents.resolve("answer.XML")).content().contains(":SynchroniseClockRsp");
    assertThat(documents.resolve("8.1.1_ECS70/answer.XML"))
        .content()
        .contains(":CommissionDeviceSynchroniseClockRsp");

    assertThat(run(messages.resolve("answer.HEX"), "--service", "8.1.1").exitCode()).isZero();
    assertThat(documents.resolve("answer.XML"))
        .content()
        .contains(":CommissionDeviceSynchroniseClockRsp");
  }

  @Test
  void endsWithTwoWhereItIsCalledWrongly() {
    String nowhere = folder.resolve("nowhere").toString();
    assertThat(CommandRun.of("parse", nowhere, "--out", nowhere).exitCode()).isEqualTo(2);
    assertThat(run(messages, "--service", "nonsense").exitCode()).isEqualTo(2);
  }

  @Test
  void anEmptyFolderIsNoSuccess() {
    assertThat(run(messages).exitCode()).isEqualTo(1);
  }

  private Octets supplyStatus() {
    return answer(SUPPLY_STATUS, "DA2000000100000116010101" + "00");
  }

  /** Five answers: three settings, the time and the clock's status. */
  private Octets clockSet() {
    return answer(
        CLOCK,
        "DA20000001000005"
            + "000000"
            + "090C07E90610FF0B1E2D008000FF"
            + "1100"
            + "05"
            + "02000300030001000100");
  }

  private Octets answer(int code, String payload) {
    GroupingHeader header =
        GroupingHeader.of(
            CraFlag.RESPONSE,
            new MessageId(METER, SUPPLIER, new OriginatorCounter(1)),
            new OtherInformation.CodeOnly(new MessageCode(code)));
    return MessageProtection.macedResponse(header, Octets.ofHex(payload), secret).encode();
  }

  private void message(String name, Octets octets) throws Exception {
    Path file = messages.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, octets.hex() + "\n");
  }

  private void write(String name, String label, Key key) throws Exception {
    String body = Base64.getMimeEncoder().encodeToString(key.getEncoded());
    Files.writeString(
        keys.resolve(name),
        String.format(
            Locale.ROOT, "-----BEGIN %s-----\n%s\n-----END %s-----\n", label, body, label));
  }

  private Outcome run(Path path, String... more) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] arguments = new String[5 + more.length];
    arguments[0] = path.toString();
    arguments[1] = "--keys";
    arguments[2] = keys.toString();
    arguments[3] = "--out";
    arguments[4] = documents.toString();
    System.arraycopy(more, 0, arguments, 5, more.length);
    int exitCode =
        new CommandLine(new ParseCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Outcome(exitCode, out.toString(), err.toString());
  }
}
