// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.Installation;
import org.meterbox.smki.profile.CellUsage;
import org.meterbox.smki.profile.CertificateContents;
import org.meterbox.smki.profile.CertificateDer;
import org.meterbox.smki.profile.CertificateKind;
import org.meterbox.smki.profile.CertificateProfile;
import org.meterbox.smki.profile.CertificateSubject;
import org.meterbox.smki.profile.KeyUse;
import org.meterbox.smki.repository.CertificateRepository.Addition;
import org.meterbox.store.Store;
import org.meterbox.store.TestStore;

/** One contract, kept by the repository in memory and by the one in PostgreSQL. */
final class CertificateRepositoryTest {
  @Nested
  final class InMemory extends Contract {
    @Override
    CertificateRepository open() {
      return new InMemoryCertificateRepository();
    }
  }

  @Nested
  final class InPostgres extends Contract {
    private final Store store = TestStore.fresh();

    @Override
    CertificateRepository open() {
      return PostgresCertificateRepository.open(store);
    }

    @org.junit.jupiter.api.AfterEach
    void close() {
      store.close();
    }

    private FreshCertificate fresh(ECPublicKey key) {
      return smki.authorities
          .issuingDca()
          .certifyDevice(Installation.DEVICE, KeyUse.KEY_AGREEMENT, key, smki.clock.instant());
    }

    // Seats of an authority from the time before seats were counted are counted then.
    @Test
    void countsTheSeatsOfWhatWasIssuedBefore() {
      smki = new Installation(folder, repository);
      smki.issuer();
      store.transact(connection ->
          PostgresCertificateRepository.addAllWithFreshKeys(
              connection, List.of(fresh(smki.newKey()), fresh(smki.newKey()))));
      assertThat(repository.takeSeats(DistinguishedName.parse("CN=D001"), 9, 10)).isEqualTo(8);
    }

    // What is written in bulk is what one by one would have been, in every column.
    @Test
    void addsInBulkWhatItAddsOneByOne() throws Exception {
      ECPublicKey used = smki.newKey();
      FreshCertificate first = fresh(used);
      FreshCertificate second = fresh(smki.newKey());
      List<Boolean> added =
          store.transact(connection ->
              PostgresCertificateRepository.addAllWithFreshKeys(
                  connection, List.of(first, fresh(used), second)));
      assertThat(added).containsExactly(true, false, true);
      CertificateRecord expected =
          CertificateRecord.inUse(
              CertificateDer.decode(first.der()),
              CertificateContents.read(CertificateDer.decode(first.der())));
      assertThat(repository.find(first.id())).contains(expected);
      assertThat(repository.find(second.id()).orElseThrow().status())
          .isEqualTo(CertificateStatus.PENDING);
      assertThat(repository.findByKeyIdentifier(first.keyIdentifier())).containsExactly(expected);
      assertThat(repository.addWithFreshKey(expected)).isEqualTo(Addition.KEY_USED_BEFORE);
      assertThat(columns(first.id())).isEqualTo(columns(expected.kind(), expected));
    }

    private String columns(CertificateKind kind, CertificateRecord record) {
      return String.format(
          Locale.ROOT,
          "%s|%s|%s|%s|false|I|%s|%s|%s|%s|true",
          record.id().issuer().canonical(),
          record.subject().orElseThrow().value(),
          kind,
          record.use().code(),
          record.notBefore().getEpochSecond(),
          record.notAfter().getEpochSecond(),
          record.keyIdentifier().hex().toLowerCase(Locale.ROOT),
          PublicKeyHash.of(record.publicKey()).octets().hex().toLowerCase(Locale.ROOT));
    }

    private String columns(CertificateId id) {
      String sql =
          """
          SELECT concat_ws('|', issuer, subject, kind, key_use,
                           CASE WHEN top_up THEN 'true' ELSE 'false' END, status,
                           extract(epoch FROM not_before)::bigint,
                           extract(epoch FROM not_after)::bigint,
                           encode(key_identifier, 'hex'), encode(key_hash, 'hex'),
                           CASE WHEN key_was_fresh THEN 'true' ELSE 'false' END)
          FROM smki.certificate WHERE serial = ?
          """;
      return store.transact(connection -> {
        try (var query = connection.prepareStatement(sql)) {
          query.setBytes(1, id.serial().toByteArray());
          try (var row = query.executeQuery()) {
            row.next();
            return row.getString(1);
          }
        }
      });
    }

