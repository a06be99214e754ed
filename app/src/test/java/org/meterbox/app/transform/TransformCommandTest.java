// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.crypto.SoftwareAgreementKey;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.gbcs.asn1.Asn1Payload;
import org.meterbox.gbcs.asn1.DeviceLogContent.DeviceLogBackup;
import org.meterbox.gbcs.asn1.DeviceLogEntry;
import org.meterbox.gbcs.asn1.GeneralizedTime;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GbcsMessage.Alert;
import org.meterbox.gbcs.envelope.GbcsMessage.Command;
import org.meterbox.gbcs.envelope.GbcsMessage.PreCommand;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import picocli.CommandLine;

class TransformCommandTest {
  private static final Path EXAMPLES = Path.of("../docs/examples");
  private static final Eui64 USER = Eui64.parse("90-B3-D5-1F-30-01-00-00");
  private static final Eui64 METER = Eui64.parse("00-DB-12-34-56-78-90-A0");
  private static final Eui64 BROKER = Eui64.parse("90-B3-D5-1F-30-00-00-02");
  private static final MessageId REQUEST_ID =
      new MessageId(USER, METER, new OriginatorCounter(1000));
  private static final Octets ZEROS = Octets.ofHex("00".repeat(12));

  /** A read that only the broker may send: 4.6.2, ECS21c. */
  private static final String EXPORT_LOG =
      """
      <sr:RetrieveExportDailyReadLog><sr:ReadLogPeriod>
      <sr:StartDateTime>2026-01-01T00:00:00.00Z</sr:StartDateTime>
      <sr:EndDateTime>2026-01-02T00:00:00.00Z</sr:EndDateTime>
      </sr:ReadLogPeriod></sr:RetrieveExportDailyReadLog>
      """;

  private final SecureRandom random = new SecureRandom();
  private final KeyPair broker = P256.generate(random);
  private final KeyPair meter = P256.generate(random);

  @TempDir private Path folder;

  private record Outcome(int exitCode, String out, String err) {}

  @Test
  void theExamplesBecomeCommandsWithoutMacAndAPreCommand() throws Exception {
    Outcome outcome = run(EXAMPLES);

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    assertThat(written())
        .containsExactly(
            "disable-supply.PRECOMMAND.HEX",
            "read-import-registers.COMMAND.HEX",
            "read-supply-status.COMMAND.HEX");
    Command read = command("read-import-registers.COMMAND.HEX");
    assertThat(read.mac()).isEqualTo(ZEROS);
    assertThat(read.header().messageId()).isEqualTo(MessageId.parse(USER + ":" + METER + ":1"));
    assertThat(read.header().otherInformation())
        .isEqualTo(new OtherInformation.CodeOnly(new MessageCode(0x27)));
    assertThat(message("disable-supply.PRECOMMAND.HEX")).isInstanceOf(PreCommand.class);
  }

  @Test
  void theTextIsUpperCaseAndNothingElse() throws Exception {
    run(EXAMPLES);
    assertThat(Files.readString(out().resolve("read-supply-status.COMMAND.HEX")))
        .matches("DD[0-9A-F]+");
  }

  /** The secret is the same from either side, so that either private key will do. */
  @Test
  void theBrokersMacIsThereWithThePrivateKeyOfEitherSide() throws Exception {
    write("keys/90b3d51f30000002-ka.key", "PRIVATE KEY", broker.getPrivate());
    write("keys/00db1234567890a0-ka.pem", "PUBLIC KEY", meter.getPublic());
    write("others/90b3d51f30000002-ka.pem", "PUBLIC KEY", broker.getPublic());
    write("others/00db1234567890a0-ka.key", "PRIVATE KEY", meter.getPrivate());

    for (String keys : List.of("keys", "others")) {
      run(EXAMPLES, "--keys", folder.resolve(keys).toString(), "--broker", BROKER.dashed());
      Command read = command("read-supply-status.COMMAND.HEX");
      SharedSecret secret =
          SoftwareAgreementKey.of(broker).agree(P256.publicKey(meter.getPublic()));
      MessageProtection.verifyMac(read.content(), read.mac(), secret);
    }
  }

