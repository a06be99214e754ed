// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.crypto.VerificationException;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.Installation;
import org.meterbox.smki.OpenSsl;
import org.meterbox.smki.audit.PostgresAuditLog;
import org.meterbox.smki.audit.Recording;
import org.meterbox.smki.authority.CertificateAuthority;
import org.meterbox.smki.issuing.CertificateIssuer;
import org.meterbox.smki.issuing.CertificateRequest;
import org.meterbox.smki.issuing.Issuance;
import org.meterbox.smki.profile.CertificateKind;
import org.meterbox.smki.profile.KeyUse;
import org.meterbox.smki.repository.CertificateId;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.CertificateStatus;
import org.meterbox.smki.repository.DistinguishedName;
import org.meterbox.smki.repository.PostgresCertificateRepository;
import org.meterbox.smki.repository.Revocation;
import org.meterbox.smki.repository.Revocation.Reason;
import org.meterbox.smki.revocation.RevocationOutcome.Refused;
import org.meterbox.smki.revocation.RevocationOutcome.Revoked;
import org.meterbox.smki.revocation.RevocationOutcome.Rule;
import org.meterbox.store.Store;
import org.meterbox.store.TestStore;

final class RevocationTest {
  private final Path folder;
  private Installation smki;
  private CertificateIssuer issuer;
  private final RevocationLists lists;
  private RevocationDesk desk;

  RevocationTest(@TempDir Path folder) {
    this.folder = folder;
    smki = new Installation(folder);
    issuer = smki.issuer();
    lists = lists(new InMemoryRevocationListStore());
    desk = new RevocationDesk(smki.repository, lists, Installation.entitlements(), smki.clock);
  }

  private RevocationLists lists(RevocationListStore store) {
    return new RevocationLists(smki.authorities, smki.repository, store, smki.clock);
  }

  private CertificateRecord supplier() {
    return issued(
        CertificateRequest.organisation(
            Installation.SUPPLIER,
            RemotePartyRole.SUPPLIER,
            KeyUse.DIGITAL_SIGNATURE,
            smki.newKey()));
  }

  private CertificateRecord device() {
    return issued(
        CertificateRequest.device(
            Installation.SUPPLIER, Installation.DEVICE, KeyUse.KEY_AGREEMENT, smki.newKey()));
  }

  private CertificateRecord issued(CertificateRequest request) {
    return ((Issuance.Issued) issuer.issue(request)).record();
  }

  private RevocationListReading latest(CertificateAuthority authority) throws Exception {
    return RevocationListReading.read(
        lists.latest(authority).orElseThrow().der(), authority.certificate());
  }

