// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.duis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.crypto.P256;
import org.meterbox.kernel.Eui64;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DuisCommandTest {
  private static final Path EXAMPLES = Path.of("../docs/examples");
  private static final Path EXAMPLE = EXAMPLES.resolve("read-supply-status.xml");

  /** The user that the examples come from. */
  private static final Eui64 USER = Eui64.parse("90-B3-D5-1F-30-01-00-00");

  private static final String USER_UNIT = "02";

  private final SecureRandom random = new SecureRandom();

  @TempDir private Path folder;

  private Path documents;
  private Path keys;

  @BeforeEach
  void makeFolders() throws Exception {
    documents = Files.createDirectory(folder.resolve("documents"));
    keys = Files.createDirectory(folder.resolve("keys"));
  }

  private record Outcome(int exitCode, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }

    List<JsonNode> json() {
      JsonMapper mapper = JsonMapper.builder().build();
      return lines().stream().map(mapper::readTree).toList();
    }
  }

  @Test
  void theExamplesOfTheDocumentationAreValid() {
    Outcome outcome = run("validate", EXAMPLES);

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.lines())
        .hasSizeGreaterThanOrEqualTo(3)
        .allSatisfy(line -> assertThat(line).startsWith("valid    "));
  }

  /** Programs read this: the names of the fields are a promise. */
  @Test
  void eachFileBelowAFolderGetsOneJsonLineInTheOrderOfPaths() throws Exception {
    Path below = Files.createDirectories(documents.resolve("a/b"));
    String good = Files.readString(EXAMPLE);
    Files.writeString(below.resolve("wrong.XML"), good.replace("<sr:CommandVariant>1", "<sr:X>1"));
    Files.writeString(below.resolve("value.xml"), good.replace(">7.4<", ">7.40<"));
    Files.writeString(documents.resolve("good.xml"), good);
    Files.writeString(documents.resolve("notes.txt"), "not looked at");

    Outcome outcome = run("validate", documents, "--json");

    assertThat(outcome.exitCode()).isEqualTo(1);
    List<JsonNode> lines = outcome.json();
    assertThat(lines)
        .extracting(line -> line.get("file").stringValue())
        .containsExactly("a/b/value.xml", "a/b/wrong.XML", "good.xml");
    assertThat(lines)
        .extracting(line -> line.get("valid").booleanValue())
        .containsExactly(false, false, true);
    assertThat(lines.get(0).propertyNames()).containsExactly("file", "valid", "error");
    assertThat(lines.get(0).get("error").propertyNames())
        .containsExactly("line", "column", "rule", "message");
    assertThat(lines.get(0).get("error").get("line").intValue()).isEqualTo(7);
    assertThat(lines.get(0).get("error").get("rule").stringValue())
        .isEqualTo("cvc-enumeration-valid");
    assertThat(lines.get(1).get("error").get("rule").stringValue()).isEqualTo("not-well-formed");
    assertThat(lines.get(2).get("error").isNull()).isTrue();
  }

  @Test
  void textStandsInColumnsAndNamesPlaceRuleAndReason() throws Exception {
    Files.writeString(documents.resolve("a-long-name.xml"), Files.readString(EXAMPLE));
    Files.writeString(documents.resolve("b.xml"), "<a/>");

    assertThat(run("validate", documents).lines())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("valid    a-long-name.xml"),
            line ->
                assertThat(line)
                    .startsWith("invalid  b.xml            line 1, column 5: cvc-elt.1.a: "));
  }

  @Test
  void whatIsNotThereIsNotValid() {
    assertThat(run("validate", folder.resolve("none.xml")).lines())
        .containsExactly(
            "invalid  " + folder.resolve("none.xml") + "  unreadable: there is no such file");
    assertThat(run("validate", documents).exitCode()).isEqualTo(1);
    assertThat(run("validate", documents).err()).contains("there is no file named *.xml");
  }

  @Test
  void wrongArgumentsEndWithTwo() {
    assertThat(run("validate", EXAMPLES, "--jsn").exitCode()).isEqualTo(2);
    assertThat(run("verify", EXAMPLES).exitCode()).isEqualTo(2);
    assertThat(run("sign", EXAMPLE).exitCode()).isEqualTo(2);
  }

  @Test
  void whatWasSignedIsVerifiedAsTheUsers() throws Exception {
    writeIdentity("user", USER, USER_UNIT, KeyUsage.digitalSignature);
    // A folder of keys holds much that is no signer's.
    writeIdentity("device", USER, USER_UNIT, KeyUsage.keyAgreement);
    Files.writeString(keys.resolve("public.pem"), "-----BEGIN PUBLIC KEY-----\n");
    Path signed = documents.resolve("signed.xml");

    Outcome signing = sign("user", "--out", signed.toString());
    assertThat(signing.exitCode()).isZero();
    assertThat(signing.err()).isEmpty();

    Outcome verified = run("verify", signed, "--certificates", keys.toString());
    assertThat(verified.exitCode()).isZero();
    assertThat(verified.out()).contains("signed by 90-B3-D5-1F-30-01-00-00 as SUPPLIER");

    Outcome json = run("verify", signed, "--certificates", keys.toString(), "--json");
    assertThat(json.json().getFirst().get("signer").get("role").stringValue())
        .isEqualTo("SUPPLIER");
  }

  @Test
  void withoutAFileTheSignedDocumentGoesToTheOutput() throws Exception {
    writeIdentity("user", USER, USER_UNIT, KeyUsage.digitalSignature);
    assertThat(sign("user").out())
        .startsWith("<sr:Request ")
        .contains("<ds:X509SerialNumber>7</ds:X509SerialNumber>")
        .endsWith("</ds:Signature></sr:Request>\n");
  }

  @Test
  void aChangedDocumentAnUnknownSignerAndNoSignatureAreRefusedWithTheirReason() throws Exception {
    writeIdentity("user", USER, USER_UNIT, KeyUsage.digitalSignature);
    String signed = sign("user").out().strip();
    Files.writeString(documents.resolve("changed.xml"), signed.replace(":1</", ":2</"));
    Files.writeString(documents.resolve("plain.xml"), Files.readString(EXAMPLE));
    Files.writeString(documents.resolve("issuer.xml"), signed.replace("CN=user,", "CN=other,"));
    Files.writeString(
        documents.resolve("stranger.xml"),
        signed.replace(">7</ds:X509SerialNumber>", ">8</ds:X509SerialNumber>"));

    Outcome outcome = run("verify", documents, "--certificates", keys.toString());

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("changed after it was signed"),
            line -> assertThat(line).contains("no trusted certificate is named"),
            line -> assertThat(line).contains("not signed"),
            line -> assertThat(line).contains("no trusted certificate is named"));
  }

  /** Such a signature is wanted for tests of a receiver, but not unknowingly. */
  @Test
  void aSignatureThatAReceiverWillRefuseIsMadeWithAWarning() throws Exception {
    Eui64 another = Eui64.parse("90-B3-D5-1F-30-03-00-00");
    writeIdentity("another", another, USER_UNIT, KeyUsage.digitalSignature);
    writeIdentity("agreement", USER, USER_UNIT, KeyUsage.keyAgreement);
    writeIdentity("dsp", USER, "89", KeyUsage.digitalSignature);

    assertThat(sign("another").err()).contains("signed by " + another + " in the name of " + USER);
    assertThat(sign("agreement").err()).contains("a receiver will refuse it");
    assertThat(sign("dsp").err()).contains("may not sign this");
  }

  @Test
  void nothingIsSignedWithAnothersCertificateOrWhereTheDocumentIsNotValid() throws Exception {
    writeIdentity("user", USER, USER_UNIT, KeyUsage.digitalSignature);
    writeIdentity("other", USER, USER_UNIT, KeyUsage.digitalSignature);
    Files.copy(keys.resolve("other.pem"), keys.resolve("user-other.pem"));

    Outcome mixed =
        run(
            "sign",
            EXAMPLE,
            "--key",
            keys.resolve("user.key").toString(),
            "--certificate",
            keys.resolve("other.pem").toString());
    assertThat(mixed.exitCode()).isEqualTo(1);
    assertThat(mixed.out()).isEmpty();

    Path invalid = documents.resolve("invalid.xml");
    Files.writeString(invalid, Files.readString(EXAMPLE).replace(">7.4<", ">7.40<"));
    Outcome refused = signAs("user", invalid);
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).contains("not signed").contains("cvc-enumeration-valid");
  }

  private Outcome sign(String name, String... more) {
    return signAs(name, EXAMPLE, more);
  }

  private Outcome signAs(String name, Path document, String... more) {
    String[] arguments = new String[4 + more.length];
    arguments[0] = "--key";
    arguments[1] = keys.resolve(name + ".key").toString();
    arguments[2] = "--certificate";
    arguments[3] = keys.resolve(name + ".pem").toString();
    System.arraycopy(more, 0, arguments, 4, more.length);
    return run("sign", document, arguments);
  }

  /** A fresh key and its certificate, serial number 7, signed by itself. */
  private void writeIdentity(String name, Eui64 party, String unit, int usage) throws Exception {
    KeyPair pair = P256.generate(random);
    X500Name subject =
        new X500NameBuilder()
            .addRDN(BCStyle.OU, unit)
            .addRDN(
                new ASN1ObjectIdentifier("2.5.4.45"), new DERBitString(party.octets().toArray()))
            .build();
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            new X500Name("OU=07,CN=" + name),
            BigInteger.valueOf(7),
            Date.from(Instant.parse("2026-01-01T00:00:00Z")),
            Date.from(Instant.parse("2036-01-01T00:00:00Z")),
            subject,
            SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
    byte[] certificate =
        builder
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
            .getEncoded();
    writePem(name + ".pem", "CERTIFICATE", certificate);
    writePem(name + ".key", "PRIVATE KEY", pair.getPrivate().getEncoded());
  }

  private void writePem(String name, String label, byte[] content) throws Exception {
    String body = Base64.getMimeEncoder().encodeToString(content);
    Files.writeString(
        keys.resolve(name),
        String.format(
            Locale.ROOT, "-----BEGIN %s-----\n%s\n-----END %s-----\n", label, body, label));
  }

  private static Outcome run(String command, Path path, String... more) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    // Files that cannot be read are explained by the program's handler; here their message is all.
    CommandLine commandLine =
        new CommandLine(new DuisCommand())
            .setExecutionExceptionHandler((fault, line, parsed) -> {
              line.getErr().println(fault.getMessage());
              return 1;
            });
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] arguments = new String[2 + more.length];
    arguments[0] = command;
    arguments[1] = path.toString();
    System.arraycopy(more, 0, arguments, 2, more.length);
    int exitCode = commandLine.execute(arguments);
    return new Outcome(exitCode, out.toString(), err.toString());
  }
}