  @Test
  void withoutTheDevicesKeyTheMacIsZero() throws Exception {
    write("keys/90b3d51f30000002-ka.key", "PRIVATE KEY", broker.getPrivate());
    run(EXAMPLES, "--keys", folder.resolve("keys").toString(), "--broker", BROKER.hex());
    assertThat(command("read-supply-status.COMMAND.HEX").mac()).isEqualTo(ZEROS);
  }

  @Test
  void whatTheUserMayNotSendTheBrokerSendsInItsNameWithItsOwnCounter() throws Exception {
    Path file = request("a.xml", METER, "4.6.2", EXPORT_LOG);

    Outcome nobody = run(file);
    assertThat(nobody.exitCode()).isEqualTo(1);
    assertThat(nobody.err()).startsWith(file + ": ").contains("--broker EUI");

    assertThat(run(file, "--broker", BROKER.dashed(), "--broker-counter", "77").exitCode())
        .isZero();
    Command command = command("a.COMMAND.HEX");
    assertThat(command.header().messageId())
        .isEqualTo(new MessageId(BROKER, METER, new OriginatorCounter(77)));
    assertThat(command.header().otherInformation())
        .isEqualTo(
            new OtherInformation.OnBehalfOf(new MessageCode(0x35), USER, REQUEST_ID.counter()));

    run(file, "--broker", BROKER.dashed());
    assertThat(command("a.COMMAND.HEX").header().messageId().counter())
        .isEqualTo(new OriginatorCounter(1000 + FileParties.COUNTER_AHEAD));
  }

