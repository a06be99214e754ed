// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.correlate.ParseAndCorrelate;
import org.meterbox.correlate.Verdict;
import org.meterbox.crypto.P256;
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

class KeyDirectoryTest {
  private static final Eui64 METER = Eui64.parse("00DB000000000001");
  private static final Eui64 SUPPLIER = Eui64.parse("90B3000000000003");

  @TempDir private Path folder;

  private final TestAuthority authority = new TestAuthority();
  private final KeyPair key = P256.generate(new SecureRandom());

  @Test
  void takesCertificatesUnderAnyName() throws Exception {
    certificate("whatever.pem", METER, KeyUsage.keyAgreement);
    certificate("other.PEM", METER, KeyUsage.digitalSignature);
    KeyDirectory keys = read();
    assertThat(keys.certificates(METER, KeyUse.KEY_AGREEMENT)).hasSize(1);
    assertThat(keys.certificates(METER, KeyUse.DIGITAL_SIGNATURE)).hasSize(1);
    assertThat(keys.certificates(SUPPLIER, KeyUse.KEY_AGREEMENT)).isEmpty();
  }

  @Test
  void takesBarePublicKeysUnderATellingName() throws Exception {
    write("00-db-00-00-00-00-00-01-DS.pem", "PUBLIC KEY", key.getPublic().getEncoded());
    write("unnamed.pem", "PUBLIC KEY", key.getPublic().getEncoded());
    KeyDirectory keys = KeyDirectory.read(folder);
    assertThat(keys.certificates(METER, KeyUse.DIGITAL_SIGNATURE))
        .singleElement()
        .satisfies(
            found -> assertThat(found.publicKey()).isEqualTo(P256.publicKey(key.getPublic())));
    assertThat(keys.faults()).singleElement().asString().contains("unnamed.pem");
  }

  // A certificate for top-ups looks like any other for key agreement; only its name tells.
  @Test
  void keepsPrepaymentApart() throws Exception {
    certificate("90b3000000000003-pp-ka.pem", SUPPLIER, KeyUsage.keyAgreement);
    KeyDirectory keys = read();
    assertThat(keys.certificates(SUPPLIER, KeyUse.PREPAYMENT_TOP_UP)).hasSize(1);
    assertThat(keys.certificates(SUPPLIER, KeyUse.KEY_AGREEMENT)).isEmpty();
  }

  @Test
  void agreesWithThePrivateKeyBesideACertificate() throws Exception {
    certificate("90b3000000000003-ka.pem", SUPPLIER, KeyUsage.keyAgreement);
    write("90b3000000000003-ka.key", "PRIVATE KEY", key.getPrivate().getEncoded());
    SoftwareAgreementKey meter = SoftwareAgreementKey.of(P256.generate(new SecureRandom()));
    write("00db000000000001-ka.pem", "PUBLIC KEY", meter.publicKey().getEncoded());
    GroupingHeader header =
        GroupingHeader.of(
            CraFlag.RESPONSE,
            new MessageId(METER, SUPPLIER, new OriginatorCounter(1)),
            new OtherInformation.CodeOnly(new MessageCode(0x50)));
    Octets answer =
        MessageProtection.macedResponse(
                header,
                Octets.ofHex("DA2000000100000100010300"),
                meter.agree(P256.publicKey(key.getPublic())))
            .encode();
    assertThat(new ParseAndCorrelate(read()).parse(answer).mac()).isInstanceOf(Verdict.Valid.class);
  }

  @Test
  void hasNoKeyOfWhomItHasACertificateOnly() throws Exception {
    certificate("90b3000000000003-ka.pem", SUPPLIER, KeyUsage.keyAgreement);
    assertThat(read().agreementKey(SUPPLIER)).isEmpty();
  }

  // More certificates than are ever in use at once would make every bad MAC expensive.
  @Test
  void keepsAFewCertificatesOfOneHolder() throws Exception {
    for (int i = 0; i < PartyKeys.MAX_CERTIFICATES + 2; i++) {
      certificate("c" + i + ".pem", METER, KeyUsage.keyAgreement);
    }
    assertThat(read().certificates(METER, KeyUse.KEY_AGREEMENT))
        .hasSize(PartyKeys.MAX_CERTIFICATES);
  }

  @Test
  void namesEachFileThatItCannotRead() throws Exception {
    Files.writeString(folder.resolve("a.pem"), "no PEM");
    Files.writeString(
        folder.resolve("b.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----");
    Files.writeString(folder.resolve("c.pem"), "x".repeat(20_000));
    certificate("d.pem", SUPPLIER, KeyUsage.keyAgreement);
    Files.writeString(folder.resolve("d.key"), "no PEM");
    Files.writeString(folder.resolve("ignored.txt"), "");
    List<String> faults = KeyDirectory.read(folder).faults();
    assertThat(faults)
        .satisfiesExactly(
            fault -> assertThat(fault).contains("a.pem"),
            fault -> assertThat(fault).contains("b.pem"),
            fault -> assertThat(fault).contains("c.pem").contains("at most"),
            fault -> assertThat(fault).contains("d.pem"));
  }

  @Test
  void refusesADirectoryThatIsNotThere() {
    assertThatThrownBy(() -> KeyDirectory.read(folder.resolve("nowhere")))
        .isInstanceOf(NoSuchFileException.class);
  }

  // The first source that knows anything answers.
  @Test
  void sourcesAreAskedInTheirOrder() throws Exception {
    certificate("meter.pem", METER, KeyUsage.keyAgreement);
    certificate("90b3000000000003-ka.pem", SUPPLIER, KeyUsage.keyAgreement);
    write("90b3000000000003-ka.key", "PRIVATE KEY", key.getPrivate().getEncoded());
    KnownKeys first = new KnownKeys();
    PartyCertificate preferred =
        first.certify(METER, KeyUse.KEY_AGREEMENT, P256.publicKey(key.getPublic()));
    PartyKeys both = KeySources.of(List.of(first, read()));
    assertThat(both.certificates(METER, KeyUse.KEY_AGREEMENT)).containsExactly(preferred);
    assertThat(both.certificates(SUPPLIER, KeyUse.KEY_AGREEMENT)).hasSize(1);
    assertThat(both.agreementKey(SUPPLIER)).isPresent();
    assertThat(both.agreementKey(METER)).isEmpty();
    assertThat(KeySources.none().certificates(METER, KeyUse.KEY_AGREEMENT)).isEmpty();
  }

  private KeyDirectory read() throws IOException {
    KeyDirectory keys = KeyDirectory.read(folder);
    assertThat(keys.faults()).isEmpty();
    return keys;
  }

  private void certificate(String name, Eui64 holder, int usage) throws Exception {
    write(name, "CERTIFICATE", authority.organisation(holder, key.getPublic(), usage).getEncoded());
  }

  private void write(String name, String label, byte[] content) throws IOException {
    String body = Base64.getMimeEncoder().encodeToString(content);
    Files.writeString(
        folder.resolve(name),
        String.format(
            Locale.ROOT, "-----BEGIN %s-----\n%s\n-----END %s-----\n", label, body, label));
  }
}