    // Two processes certify one key at the same moment: whoever comes second waits and is refused,
    // and the rest of its chunk is not lost.
    @Test
    void findsOutAboutAKeyThatIsBeingCertifiedElsewhere() throws Exception {
      ECPublicKey contested = smki.newKey();
      FreshCertificate other = fresh(smki.newKey());
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<List<Boolean>> later =
            store.transact(connection -> {
              PostgresCertificateRepository.addAllWithFreshKeys(
                  connection, List.of(fresh(contested)));
              // Not committed yet, so the other one cannot see it when it asks.
              CountDownLatch begun = new CountDownLatch(1);
              Future<List<Boolean>> waiting =
                  threads.submit(() ->
                      store.transact(second -> {
                        begun.countDown();
                        return PostgresCertificateRepository.addAllWithFreshKeys(
                            second, List.of(fresh(contested), other));
                      }));
              try {
                begun.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return waiting;
            });
        assertThat(later.get()).containsExactly(false, true);
      }
      assertThat(repository.find(other.id())).isPresent();
    }

    @Test
    void keepsItsContentsForTheNextOpening() {
      CertificateRecord record = supplierSigning();
      repository.add(record);
      assertThat(PostgresCertificateRepository.open(store).find(record.id())).contains(record);
    }
  }

  abstract static class Contract {
    private static final Revocation COMPROMISED =
        new Revocation(Installation.START, Revocation.Reason.KEY_COMPROMISE);

    @TempDir Path folder;
    CertificateRepository repository = new InMemoryCertificateRepository();
    Installation smki;

    abstract CertificateRepository open();

    @BeforeEach
    void prepare() {
      repository = open();
      smki = new Installation(folder);
    }

    CertificateRecord organisation(Eui64 eui, RemotePartyRole role, KeyUse use) {
      var subject = new CertificateSubject.Organisation(Optional.empty(), role, eui);
      CertificateProfile profile = CertificateProfile.organisation(use).orElseThrow();
      return record(
          smki.authorities
              .issuingOca()
              .certify(profile, subject, smki.newKey(), smki.clock.instant()));
    }

    CertificateRecord supplierSigning() {
      return organisation(
          Installation.SUPPLIER, RemotePartyRole.SUPPLIER, KeyUse.DIGITAL_SIGNATURE);
    }

    static CertificateRecord record(java.security.cert.X509Certificate certificate) {
      try {
        return CertificateRecord.inUse(certificate, CertificateContents.read(certificate));
      } catch (org.meterbox.kernel.DecodeException e) {
        throw new AssertionError(e);
      }
    }

    // Every way to a certificate leads to the same one, octet for octet.
    @Test
    void findsWhatWasAdded() {
      CertificateRecord added = supplierSigning();
      assertThat(repository.add(added)).isEqualTo(Addition.ADDED);
      assertThat(repository.find(added.id())).contains(added);
      assertThat(repository.findBySerial(added.id().serial())).containsExactly(added);
      assertThat(repository.findByKeyIdentifier(added.keyIdentifier())).containsExactly(added);
      assertThat(repository.findBySubject(Installation.SUPPLIER)).containsExactly(added);
      assertThat(repository.holdsKey(PublicKeyHash.of(added.publicKey()))).isTrue();
      assertThat(repository.countIssuedBy(added.id().issuer())).isEqualTo(1);
    }

    // A limit that any two who ask at once could overstep together would be none.
    @Test
    void givesEachSeatOnce() {
      DistinguishedName authority = DistinguishedName.parse("CN=D001");
      assertThat(repository.takeSeats(authority, 6, 10)).isEqualTo(6);
      assertThat(repository.takeSeats(authority, 6, 10)).isEqualTo(4);
      assertThat(repository.takeSeats(authority, 1, 10)).isZero();
      repository.returnSeats(authority, 2);
      assertThat(repository.takeSeats(authority, 6, 10)).isEqualTo(2);
      // A limit that was lowered takes nothing back.
      assertThat(repository.takeSeats(authority, 1, 5)).isZero();
      assertThat(repository.takeSeats(DistinguishedName.parse("CN=D002"), 1, 10)).isEqualTo(1);
    }

    // The issuer's name comes as text from an XML signature, spaced as its sender likes.
    @Test
    void findsByTheTextsOfAnXmlSignature() {
      CertificateRecord added = supplierSigning();
      repository.add(added);
      String serial = added.id().serial().toString();
      assertThat(repository.find(CertificateId.parse("CN=M1, OU=07", serial))).contains(added);
      assertThat(repository.find(CertificateId.parse("CN=M1,OU=07", serial))).contains(added);
      assertThat(repository.find(CertificateId.parse("CN=M2,OU=07", serial))).isEmpty();
    }