  /** What is critical they may not have: the devices obey the broker. */
  @Test
  void forUsersWhomTheDevicesDoNotKnowTheBrokerSendsWhatIsNotCritical() throws Exception {
    Outcome outcome = run(EXAMPLES, "--unknown-parties", "--broker", BROKER.dashed());

    assertThat(command("read-supply-status.COMMAND.HEX").header().messageId().originator())
        .isEqualTo(BROKER);
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).startsWith("disable-supply.xml: E4: ").hasLineCount(1);
  }

  /** GCS59, with the devices of the log that the old hub reported last. */
  @Test
  void aRestoredLogIsTheOneThatTheOldHubReported() throws Exception {
    Eui64 old = Eui64.parse("00-DB-12-34-56-78-90-9C");
    Eui64 gasProxy = Eui64.parse("00-DB-12-34-56-78-90-A3");
    Eui64 listed = Eui64.parse("00-DB-12-34-56-78-90-98");
    Path file =
        request(
            "restore.xml",
            gasProxy,
            "8.12.2",
            String.format(
                Locale.ROOT,
                "<sr:RestoreGPFDeviceLog><sr:OldGPFID>%s</sr:OldGPFID></sr:RestoreGPFDeviceLog>",
                old));
    assertThat(run(file, "--broker", BROKER.dashed()).err()).contains("the last device log");

    put("logs.txt", "# the old hub's\n" + old + " " + backup(old, listed).hex() + "\n");
    Path logs = folder.resolve("logs.txt");
    assertThat(run(file, "--broker", BROKER.dashed(), "--device-logs", logs.toString()).exitCode())
        .isZero();
    Command command = command("restore.COMMAND.HEX");
    assertThat(command.header().otherInformation())
        .isEqualTo(new OtherInformation.CodeOnly(new MessageCode(0x8C)));
    assertThat(command.content().payload().hex()).contains(listed.hex());

    put("logs.txt", old + " 00\n");
    assertThat(run(file, "--device-logs", logs.toString()).err()).contains("logs.txt, line 1");
  }

  private static Octets backup(Eui64 gasProxy, Eui64 listed) {
    Octets payload =
        Asn1Payload.of(
                new DeviceLogBackup(
                    0x8071,
                    GeneralizedTime.of(Instant.parse("2026-01-01T00:00:00Z")),
                    List.of(new DeviceLogEntry(listed, 5))))
            .encode();
    GroupingHeader header =
        GroupingHeader.of(
            CraFlag.ALERT,
            new MessageId(gasProxy, BROKER, new OriginatorCounter(1)),
            new OtherInformation.CodeOnly(new MessageCode(0xB2)));
    return new Alert(GroupedContent.withEmptySignature(header, payload), Optional.of(ZEROS))
        .encode();
  }

  /** A join that its use case wants signed, by a user who does not sign: the broker does. */
  @Test
  void aCriticalUseCaseOfANonCriticalRequestIsSignedByTheBroker() throws Exception {
    Eui64 display = Eui64.parse("00-DB-12-34-56-78-90-A4");
    Path file =
        request(
            "join.xml",
            display,
            "8.7.2",
            String.format(
                Locale.ROOT,
                "<sr:JoinServiceNonCritical><sr:OtherDeviceID>%s</sr:OtherDeviceID></sr:JoinServiceNonCritical>",
                METER));
    KeyPair signing = P256.generate(random);
    write("keys/90b3d51f30000002-ds.key", "PRIVATE KEY", signing.getPrivate());

    run(file, "--keys", folder.resolve("keys").toString(), "--broker", BROKER.dashed());
    MessageProtection.verifySignature(
        command("join.COMMAND.HEX").content(), SoftwareSigningKey.of(signing).publicKey());

    run(file, "--broker", BROKER.dashed());
    assertThat(command("join.COMMAND.HEX").content().signature().orElseThrow().octets().hex())
        .isEqualTo("00".repeat(64));
  }

  @Test
  void aBadFileGetsOneLineAndTheOthersAreTranslated() throws Exception {
    String example = Files.readString(EXAMPLES.resolve("read-supply-status.xml"));
    put("in/x/good_REQUEST_duis.xml", example);
    put("in/x/y/invalid.xml", example.replace(">7.4<", ">7.40<"));
    put("in/broken.XML", "<sr:Request");
    put("in/notes.txt", "not looked at");
    request(
        "in/inventory.xml",
        METER,
        "8.2",
        "<sr:ReadInventory><sr:DeviceID>" + METER + "</sr:DeviceID></sr:ReadInventory>");

    Outcome outcome = run(folder.resolve("in"));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(written()).containsExactly("x/good.COMMAND.HEX");
    assertThat(outcome.err().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("broken.XML: line 1, "),
            line -> assertThat(line).startsWith("inventory.xml: 8.2 has no command"),
            line -> assertThat(line).startsWith("x/y/invalid.xml: ").contains("cvc-"));
  }

  @Test
  void twoRequestsOfOneStemDoNotOverwriteEachOther() throws Exception {
    String example = Files.readString(EXAMPLES.resolve("read-supply-status.xml"));
    put("in/a.xml", example);
    put("in/a_REQUEST_DUIS.XML", example);

    Outcome outcome = run(folder.resolve("in"));
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains("another request of this run");
  }

  /** 6.2.1 is ECS26b on one phase and ECS26k on three: nothing in the request tells. */
  @Test
  void theNameOrTheFileOfDevicesTellsBetweenUseCases() throws Exception {
    String body = "<sr:ReadDeviceConfigurationVoltage/>";
    request("plain.xml", METER, "6.2.1", body);
    request("ECS26b_6.2.1_SUCCESS_REQUEST_DUIS.XML", METER, "6.2.1", body);
    request("ECS26k_6.2.1_SUCCESS_REQUEST_DUIS.XML", METER, "6.2.1", body);
    run(folder);
    assertThat(code("plain.COMMAND.HEX")).isEqualTo(code("ECS26b_6.2.1_SUCCESS.COMMAND.HEX"));
    assertThat(code("plain.COMMAND.HEX")).isNotEqualTo(code("ECS26k_6.2.1_SUCCESS.COMMAND.HEX"));

    put("devices.txt", "# three phases\n" + METER + " esme Polyphase # here\n\n");
    run(folder.resolve("plain.xml"), "--devices", folder.resolve("devices.txt").toString());
    assertThat(code("plain.COMMAND.HEX")).isEqualTo(code("ECS26k_6.2.1_SUCCESS.COMMAND.HEX"));
  }

  /** 7.4 goes to electricity and gas meters: ECS45 and GCS33. */
  @Test
  void theTypeOfAnUnknownDeviceIsTakenFromNameThenOptionThenOrder() throws Exception {
    Eui64 unknown = Eui64.parse("00-DB-00-00-00-00-00-01");
    String body = "<sr:ReadSupplyStatus/>";
    request("GCS33_7.4_SUCCESS_REQUEST_DUIS.XML", unknown, "7.4", body);
    Path plain = request("plain.xml", unknown, "7.4", body);

    run(folder);
    assertThat(code("plain.COMMAND.HEX")).isEqualTo(new MessageCode(0x52));
    assertThat(code("GCS33_7.4_SUCCESS.COMMAND.HEX")).isEqualTo(new MessageCode(0x82));
    run(plain, "--device-type", "gsme");
    assertThat(code("plain.COMMAND.HEX")).isEqualTo(new MessageCode(0x82));
  }

  @Test
  void aSignedPreCommandGetsItsMac() throws Exception {
    run(EXAMPLES);
    PreCommand preCommand = (PreCommand) message("disable-supply.PRECOMMAND.HEX");
    SoftwareSigningKey user = SoftwareSigningKey.of(P256.generate(random));
    Octets signed = MessageProtection.sign(preCommand, user).encode();
    Path file =
        request(
            "signed.xml",
            METER,
            "7.2",
            String.format(
                Locale.ROOT,
                "<sr:SignedPreCommand><sr:GBCSPayload>%s</sr:GBCSPayload></sr:SignedPreCommand>",
                Base64.getEncoder().encodeToString(signed.toArray())));
    write("keys/90b3d51f30000002-ka.key", "PRIVATE KEY", broker.getPrivate());
    write("keys/00db1234567890a0-ka.pem", "PUBLIC KEY", meter.getPublic());

    run(file, "--keys", folder.resolve("keys").toString(), "--broker", BROKER.dashed());

    Command command = command("signed.COMMAND.HEX");
    assertThat(command.content().octets()).isEqualTo(signed);
    assertThat(command.mac()).isNotEqualTo(ZEROS);
  }

  @Test
  void wrongArgumentsEndWithTwoAndBadFilesOfDevicesWithAReason() throws Exception {
    assertThat(run(EXAMPLES, "--broker", "1").exitCode()).isEqualTo(2);
    assertThat(run(EXAMPLES, "--broker-counter", "-1").exitCode()).isEqualTo(2);
    assertThat(run(EXAMPLES, "--customer-number", "12").exitCode()).isEqualTo(2);
    assertThat(new CommandLine(new TransformCommand()).execute(EXAMPLES.toString())).isEqualTo(2);

    put("devices.txt", METER + " ESME\n" + METER + " TOASTER\n");
    assertThat(run(EXAMPLES, "--devices", folder.resolve("devices.txt").toString()).err())
        .contains("devices.txt, line 2");
  }

  private MessageCode code(String name) throws Exception {
    return command(name).header().messageCode();
  }

  private Command command(String name) throws Exception {
    return (Command) message(name);
  }

  private GbcsMessage message(String name) throws Exception {
    return GbcsMessage.decode(Octets.ofHex(Files.readString(out().resolve(name))));
  }

  private List<String> written() throws IOException {
    try (Stream<Path> files = Files.walk(out())) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> out().relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private Path out() {
    return folder.resolve("out");
  }

  private Path request(String name, Eui64 device, String variant, String body) throws IOException {
    String reference = variant.replaceAll("^([0-9]+\\.[0-9]+).*", "$1");
    return put(
        name,
        String.format(
            Locale.ROOT,
            """
            <sr:Request xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway" schemaVersion="5.4">
            <sr:Header><sr:RequestID>%s:%s:1000</sr:RequestID><sr:CommandVariant>1</sr:CommandVariant>
            <sr:ServiceReference>%s</sr:ServiceReference>
            <sr:ServiceReferenceVariant>%s</sr:ServiceReferenceVariant></sr:Header>
            <sr:Body>%s</sr:Body></sr:Request>
            """,
            USER,
            device,
            reference,
            variant,
            body));
  }

  private Path put(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private void write(String name, String label, Key key) throws IOException {
    String body = Base64.getMimeEncoder().encodeToString(key.getEncoded());
    put(
        name,
        String.format(
            Locale.ROOT, "-----BEGIN %s-----\n%s\n-----END %s-----\n", label, body, label));
  }

  private Outcome run(Path path, String... more) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        new CommandLine(new TransformCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler((fault, line, parsed) -> {
              line.getErr().println(fault.getMessage());
              return 1;
            });
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    List<String> arguments = new ArrayList<>(List.of(path.toString(), "--out", out().toString()));
    arguments.addAll(List.of(more));
    int exitCode = commandLine.execute(arguments.toArray(String[]::new));
    return new Outcome(exitCode, out.toString(), err.toString());
  }
}
