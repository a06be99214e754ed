// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.smki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.Signatures;
import org.meterbox.gbcs.asn1.Asn1Payload;
import org.meterbox.gbcs.asn1.CredentialContent.UpdateCredentials;
import org.meterbox.gbcs.asn1.TrustAnchorCell;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.authority.ContingencyKey;
import org.meterbox.store.TestStore;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands one after the other, as an operator would give them. */
final class SmkiCommandTest {
  private static final String SUPPLIER = "90-B3-D5-1F-30-01-00-00";
  private static final String DEVICE = "00-DB-12-34-56-78-90-01";

  @TempDir Path folder;

  private String database = "";
  private Path data = Path.of("");

  @BeforeEach
  void chooseAnInstallation() {
    database = TestStore.freshUrl();
    data = folder.resolve("data");
  }

  private record Outcome(int exitCode, String out, String err) {
    Outcome succeeds() {
      assertThat(exitCode).as(err).isZero();
      return this;
    }

    Outcome isRefusedUnder(String rule) {
      assertThat(exitCode).as(out + err).isEqualTo(1);
      assertThat(err).contains("refused under " + rule + " (");
      return this;
    }
  }

  private Outcome smki(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", data.toString(), "--database-url", database));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        new CommandLine(new SmkiCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(all.toArray(String[]::new));
    return new Outcome(exitCode, out.toString(), err.toString());
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private void initAndEnrol() {
    smki("init").succeeds();
    smki(
            "enrol",
            SUPPLIER,
            "--name=Supplier One",
            "--role=supplier,xml_signing",
            "--devices=00-DB-12-34-56-78-00-00..00-DB-12-34-56-78-FF-FF")
        .succeeds();
  }

  private void issue(String name, String... wishes) {
    List<String> all =
        new ArrayList<>(List.of("issue", "--new-key", path(name + ".key"), "--for", SUPPLIER));
    all.addAll(List.of("--out", path(name + ".pem")));
    all.addAll(List.of(wishes));
    smki(all.toArray(String[]::new)).succeeds();
  }

  /** The supplier's own certificates; officers have some under its identifier too. */
  private Outcome found(String... more) {
    List<String> all = new ArrayList<>(List.of("find", "--eui", SUPPLIER, "--kind=organisation"));
    all.addAll(List.of(more));
    return smki(all.toArray(String[]::new)).succeeds();
  }

  @Test
  void saysWhatToDoWhereThereIsNoInstallation() {
    Outcome outcome = smki("find", "--eui", DEVICE);
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains("smki init --data " + data);
    assertThat(smki("find", "--eui", "nonsense").exitCode()).isEqualTo(2);
    assertThat(smki().exitCode()).isEqualTo(2);
  }

  @Test
  void issuesFindsRevokesAndChecks() throws Exception {
    initAndEnrol();
    smki("enrol", SUPPLIER, "--name=Again", "--role=supplier").isRefusedUnder("NEW_APPLICANT");
    smki("init").succeeds();

    issue("own", "--role=supplier", "--use=ds");
    issue("top-up", "--role=supplier", "--use=ka", "--top-up");
    issue("meter", "--device", DEVICE, "--use=ka", "--chain");
    assertThat(Pem.certificates(folder.resolve("meter.pem"))).hasSize(3);
    smki("issue", "--new-key", path("x"), "--for", SUPPLIER, "--role=network_operator", "--use=ds")
        .isRefusedUnder("ROLE_ENTITLEMENT");
    // A key that nobody certified is not left lying about.
    assertThat(folder.resolve("x")).doesNotExist();
    Files.write(folder.resolve("nonsense.csr"), new byte[80]);
    smki("issue", path("nonsense.csr"), "--for", SUPPLIER).isRefusedUnder("WELL_FORMED");
    smki("issue", path("nonsense.csr"), "--for", DEVICE).isRefusedUnder("WELL_FORMED");
    assertThat(smki("issue", "--for", SUPPLIER).exitCode()).isEqualTo(2);

    JsonNode own = new JsonMapper().readTree(found("--use=ds", "--json").out());
    assertThat(own.get("eui").asString()).isEqualTo(SUPPLIER);
    assertThat(own.get("role").asString()).isEqualTo("supplier");
    assertThat(own.get("status").asString()).isEqualTo("I");
    assertThat(found().out().lines()).hasSize(3);
    assertThat(smki("find", "--kind=issuing_dca", "--pem").succeeds().out())
        .startsWith("-----BEGIN CERTIFICATE-----");
    assertThat(smki("find", "--eui", "00-00-00-00-00-00-00-01").exitCode()).isEqualTo(1);

    assertThat(smki("verify", path("own.pem"), path("meter.pem")).succeeds().out())
        .contains("own.pem: trusted, below CN=M1,OU=07 below CN=MA,OU=00");
    String serial = own.get("serial").asString();
    smki("revoke", serial, "--for", DEVICE).isRefusedUnder("ENTITLEMENT");
    smki("revoke", "1234", "--for", SUPPLIER).isRefusedUnder("KNOWN");
    smki("revoke", serial, "--for", SUPPLIER, "--reason=key_compromise").succeeds();
    smki("revoke", serial, "--for", SUPPLIER).isRefusedUnder("NOT_REVOKED_BEFORE");
    Outcome verified = smki("verify", path("own.pem"));
    assertThat(verified.exitCode()).isEqualTo(1);
    assertThat(verified.out()).contains("NOT TRUSTED, REVOCATION");
    assertThat(smki("verify", path("meter.pem"), "--at=2090-01-01T00:00:00Z").out())
        .contains("NOT TRUSTED, DATES");
    assertThat(smki("crl", "--out", path("lists")).succeeds().out())
        .contains("issuing-oca", "root-oca");
    assertThat(folder.resolve("lists/issuing-oca.crl")).exists();
    assertThat(smki("verify", "--audit").succeeds().out()).contains("audit log: intact, ");
  }

  // Each request of a file has its line in the results, whatever became of it; the same file again
  // adds nothing and gives the same results.
  @Test
  void issuesByTheBatchAndGoesOnWithTheSameFile() throws Exception {
    initAndEnrol();
    Path file = folder.resolve("batch.txt");
    smki(
            "issue",
            "--batch",
            file.toString(),
            "--trial-devices=2",
            "--device",
            DEVICE,
            "--for",
            SUPPLIER)
        .succeeds();
    List<String> lines = Files.readAllLines(file);
    String[] command = {
      "issue", "--batch", file.toString(), "--for", SUPPLIER, "--out", path("results.txt")
    };
    smki(command).succeeds();
    List<String> results = Files.readAllLines(folder.resolve("results.txt"));
    assertThat(results).hasSize(4).allMatch(line -> line.contains("\tISSUED\t"));
    Outcome again = smki(command).succeeds();
    assertThat(again.err()).contains("is known: 4 of 4 requests are done");
    assertThat(Files.readAllLines(folder.resolve("results.txt"))).isEqualTo(results);

    Files.writeString(file, lines.getFirst() + "\nnot Base64\n");
    assertThat(smki(command).exitCode()).isEqualTo(1);
    assertThat(Files.readAllLines(folder.resolve("results.txt")))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("1\tREFUSED\tFRESH_KEY\t"),
            line -> assertThat(line).startsWith("2\tREFUSED\tWELL_FORMED\t"));
    smki("issue", "--batch", file.toString(), "--for", DEVICE).isRefusedUnder("SUBSCRIBER");
  }