    @Test
    void findsNothingThatIsNotThere() {
      CertificateRecord absent = supplierSigning();
      assertThat(repository.find(absent.id())).isEmpty();
      assertThat(repository.findBySerial(BigInteger.TEN)).isEmpty();
      assertThat(repository.findByKeyIdentifier(absent.keyIdentifier())).isEmpty();
      assertThat(repository.findBySubject(Installation.SUPPLIER)).isEmpty();
      assertThat(repository.holdsKey(PublicKeyHash.of(absent.publicKey()))).isFalse();
      assertThat(repository.countIssuedBy(absent.id().issuer())).isZero();
      assertThat(repository.changeStatus(absent.id(), CertificateStatus.NOT_IN_USE)).isFalse();
      assertThat(repository.revoke(absent.id(), COMPROMISED)).isFalse();
      assertThat(repository.revocationOf(absent.id())).isEmpty();
      assertThat(repository.revokedBy(absent.id().issuer())).isEmpty();
    }

    @Test
    void narrowsASearchByEachCondition() {
      CertificateRecord signing = supplierSigning();
      CertificateRecord agreement =
          organisation(Installation.SUPPLIER, RemotePartyRole.SUPPLIER, KeyUse.KEY_AGREEMENT);
      CertificateRecord drawn =
          organisation(Installation.SUPPLIER, RemotePartyRole.SUPPLIER, KeyUse.KEY_AGREEMENT);
      CertificateRecord topUp =
          new CertificateRecord(
              drawn.certificate(),
              drawn.contents(),
              CellUsage.PREPAYMENT_TOP_UP,
              CertificateStatus.PENDING);
      CertificateRecord broker =
          organisation(
              Installation.BROKER, RemotePartyRole.ACCESS_CONTROL_BROKER, KeyUse.DIGITAL_SIGNATURE);
      CertificateRecord authority = record(smki.authorities.rootDca().certificate());
      List.of(signing, agreement, topUp, broker, authority).forEach(repository::add);

      CertificateSearch all = CertificateSearch.all();
      assertThat(repository.search(all))
          .containsExactlyInAnyOrder(signing, agreement, topUp, broker, authority);
      assertThat(repository.search(all.use(KeyUse.KEY_AGREEMENT)))
          .containsExactlyInAnyOrder(agreement, topUp);
      assertThat(repository.search(all.use(KeyUse.KEY_AGREEMENT).inUse()))
          .containsExactly(agreement);
      assertThat(repository.search(all.cellUsage(CellUsage.PREPAYMENT_TOP_UP)))
          .containsExactly(topUp);
      assertThat(repository.search(all.role(RemotePartyRole.ACCESS_CONTROL_BROKER)))
          .containsExactly(broker);
      assertThat(repository.search(all.kind(CertificateKind.ROOT_DCA))).containsExactly(authority);
      assertThat(
              repository.search(
                  CertificateSearch.of(Installation.SUPPLIER).use(KeyUse.DIGITAL_SIGNATURE)))
          .containsExactly(signing);
    }

    // A party that renews its key wants the newest certificate first; so do those who encrypt to
    // it.
    @Test
    void listsTheNewestFirst() {
      CertificateRecord first = supplierSigning();
      CertificateRecord sameSecond = supplierSigning();
      smki.now = smki.now.plus(Duration.ofDays(1));
      CertificateRecord dayAfter = supplierSigning();
      List.of(first, dayAfter, sameSecond).forEach(repository::add);
      assertThat(repository.findBySubject(Installation.SUPPLIER))
          .containsExactly(dayAfter, sameSecond, first);
    }

    @Test
    void cutsALongListAtItsLimit() {
      smki.now = Instant.parse("2026-03-01T10:00:00Z");
      for (int i = 0; i <= CertificateRepository.RESULTS_MAX; i++) {
        repository.add(supplierSigning());
      }
      assertThat(repository.findBySubject(Installation.SUPPLIER))
          .hasSize(CertificateRepository.RESULTS_MAX);
    }

