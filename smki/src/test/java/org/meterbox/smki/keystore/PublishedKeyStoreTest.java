// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.Signatures;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.Installation;
import org.meterbox.smki.issuing.CertificateRequest;
import org.meterbox.smki.issuing.Issuance;
import org.meterbox.smki.profile.CellUsage;
import org.meterbox.smki.profile.KeyUse;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.InMemoryCertificateRepository;

final class PublishedKeyStoreTest {
  private final Installation smki;
  private final KeyPair signing;
  private final KeyPair topUp;
  private final CertificateRecord signingRecord;
  private final CertificateRecord topUpRecord;

  PublishedKeyStoreTest(@TempDir Path folder) {
    smki = new Installation(folder);
    signing = smki.newPair();
    topUp = smki.newPair();
    signingRecord =
        issued(
            CertificateRequest.organisation(
                Installation.SUPPLIER,
                RemotePartyRole.SUPPLIER,
                KeyUse.DIGITAL_SIGNATURE,
                signing.getPublic()));
    topUpRecord = issued(CertificateRequest.topUp(Installation.SUPPLIER, topUp.getPublic()));
  }

  private CertificateRecord issued(CertificateRequest request) {
    return ((Issuance.Issued) smki.issuer().issue(request)).record();
  }

  private static String pem(String type, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    // As a JSON text has it.
    return String.format(
            Locale.ROOT, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n", type, body)
        .replace("\n", "\\n");
  }

  private static String entry(CertificateRecord record, PrivateKey key, String name, int role) {
    return String.format(
        Locale.ROOT,
        """
        "%s": {"certificate": "%s", "privateKey": "%s", "name": "%s", "role": %d}\
        """,
        record.certificate().getSerialNumber(),
        pem("CERTIFICATE", record.der().toArray()),
        pem("PRIVATE KEY", key.getEncoded()),
        name,
        role);
  }

  private String file() {
    return String.format(
        Locale.ROOT,
        """
        {"%s": {"digitalSignature": {%s}, "keyAgreement": {%s}}}\
        """,
        Installation.SUPPLIER.hex().toLowerCase(Locale.ROOT),
        entry(signingRecord, signing.getPrivate(), "Z1-supplier-ds", 2),
        entry(topUpRecord, topUp.getPrivate(), "Z1-supplierPP-ka", 2));
  }

  @Test
  void opensTheKeysOfTheFile() throws Exception {
    PublishedKeyStore store = PublishedKeyStore.parse(file());
    byte[] content = {1, 2, 3};
    PublishedKeyStore.Entry entry = store.find(signingRecord.id()).orElseThrow();
    Signatures.verify(
        P256.publicKey(signing.getPublic()), content, entry.signingKey().sign(content));
    assertThat(entry.record()).isEqualTo(signingRecord);
    assertThat(entry.name()).isEqualTo("Z1-supplier-ds");
  }

  // Only its name tells a top-up key from another key agreement key.
  @Test
  void tellsATopUpKeyByItsName() {
    List<PublishedKeyStore.Entry> found =
        PublishedKeyStore.parse(file())
            .find(
                Installation.SUPPLIER,
                RemotePartyRole.SUPPLIER,
                KeyUse.KEY_AGREEMENT,
                CellUsage.PREPAYMENT_TOP_UP);
    assertThat(found).singleElement().returns(topUpRecord, PublishedKeyStore.Entry::record);
    assertThat(found.getFirst().agreementKey().publicKey()).isEqualTo(topUp.getPublic());
    assertThatThrownBy(() -> found.getFirst().signingKey())
        .isInstanceOf(IllegalStateException.class);
  }

  // Tools hold the keys of the set named after the issuer; the other set ends later.
  @Test
  void putsTheSetNamedAfterTheIssuerBeforeOneThatEndsLater() {
    String issuer = signingRecord.id().issuer().commonName().orElseThrow();
    smki.now = smki.now.plus(Duration.ofDays(70));
    KeyPair later = smki.newPair();
    CertificateRecord laterRecord =
        issued(
            CertificateRequest.organisation(
                Installation.SUPPLIER,
                RemotePartyRole.SUPPLIER,
                KeyUse.DIGITAL_SIGNATURE,
                later.getPublic()));
    String file =
        String.format(
            Locale.ROOT,
            """
            {"%s": {"digitalSignature": {%s, %s}}}\
            """,
            Installation.SUPPLIER.hex(),
            entry(laterRecord, later.getPrivate(), issuer + "b-supplier-ds", 2),
            entry(signingRecord, signing.getPrivate(), issuer + "-supplier-ds", 2));
    PublishedKeyStore store = PublishedKeyStore.parse(file);
    assertThat(laterRecord.notAfter()).isAfter(signingRecord.notAfter());
    assertThat(
            store.find(
                Installation.SUPPLIER,
                RemotePartyRole.SUPPLIER,
                KeyUse.DIGITAL_SIGNATURE,
                CellUsage.MANAGEMENT))
        .extracting(PublishedKeyStore.Entry::record)
        .containsExactly(signingRecord, laterRecord);
    assertThat(store.workedWith()).containsExactly(signingRecord.id());
  }

  @Test
  void publishesItsCertificatesOnceOrTwice() {
    var repository = new InMemoryCertificateRepository();
    PublishedKeyStore store = PublishedKeyStore.parse(file());
    store.publishTo(repository);
    store.publishTo(repository);
    assertThat(repository.findBySubject(Installation.SUPPLIER))
        .containsExactlyInAnyOrder(signingRecord, topUpRecord);
  }

  @Test
  void refusesAPrivateKeyOfAnotherCertificate() {
    assertRefused(
        file()
            .replace(
                pem("PRIVATE KEY", signing.getPrivate().getEncoded()),
                pem("PRIVATE KEY", topUp.getPrivate().getEncoded())));
  }

  @Test
  void refusesEntriesFiledWrong() {
    String file = file();
    assertRefused(file.replace("90b3d51f30010000", "90b3d51f30010001"));
    assertRefused(file.replace("digitalSignature", "keyAgreement2"));
    assertRefused(file.replace("digitalSignature", "keyAgreement"));
    assertRefused(file.replace("\"role\": 2", "\"role\": 3"));
    assertRefused(
        file.replace("\"" + signingRecord.certificate().getSerialNumber() + "\"", "\"17\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"a\":{\"b\":{\"c\":{}}}}", "{\"a\":{\"b\":{\"c\":3}}}"})
  void refusesWhatIsNoKeyStore(String text) {
    assertRefused(text);
  }

  private static void assertRefused(String text) {
    assertThatThrownBy(() -> PublishedKeyStore.parse(text))
        .isInstanceOf(KeyStoreException.class)
        .hasMessageNotContaining("PRIVATE KEY-----");
  }

  @Test
  void showsNoKeyInText() {
    assertThat(PublishedKeyStore.parse(file()).entries())
        .hasToString("[Entry[Z1-supplier-ds], Entry[Z1-supplierPP-ka]]");
  }
}