  // ---- ceremonies ----

  private void prepareCeremony() throws IOException {
    for (String name : List.of("ann", "bob", "cat")) {
      Files.writeString(folder.resolve(name + ".passphrase"), "the passphrase of " + name + "\n");
    }
    smki(
            "ceremony",
            "prepare",
            "--threshold=2",
            "--custodian=ann,bob,cat",
            "--out",
            folder.toString(),
            "--passphrases",
            folder.toString())
        .succeeds();
  }

  private Outcome ceremony(String kind, List<String> custodians, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of("ceremony", kind, "--decision=PMA 12", "--passphrases", folder.toString()));
    for (String name : custodians) {
      all.addAll(List.of("--share", path(name + ".share")));
    }
    all.addAll(List.of("--device", DEVICE, "--counter=7000", "--out", folder.toString()));
    all.addAll(List.of(more));
    return smki(all.toArray(String[]::new));
  }

  private Path newestTranscript() throws IOException {
    try (Stream<Path> files = Files.list(data.resolve("ceremonies"))) {
      return files.max(java.util.Comparator.naturalOrder()).orElseThrow();
    }
  }

  /** As a shell gives the option when it replaces a pattern by the files' names. */
  private Outcome verifyEveryTranscript() throws Exception {
    List<String> arguments = new ArrayList<>(List.of("verify", "--transcript"));
    try (Stream<Path> files = Files.list(newestTranscript().getParent())) {
      files.map(Path::toString).forEach(arguments::add);
    }
    return smki(arguments.toArray(String[]::new));
  }

  private GroupedContent command() throws Exception {
    String hex = Files.readString(folder.resolve(DEVICE.replace("-", "") + ".HEX")).strip();
    return GbcsMessage.decode(Octets.ofHex(hex)).content();
  }

  private static UpdateCredentials payload(GroupedContent command, int code) throws Exception {
    return (UpdateCredentials)
        Asn1Payload.decode(command.payload(), new MessageCode(code), CraFlag.COMMAND).content();
  }

  // Too few stay before a closed door, a wrong passphrase is noticed, and enough sign a command
  // that a device accepts by the recovery certificate it holds; all of it stands in a transcript.
  @Test
  void recoversWithAQuorumAndNotWithout() throws Exception {
    initAndEnrol();
    issue("own", "--role=supplier", "--use=ds");
    String replace = "--replace=" + path("own.pem");
    prepareCeremony();
    smki(
            "ceremony",
            "prepare",
            "--threshold=2",
            "--custodian=ann,bob,cat",
            "--out",
            folder.toString(),
            "--passphrases",
            folder.toString())
        .isRefusedUnder("PREPARED_ONCE");
    ceremony("recover", List.of("ann"), replace).isRefusedUnder("QUORUM");
    Files.writeString(folder.resolve("bob.passphrase"), "another passphrase");
    ceremony("recover", List.of("ann", "bob"), replace).isRefusedUnder("PASSPHRASE");
    assertThat(folder.resolve(DEVICE.replace("-", "") + ".HEX")).doesNotExist();
    ceremony("recover", List.of("ann", "cat"), "--replace=network_operator=" + path("own.pem"))
        .isRefusedUnder("REPLACEMENT");

    ceremony("recover", List.of("cat", "ann"), replace).succeeds();
    GroupedContent command = command();
    X509Certificate recovery =
        Pem.certificates(
                Files.writeString(
                    folder.resolve("recovery.pem"),
                    smki("find", "--role=recovery", "--pem").succeeds().out()))
            .getFirst();
    Signatures.verify(
        P256.publicKey(recovery.getPublicKey()),
        command.signedOctets().toArray(),
        command.signature().orElseThrow());
    UpdateCredentials update = payload(command, 0x0108);
    assertThat(update.control().modeName()).isEqualTo("anyExceptAbnormalRootByRecovery");
    assertThat(update.replacements().getFirst().target().roleCode()).isEqualTo(2);
    assertThat(update.certificationPath()).hasSize(1);
    assertThat(
            smki("verify", "--audit", "--transcript", newestTranscript().toString())
                .succeeds()
                .out())
        .contains("transcript: intact");
    assertThat(verifyEveryTranscript().succeeds().out().lines().count()).isGreaterThan(1);
    String transcript = Files.readString(newestTranscript());
    assertThat(transcript)
        .contains("decided: PMA 12", "came with the right share", "unsealed by 2 custodians");
    Files.writeString(newestTranscript(), transcript.replace("PMA 12", "PMA 13"));
    assertThat(smki("verify", "--transcript", newestTranscript().toString()).exitCode())
        .isEqualTo(1);
  }

  // What a device does: with the symmetric key that the command tells it finds the contingency key
  // in the root certificate it has carried from the factory, and verifies the command with that.
  @Test
  void replacesTheRootByTheContingencyKey() throws Exception {
    initAndEnrol();
    prepareCeremony();
    X509Certificate oldRoot =
        Pem.certificates(data.resolve("certificates/root-oca.pem")).getFirst();
    Path oldData = data;
    String oldDatabase = database;
    database = TestStore.freshUrl();
    data = folder.resolve("next");
    smki("init").succeeds();
    String newRoot = data.resolve("certificates/root-oca.pem").toString();
    String noRoot = data.resolve("certificates/issuing-oca.pem").toString();
    data = oldData;
    database = oldDatabase;

    ceremony("contingency", List.of("ann", "bob"), "--new-root", noRoot)
        .isRefusedUnder("REPLACEMENT");
    ceremony("contingency", List.of("ann", "bob"), "--new-root", newRoot).succeeds();
    GroupedContent command = command();
    UpdateCredentials update = payload(command, 0x0109);
    Octets symmetric = update.control().plaintextSymmetricKey().orElseThrow();
    Signatures.verify(
        ContingencyKey.reveal(oldRoot, new SecretKeySpec(symmetric.toArray(), "AES")).orElseThrow(),
        command.signedOctets().toArray(),
        command.signature().orElseThrow());
    assertThat(update.control().modeName()).isEqualTo("anyByContingency");
    assertThat(update.replacements())
        .singleElement()
        .satisfies(root -> {
          assertThat(root.target().roleCode()).isZero();
          assertThat(root.target().cellUsage()).isEqualTo(TrustAnchorCell.CellUsage.MANAGEMENT);
        });
    assertThat(Files.readString(newestTranscript())).doesNotContainIgnoringCase(symmetric.hex());
  }

  // ---- an independent judge ----

  private static Outcome openssl(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return new Outcome(process.exitValue(), output, output);
  }

  private static boolean isOpenSslInstalled() throws Exception {
    try {
      return openssl("version").exitCode() == 0;
    } catch (IOException notFound) {
      return false;
    }
  }

  // A request that openssl made becomes a certificate that openssl accepts, and so do the list
  // that takes one back, and the extensions.
  @Test
  void agreesWithOpenSsl() throws Exception {
    assumeTrue(isOpenSslInstalled(), "openssl is not installed on this machine");
    initAndEnrol();
    Path configuration =
        Files.writeString(
            folder.resolve("device.cnf"),
            """
            [req]
            distinguished_name = name
            req_extensions = wanted
            prompt = no
            [name]
            [wanted]
            keyUsage = critical, digitalSignature
            subjectAltName = critical, otherName:1.3.6.1.5.5.7.8.4;SEQUENCE:module
            [module]
            type = OID:1.2.826.0.1.8641679.1.2.2.1
            serial = FORMAT:HEX, OCTETSTRING:00DB123456789001
            """);
    openssl(
            "req",
            "-new",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-subj",
            "/",
            "-keyout",
            path("device.key"),
            "-config",
            configuration.toString(),
            "-out",
            path("device.csr"))
        .succeeds();
    smki("issue", path("device.csr"), "--for", SUPPLIER, "--out", path("device.pem")).succeeds();
    issue("own", "--role=supplier", "--use=ds");
    String certificates = data.resolve("certificates").toString();
    openssl(
            "verify",
            "-CAfile",
            certificates + "/root-dca.pem",
            "-untrusted",
            certificates + "/issuing-dca-D001.pem",
            "-ignore_critical",
            path("device.pem"))
        .succeeds();
    openssl(
            "verify",
            "-CAfile",
            certificates + "/root-oca.pem",
            "-untrusted",
            certificates + "/issuing-oca.pem",
            path("own.pem"))
        .succeeds();
    assertThat(openssl("x509", "-in", path("own.pem"), "-noout", "-text").succeeds().out())
        .contains("Digital Signature", "1.2.826.0.1.8641679.1.2.1.4");
    assertThat(openssl("asn1parse", "-in", path("device.pem")).succeeds().out())
        .contains("X509v3 Subject Alternative Name");
    String serial = new JsonMapper().readTree(found("--json").out()).get("serial").asString();
    smki("revoke", serial, "--for", SUPPLIER).succeeds();
    smki("crl", "--out", path("lists")).succeeds();
    assertThat(
            openssl(
                    "crl",
                    "-inform",
                    "DER",
                    "-in",
                    path("lists/issuing-oca.crl"),
                    "-CAfile",
                    certificates + "/issuing-oca.pem",
                    "-noout",
                    "-text")
                .succeeds()
                .out())
        .contains("verify OK", serial);
  }
}
