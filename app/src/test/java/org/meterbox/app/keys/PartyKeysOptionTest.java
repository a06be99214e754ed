// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.app.keys.PartyKeysOption.Opened;
import org.meterbox.correlate.ParseAndCorrelate;
import org.meterbox.correlate.Verdict;
import org.meterbox.correlate.keys.KeyUse;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.Pkcs11Token;
import org.meterbox.crypto.SoftwareAgreementKey;
import org.meterbox.crypto.TokenKey;
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

/** The sources of keys that a command line names. */
class PartyKeysOptionTest {
  private static final String PIN = "4711";
  private static final Eui64 METER = Eui64.parse("00DB000000000001");
  private static final Eui64 SUPPLIER = Eui64.parse("90B3000000000003");

  @TempDir private Path folder;

  // The supplier's key stays in the module; the meter's certificate lies in a directory.
  @Test
  void readsWithAKeyInAModule() throws Exception {
    Path library = library();
    makeToken();
    TestAuthority authority = new TestAuthority();
    SoftwareAgreementKey meter = SoftwareAgreementKey.of(P256.generate(new SecureRandom()));
    TokenKey own;
    try (Pkcs11Token token = Pkcs11Token.open(library, 0, PIN.toCharArray())) {
      own = token.generate();
      token.keep(
          "supplier-ka",
          own,
          List.of(authority.organisation(SUPPLIER, own.publicKey(), KeyUsage.keyAgreement)));
    }
    Files.writeString(
        folder.resolve("meter.pem"),
        String.format(
            Locale.ROOT,
            "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n",
            java.util.Base64.getMimeEncoder()
                .encodeToString(
                    authority
                        .device(METER, meter.publicKey(), KeyUsage.keyAgreement)
                        .getEncoded())));
    Path pin = Files.writeString(folder.resolve("pin"), PIN + "\n");

    StringWriter complaints = new StringWriter();
    try (Opened opened =
        options(
                "--keys",
                folder.toString(),
                "--pkcs11-library",
                library.toString(),
                "--pin-file",
                pin.toString())
            .open(new PrintWriter(complaints))) {
      assertThat(complaints.toString()).isEmpty();
      assertThat(opened.keys().agreementKey(METER)).isEmpty();
      assertThat(opened.keys().certificates(SUPPLIER, KeyUse.KEY_AGREEMENT)).hasSize(1);
      Octets answer =
          MessageProtection.macedResponse(
                  GroupingHeader.of(
                      CraFlag.RESPONSE,
                      new MessageId(METER, SUPPLIER, new OriginatorCounter(1)),
                      new OtherInformation.CodeOnly(new MessageCode(0x50))),
                  Octets.ofHex("DA2000000100000100010300"),
                  meter.agree(own.publicKey()))
              .encode();
      assertThat(new ParseAndCorrelate(opened.keys()).parse(answer).mac())
          .isInstanceOf(Verdict.Valid.class);
    }
  }

  @Test
  void saysWhichLibraryOrPinFileIsMissing() throws Exception {
    Path pin = Files.writeString(folder.resolve("pin"), PIN);
    PartyKeysOption noLibrary =
        options("--pkcs11-library", "/nowhere.so", "--pin-file", pin.toString());
    assertThatThrownBy(() -> noLibrary.open(new PrintWriter(new StringWriter())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/nowhere.so");
    PartyKeysOption noPin =
        options("--pkcs11-library", "/nowhere.so", "--pin-file", folder + "/none");
    assertThatThrownBy(() -> noPin.open(new PrintWriter(new StringWriter())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none");
  }

  // Without authorities any certificate of any repository would count.
  @Test
  void takesNoRepositoryWithoutAuthorities() {
    assertThatThrownBy(() -> options("--smki", "http://127.0.0.1:1"))
        .isInstanceOf(CommandLine.ParameterException.class)
        .hasMessageContaining("--authorities");
  }

  @Test
  void hasNoKeysWhereNoneAreNamed() throws Exception {
    try (Opened opened = options().open(new PrintWriter(new StringWriter()))) {
      assertThat(opened.keys().certificates(METER, KeyUse.KEY_AGREEMENT)).isEmpty();
      assertThat(opened.repository()).isEmpty();
    }
  }

  /** A command with these options only. */
  @CommandLine.Command(name = "test")
  private static final class Holder {
    @CommandLine.Mixin private PartyKeysOption keys = new PartyKeysOption();
  }

  private static PartyKeysOption options(String... arguments) {
    Holder holder = new Holder();
    new CommandLine(holder).parseArgs(arguments);
    return holder.keys;
  }

  private static Path library() {
    Optional<Path> found =
        Stream.of(
                "/usr/lib/softhsm/libsofthsm2.so",
                "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
                "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
                "/usr/lib64/pkcs11/libsofthsm2.so")
            .map(Path::of)
            .filter(Files::isReadable)
            .findFirst();
    assumeTrue(
        Boolean.getBoolean("meterbox.softhsm2") && found.isPresent(),
        "SoftHSM2 is not installed (apt-get install softhsm2): keys in a token are untested");
    return found.orElseThrow();
  }

  private static void makeToken() throws Exception {
    // The library reads its configuration from where the build's environment variable points.
    Path configuration = Path.of(System.getenv("SOFTHSM2_CONF"));
    Path home = Objects.requireNonNull(configuration.getParent());
    if (Files.exists(home)) {
      try (Stream<Path> old = Files.walk(home)) {
        for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    Path tokens = Files.createDirectories(home.resolve("tokens"));
    Files.writeString(
        configuration,
        String.format(
            Locale.ROOT, "directories.tokendir = %s%nobjectstore.backend = file%n", tokens));
    Process init =
        new ProcessBuilder(
                "softhsm2-util",
                "--init-token",
                "--free",
                "--label",
                "meterbox",
                "--pin",
                PIN,
                "--so-pin",
                "0815471108154711")
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("init.log").toFile())
            .start();
    assertThat(init.waitFor()).as("softhsm2-util").isZero();
  }
}