    @Test
    void takesTheSameCertificateOnlyOnce() {
      CertificateRecord added = supplierSigning();
      repository.add(added);
      repository.changeStatus(added.id(), CertificateStatus.NOT_IN_USE);
      assertThat(repository.add(added)).isEqualTo(Addition.ALREADY_PRESENT);
      assertThat(repository.find(added.id()).orElseThrow().status())
          .isEqualTo(CertificateStatus.NOT_IN_USE);
    }

    // Two installations of ours have authorities of equal names: one repository must not mix them.
    @Test
    void refusesAnotherCertificateUnderTheSameName(@TempDir Path elsewhere) {
      CertificateRecord ours = supplierSigning();
      repository.add(ours);
      var stranger = new Installation(elsewhere).authorities.issuingOca();
      CertificateRecord forged =
          record(
              org.meterbox.smki.authority.CertificateForgery.withSerial(
                  stranger, ours.id().serial(), smki.newKey()));
      assertThat(forged.id()).isEqualTo(ours.id());
      assertThat(repository.add(forged)).isEqualTo(Addition.OTHER_WITH_SAME_ID);
      assertThat(repository.find(ours.id())).contains(ours);
    }

    @Test
    void certifiesAFreshKeyOnce() {
      var key = smki.newKey();
      CertificateRecord first = device(key, KeyUse.DIGITAL_SIGNATURE);
      CertificateRecord second = device(key, KeyUse.KEY_AGREEMENT);
      assertThat(repository.addWithFreshKey(first)).isEqualTo(Addition.ADDED);
      assertThat(repository.addWithFreshKey(second)).isEqualTo(Addition.KEY_USED_BEFORE);
      assertThat(repository.find(second.id())).isEmpty();
    }

    // A key that came in with an imported certificate is used up as well.
    @Test
    void countsAnImportedKeyAsUsed() {
      var key = smki.newKey();
      repository.add(device(key, KeyUse.DIGITAL_SIGNATURE));
      assertThat(repository.addWithFreshKey(device(key, KeyUse.KEY_AGREEMENT)))
          .isEqualTo(Addition.KEY_USED_BEFORE);
    }

    // Of many who come at once with one key, one gets a certificate.
    @Test
    void certifiesAFreshKeyOnceUnderCompetition() throws Exception {
      var key = smki.newKey();
      List<Callable<Addition>> rivals =
          java.util.stream.IntStream.range(0, 8)
              .mapToObj(i -> device(key, KeyUse.DIGITAL_SIGNATURE))
              .<Callable<Addition>>map(record -> () -> repository.addWithFreshKey(record))
              .toList();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        int added = 0;
        for (Future<Addition> rival : threads.invokeAll(rivals)) {
          added += rival.get() == Addition.ADDED ? 1 : 0;
        }
        assertThat(added).isEqualTo(1);
      }
      assertThat(repository.findBySubject(Installation.DEVICE)).hasSize(1);
    }

    private CertificateRecord device(java.security.interfaces.ECPublicKey key, KeyUse use) {
      return record(
          smki.authorities
              .issuingDca()
              .certify(
                  CertificateProfile.device(use).orElseThrow(),
                  new CertificateSubject.Device(Installation.DEVICE),
                  key,
                  smki.clock.instant()));
    }

    @Test
    void neverBringsBackARevokedCertificate() {
      CertificateRecord added = supplierSigning();
      repository.add(added);
      assertThat(repository.revoke(added.id(), COMPROMISED)).isTrue();
      assertThat(repository.changeStatus(added.id(), CertificateStatus.IN_USE)).isFalse();
      assertThat(
              repository.revoke(added.id(), new Revocation(smki.now, Revocation.Reason.SUPERSEDED)))
          .isFalse();
      assertThat(repository.find(added.id()).orElseThrow().status())
          .isEqualTo(CertificateStatus.REVOKED);
      assertThat(repository.revocationOf(added.id())).contains(COMPROMISED);
    }

    @Test
    void listsWhatAnAuthorityTookBackInOrder() {
      CertificateRecord first = supplierSigning();
      CertificateRecord second = supplierSigning();
      CertificateRecord untouched = supplierSigning();
      List.of(second, first, untouched).forEach(repository::add);
      Revocation later =
          new Revocation(COMPROMISED.at().plusSeconds(1), Revocation.Reason.SUPERSEDED);
      repository.revoke(first.id(), COMPROMISED);
      repository.revoke(second.id(), later);
      assertThat(repository.revokedBy(first.id().issuer()))
          .containsExactly(
              new RevokedCertificate(first.id().serial(), COMPROMISED),
              new RevokedCertificate(second.id().serial(), later));
      assertThat(repository.revokedBy(DistinguishedName.parse("CN=M2,OU=07"))).isEmpty();
    }