  private static void assertRefused(RevocationOutcome outcome, Rule rule) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.rule()).isEqualTo(rule));
  }

  // The certificate is revoked in the repository and on the list that a stranger reads.
  @Test
  void revokesASubscribersCertificateAndSaysSo() throws Exception {
    CertificateRecord compromised = supplier();
    CertificateRecord other = supplier();
    assertThat(desk.revoke(Installation.SUPPLIER, compromised.id(), Reason.KEY_COMPROMISE))
        .isEqualTo(new Revoked(compromised.with(CertificateStatus.REVOKED)));
    assertThat(smki.repository.find(compromised.id()).orElseThrow().status())
        .isEqualTo(CertificateStatus.REVOKED);
    RevocationListReading list = latest(smki.authorities.issuingOca());
    assertThat(list.revokes(compromised.id())).isTrue();
    assertThat(list.revokes(other.id())).isFalse();
    assertThat(list.isCurrentAt(smki.now)).isTrue();
  }

  @Test
  void neverRevokesADevice() {
    assertRefused(
        desk.revoke(Installation.SUPPLIER, device().id(), Reason.KEY_COMPROMISE), Rule.REVOCABLE);
  }

  @Test
  void refusesEverybodyButTheSubscriber() {
    assertRefused(
        desk.revoke(Installation.BROKER, supplier().id(), Reason.KEY_COMPROMISE), Rule.ENTITLEMENT);
  }

  @Test
  void refusesWhatItDoesNotKnowAndWhatIsRevoked() {
    CertificateRecord record = supplier();
    CertificateId unknown = CertificateId.parse("CN=M1,OU=07", "17");
    assertRefused(desk.revoke(Installation.SUPPLIER, unknown, Reason.SUPERSEDED), Rule.KNOWN);
    desk.revoke(Installation.SUPPLIER, record.id(), Reason.SUPERSEDED);
    assertRefused(
        desk.revoke(Installation.SUPPLIER, record.id(), Reason.KEY_COMPROMISE),
        Rule.NOT_REVOKED_BEFORE);
  }

  // Authorities fall by decision of a ceremony only, and roots not at all.
  @Test
  void revokesAuthoritiesOnTheirOwnWay() throws Exception {
    CertificateId oca = CertificateId.of(smki.authorities.issuingOca().certificate());
    CertificateId root = CertificateId.of(smki.authorities.rootOca().certificate());
    assertRefused(desk.revoke(Installation.SUPPLIER, oca, Reason.CA_COMPROMISE), Rule.REVOCABLE);
    assertRefused(desk.revokeAuthority(root, Reason.CA_COMPROMISE), Rule.REVOCABLE);
    assertRefused(desk.revokeAuthority(supplier().id(), Reason.CA_COMPROMISE), Rule.REVOCABLE);
    assertThat(desk.revokeAuthority(oca, Reason.CA_COMPROMISE)).isInstanceOf(Revoked.class);
    assertThat(latest(smki.authorities.rootOca()).revokes(oca)).isTrue();
  }

  // ---- the schedule ----

  @Test
  void signsTheFirstListsOfAllWhoRevoke() {
    List<CertificateKind> kinds =
        smki.authorities.all().stream()
            .map(CertificateAuthority::kind)
            .filter(kind -> kind != CertificateKind.ISSUING_DCA)
            .toList();
    assertThat(lists.signDue()).hasSize(kinds.size()).allMatch(list -> list.number() == 1);
    assertThat(lists.signDue()).isEmpty();
    assertThat(lists.latest(smki.authorities.issuingDca())).isEmpty();
  }

  @Test
  void signsAgainWhenThePeriodIsOver() {
    lists.signDue();
    Instant first = lists.latest(smki.authorities.issuingOca()).orElseThrow().thisUpdate();
    smki.now = first.plus(RevocationLists.ISSUING_PERIOD).minusMillis(1);
    assertThat(lists.signDue()).isEmpty();
    smki.now = first.plus(RevocationLists.ISSUING_PERIOD);
    assertThat(lists.signDue())
        .extracting(SignedRevocationList::number)
        .isNotEmpty()
        .allMatch(number -> number == 2);
    assertThat(lists.latest(smki.authorities.rootOca()).orElseThrow().number()).isEqualTo(1);
    smki.now = first.plus(RevocationLists.ROOT_PERIOD);
    lists.signDue();
    assertThat(lists.latest(smki.authorities.rootOca()).orElseThrow().number()).isEqualTo(2);
  }

  // A list of a clock that ran ahead would keep every later one from being signed for years.
  @Test
  void signsAgainWhereTheLastListBeginsInTheFuture() {
    Instant today = smki.now;
    smki.now = today.plus(Duration.ofDays(3_000));
    int all = lists.signDue().size();
    smki.now = today;
    assertThat(lists.signDue())
        .hasSize(all)
        .allMatch(list -> list.number() == 2 && !list.thisUpdate().isAfter(today));
  }

  @Test
  void outdatesAListAtItsEnd() throws Exception {
    lists.signDue();
    RevocationListReading list = latest(smki.authorities.issuingOca());
    Instant from = lists.latest(smki.authorities.issuingOca()).orElseThrow().thisUpdate();
    Instant until = from.plus(RevocationLists.ISSUING_VALIDITY);
    assertThat(list.isCurrentAt(from.minusSeconds(1))).isFalse();
    assertThat(list.isCurrentAt(from)).isTrue();
    assertThat(list.isCurrentAt(until)).isTrue();
    assertThat(list.isCurrentAt(until.plusSeconds(1))).isFalse();
  }

  // A crash between revocation and list: the next turn of the timer makes up for it.
  @Test
  void makesUpForAListThatACrashPrevented() throws Exception {
    lists.signDue();
    CertificateRecord record = supplier();
    smki.repository.revoke(record.id(), new Revocation(smki.now, Reason.KEY_COMPROMISE));
    assertThat(latest(smki.authorities.issuingOca()).revokes(record.id())).isFalse();
    assertThat(lists.signDue()).hasSize(1);
    assertThat(latest(smki.authorities.issuingOca()).revokes(record.id())).isTrue();
  }

  @Test
  void numbersListsWithoutGapsInTheDatabase() throws Exception {
    try (Store store = TestStore.fresh()) {
      RevocationListStore kept = PostgresRevocationListStore.open(store);
      lists(kept).signDue();
      List<Callable<List<SignedRevocationList>>> rivals =
          IntStream.range(0, 6)
              .<Callable<List<SignedRevocationList>>>mapToObj(i -> () -> lists(kept).signDue())
              .toList();
      smki.now = smki.now.plus(Duration.ofDays(1));
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        int signed = 0;
        for (var rival : threads.invokeAll(rivals)) {
          signed += rival.get().size();
        }
        // One turn of the four issuing authorities that sign lists, whoever got there first.
        assertThat(signed).isEqualTo(4);
      }
      SignedRevocationList latest = lists(kept).latest(smki.authorities.issuingOca()).orElseThrow();
      assertThat(latest.number()).isEqualTo(2);
      assertThat(
              RevocationListReading.read(latest.der(), smki.authorities.issuingOca().certificate())
                  .isCurrentAt(smki.now))
          .isTrue();
    }
  }

  // ---- reading lists ----

  @Test
  void refusesAListOfAnotherAuthority(@TempDir Path elsewhere) {
    desk.revoke(Installation.SUPPLIER, supplier().id(), Reason.SUPERSEDED);
    Octets list = lists.latest(smki.authorities.issuingOca()).orElseThrow().der();
    X509Certificate sameName = new Installation(elsewhere).authorities.issuingOca().certificate();
    X509Certificate otherName = smki.authorities.rootOca().certificate();
    for (X509Certificate authority : List.of(sameName, otherName)) {
      assertThatThrownBy(() -> RevocationListReading.read(list, authority))
          .isInstanceOf(VerificationException.class);
    }
  }

  @Test
  void refusesToSpeakOfAnotherAuthoritysCertificates() throws Exception {
    lists.signDue();
    RevocationListReading list = latest(smki.authorities.issuingOca());
    CertificateId foreign = CertificateId.of(smki.authorities.issuingDca().certificate());
    assertThatThrownBy(() -> list.revokes(foreign)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesEveryBrokenList() {
    desk.revoke(Installation.SUPPLIER, supplier().id(), Reason.KEY_COMPROMISE);
    X509Certificate authority = smki.authorities.issuingOca().certificate();
    byte[] der = lists.latest(smki.authorities.issuingOca()).orElseThrow().der().toArray();
    for (int bit = 0; bit < 8 * der.length; bit++) {
      byte[] broken = der.clone();
      broken[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> RevocationListReading.read(Octets.of(broken), authority))
          .isInstanceOfAny(DecodeException.class, VerificationException.class);
    }
    for (int length = 0; length < der.length; length++) {
      Octets cut = Octets.of(der, 0, length);
      assertThatThrownBy(() -> RevocationListReading.read(cut, authority))
          .isInstanceOf(DecodeException.class);
    }
  }

  @Test
  void convincesOpenSsl() throws Exception {
    OpenSsl.requireInstalled();
    CertificateRecord revoked = supplier();
    CertificateRecord untouched = supplier();
    desk.revoke(Installation.SUPPLIER, revoked.id(), Reason.KEY_COMPROMISE);
    String root = pem("root", "CERTIFICATE", smki.authorities.rootOca().certificate().getEncoded());
    String issuing =
        pem("issuing", "CERTIFICATE", smki.authorities.issuingOca().certificate().getEncoded());
    String crl =
        pem(
            "crl",
            "X509 CRL",
            lists.latest(smki.authorities.issuingOca()).orElseThrow().der().toArray());
    String arl =
        pem(
            "arl",
            "X509 CRL",
            lists.latest(smki.authorities.rootOca()).orElseThrow().der().toArray());
    OpenSsl.Result text = OpenSsl.run("crl", "-noout", "-text", "-CAfile", issuing, "-in", crl);
    assertThat(text.output()).contains("verify OK", "Key Compromise", "X509v3 CRL Number");
    for (CertificateRecord record : List.of(revoked, untouched)) {
      String end = pem("end", "CERTIFICATE", record.der().toArray());
      OpenSsl.Result verdict =
          OpenSsl.run(
              "verify",
              "-crl_check_all",
              "-attime",
              Long.toString(smki.now.getEpochSecond()),
              "-CAfile",
              root,
              "-untrusted",
              issuing,
              "-CRLfile",
              crl,
              "-CRLfile",
              arl,
              end);
      assertThat(verdict.exitCode()).as(verdict.output()).isEqualTo(record.equals(revoked) ? 2 : 0);
      assertThat(verdict.output()).contains(record.equals(revoked) ? "certificate revoked" : "OK");
    }
  }

  private String pem(String name, String label, byte[] der) throws Exception {
    Files.createDirectories(folder);
    return OpenSsl.writePem(folder.resolve(name + ".pem"), label, der).toString();
  }

  // Who took what back and why, and who tried to; the deed and its entry are one transaction.
  @Test
  void writesDownWhatIsRevokedAndWhatIsRefused() {
    try (Store store = TestStore.fresh()) {
      smki = new Installation(folder, PostgresCertificateRepository.open(store));
      issuer = smki.issuer();
      PostgresAuditLog audit = PostgresAuditLog.open(store, smki.clock);
      desk =
          new RevocationDesk(
              smki.repository,
              lists(new InMemoryRevocationListStore()),
              Installation.entitlements(),
              smki.clock,
              Optional.of(new Recording(store, audit)));
      CertificateRecord supplier = supplier();
      desk.revoke("Ann Officer", Installation.SUPPLIER, supplier.id(), Reason.SUPERSEDED);
      desk.revoke("Ann Officer", Installation.SUPPLIER, supplier.id(), Reason.SUPERSEDED);
      desk.revoke("Ann Officer", Installation.SUPPLIER, device().id(), Reason.SUPERSEDED);
      assertThat(audit.read(1, 10))
          .extracting(entry -> entry.actor() + " " + entry.action())
          .containsExactly(
              "Ann Officer CERTIFICATE_REVOKED",
              "Ann Officer REVOCATION_REFUSED",
              "Ann Officer REVOCATION_REFUSED");
      assertThat(audit.read(1, 1).getFirst().detail())
          .contains(supplier.id().serial().toString(16), "SUPERSEDED");
      assertThat(audit.read(2, 1).getFirst().detail()).startsWith("under NOT_REVOKED_BEFORE: ");
      assertThat(audit.read(3, 1).getFirst().detail()).startsWith("under REVOCABLE: ");
    }
  }

  // A turn that fails must not be the last one.
  @Test
  void signsDueListsForAsLongAsTheTimerRuns() throws Exception {
    BlockingQueue<String> happened = new LinkedBlockingQueue<>();
    AtomicBoolean broken = new AtomicBoolean(true);
    RevocationListStore store =
        new RevocationListStore() {
          private final RevocationListStore kept = new InMemoryRevocationListStore();

          @Override
          public Optional<SignedRevocationList> latest(DistinguishedName name) {
            if (broken.getAndSet(false)) {
              throw new IllegalStateException("the disk is full");
            }
            return kept.latest(name);
          }

          @Override
          public boolean add(SignedRevocationList list) {
            return kept.add(list);
          }
        };
    try (RevocationListTimer _ =
        RevocationListTimer.start(
            lists(store),
            Duration.ofMillis(1),
            list -> happened.add(list.issuer().toString()),
            fault -> happened.add(fault.getMessage()))) {
      assertThat(happened.take()).isEqualTo("the disk is full");
      assertThat(happened.take()).isEqualTo("CN=MA,OU=00");
    }
  }
}