    // A device changes its key (SRV 6.17 and 6.15.2): the new certificate waits until the device
    // has it, then takes the place of the old one.
    @Test
    void replacesADevicesCertificateAtOnce() {
      CertificateRecord old = device(smki.newKey(), KeyUse.KEY_AGREEMENT);
      CertificateRecord otherUse = device(smki.newKey(), KeyUse.DIGITAL_SIGNATURE);
      CertificateRecord waiting =
          device(smki.newKey(), KeyUse.KEY_AGREEMENT).with(CertificateStatus.PENDING);
      List.of(old, otherUse, waiting).forEach(repository::add);
      assertThat(repository.putIntoUse(waiting.id())).isTrue();
      assertThat(repository.putIntoUse(waiting.id())).isTrue();
      assertThat(repository.findBySubject(Installation.DEVICE))
          .containsExactlyInAnyOrder(
              old.with(CertificateStatus.NOT_IN_USE),
              otherUse,
              waiting.with(CertificateStatus.IN_USE));
    }

    @Test
    void putsOnlyDevicesCertificatesIntoUseThatWay() {
      CertificateRecord organisation = supplierSigning();
      repository.add(organisation);
      assertThat(repository.putIntoUse(organisation.id())).isFalse();
      assertThat(repository.putIntoUse(device(smki.newKey(), KeyUse.KEY_AGREEMENT).id())).isFalse();
      assertThat(repository.find(organisation.id())).contains(organisation);
    }

    @Test
    void takesInNothingThatIsRevokedAlready() {
      CertificateRecord revoked = supplierSigning().with(CertificateStatus.REVOKED);
      assertThatThrownBy(() -> repository.add(revoked))
          .isInstanceOf(IllegalArgumentException.class);
    }

    // Ten years after, both ends of the span: the start is not part of it, the end is.
    @Test
    void seesWhatIsAboutToEnd() {
      CertificateRecord ending = supplierSigning();
      CertificateRecord revoked = supplierSigning();
      CertificateRecord endless = device(smki.newKey(), KeyUse.DIGITAL_SIGNATURE);
      List.of(ending, revoked, endless).forEach(repository::add);
      repository.revoke(revoked.id(), COMPROMISED);
      Instant end = ending.notAfter();
      assertThat(repository.endingBetween(end.minusSeconds(1), end)).containsExactly(ending);
      assertThat(repository.endingBetween(end, end.plusSeconds(9))).isEmpty();
      assertThat(repository.endingBetween(end.minusSeconds(9), end.minusSeconds(1))).isEmpty();
    }

    @Test
    void warnsMoreUrgentlyTheNearerTheEnd() {
      CertificateRecord ending = supplierSigning();
      repository.add(ending);
      ExpiryWatch watch = new ExpiryWatch(repository);
      Instant end = ending.notAfter();
      assertThat(watch.endingSoon(end.minus(Duration.ofDays(91)))).isEmpty();
      assertThat(urgency(watch, end, 90)).containsExactly(ExpiryWatch.Urgency.SOON);
      assertThat(urgency(watch, end, 30)).containsExactly(ExpiryWatch.Urgency.URGENT);
      assertThat(urgency(watch, end, 7)).containsExactly(ExpiryWatch.Urgency.CRITICAL);
      assertThat(watch.endingSoon(end)).isEmpty();
    }

    private static List<ExpiryWatch.Urgency> urgency(ExpiryWatch watch, Instant end, int days) {
      return watch.endingSoon(end.minus(Duration.ofDays(days))).stream()
          .map(ExpiryWatch.Ending::urgency)
          .toList();
    }

    @Test
    void neverStoresAnExpiry() {
      CertificateRecord added = supplierSigning();
      repository.add(added);
      assertThatThrownBy(() -> repository.changeStatus(added.id(), CertificateStatus.EXPIRED))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(added.statusAt(added.notAfter())).isEqualTo(CertificateStatus.IN_USE);
      assertThat(added.statusAt(added.notAfter().plusSeconds(1)))
          .isEqualTo(CertificateStatus.EXPIRED);
      assertThat(added.with(CertificateStatus.REVOKED).statusAt(added.notAfter().plusSeconds(1)))
          .isEqualTo(CertificateStatus.REVOKED);
    }
  }
}
