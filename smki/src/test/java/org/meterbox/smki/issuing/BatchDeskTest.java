// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.issuing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.Installation;
import org.meterbox.smki.audit.AuditEntry;
import org.meterbox.smki.audit.PostgresAuditLog;
import org.meterbox.smki.profile.CertificateKind;
import org.meterbox.smki.profile.CertificateSubject;
import org.meterbox.smki.profile.KeyUse;
import org.meterbox.smki.repository.CertificateId;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.CertificateSearch;
import org.meterbox.smki.repository.CertificateStatus;
import org.meterbox.smki.repository.DistinguishedName;
import org.meterbox.smki.repository.PostgresCertificateRepository;
import org.meterbox.store.Store;
import org.meterbox.store.TestStore;

final class BatchDeskTest {
  private final Path folder;
  private final Store store = TestStore.fresh();
  private final PostgresCertificateRepository repository =
      PostgresCertificateRepository.open(store);
  private final Installation smki;
  private final PostgresAuditLog audit;
  private BatchDesk desk;

  BatchDeskTest(@TempDir Path folder) {
    this.folder = folder;
    smki = new Installation(folder, repository);
    audit = PostgresAuditLog.open(store, smki.clock);
    desk = desk(CertificateIssuer.DCA_CERTIFICATES_MAX);
  }

  private BatchDesk desk(int dcaCertificatesMax) {
    return BatchDesk.open(
        store, smki.issuer(dcaCertificatesMax), Installation.entitlements(), audit, smki.clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Path file(String... lines) throws IOException {
    Path file = folder.resolve("batch.txt");
    return Files.writeString(file, String.join("\n", lines) + "\n");
  }

  private static String line(Octets csr) {
    return Base64.getEncoder().encodeToString(csr.toArray());
  }

  private String request(Eui64 device, KeyUse use) throws IOException {
    return line(DeviceRequests.csr(device, use, smki.newPair()));
  }

  private UUID accepted(Path file) {
    BatchSubmission submission = desk.submit("line 1", Installation.SUPPLIER, file);
    assertThat(submission).isInstanceOf(BatchSubmission.Accepted.class);
    return ((BatchSubmission.Accepted) submission).progress().id();
  }

  private static IssuingRule rule(BatchResult result) {
    assertThat(result).isInstanceOf(BatchResult.Refused.class);
    return ((BatchResult.Refused) result).rule();
  }

  private static CertificateRecord issued(BatchResult result) {
    assertThat(result).as(result.line()).isInstanceOf(BatchResult.Issued.class);
    return ((BatchResult.Issued) result).record();
  }

  // Each request gets a result under its number: a certificate, or the rule that it broke.
  @Test
  void answersEveryRequestInItsPlace() throws Exception {
    KeyPair used = smki.newPair();
    UUID batch =
        accepted(
            file(
                "# a comment",
                line(DeviceRequests.csr(Installation.DEVICE, KeyUse.DIGITAL_SIGNATURE, used)),
                "",
                "not Base64!",
                line(DeviceRequests.csr(Installation.DEVICE, KeyUse.KEY_AGREEMENT, used)),
                request(Eui64.parse("90B3D51F30990000"), KeyUse.KEY_AGREEMENT),
                line(Octets.of(new byte[100])),
                "A".repeat(BatchFile.LINE_LENGTH_MAX + 4),
                "  " + request(Installation.DEVICE, KeyUse.KEY_AGREEMENT) + "\r"));
    BatchProgress finished = desk.finish(batch);
    assertThat(finished)
        .returns(7, BatchProgress::requests)
        .returns(7, BatchProgress::done)
        .returns(2, BatchProgress::issued)
        .returns(true, BatchProgress::isFinished);
    List<BatchResult> results = desk.results(batch, 1);
    assertThat(results).extracting(BatchResult::number).containsExactly(1, 2, 3, 4, 5, 6, 7);
    CertificateRecord first = issued(results.getFirst());
    assertThat(repository.find(first.id())).contains(first);
    assertThat(rule(results.get(1))).isEqualTo(IssuingRule.WELL_FORMED);
    assertThat(rule(results.get(2))).isEqualTo(IssuingRule.FRESH_KEY);
    assertThat(rule(results.get(3))).isEqualTo(IssuingRule.SUBJECT_ENTITLEMENT);
    assertThat(rule(results.get(4))).isEqualTo(IssuingRule.WELL_FORMED);
    assertThat(rule(results.get(5))).isEqualTo(IssuingRule.WELL_FORMED);
    assertThat(issued(results.get(6)).use()).isEqualTo(KeyUse.KEY_AGREEMENT);
    assertThat(desk.results(batch, 7)).containsExactly(results.get(6));
  }

  @Test
  void writesResultsAsLines() throws Exception {
    UUID batch = accepted(file(request(Installation.DEVICE, KeyUse.KEY_AGREEMENT), "not Base64!"));
    desk.finish(batch);
    List<BatchResult> results = desk.results(batch, 1);
    CertificateRecord record = issued(results.getFirst());
    assertThat(results.getFirst().line())
        .isEqualTo(
            String.format(
                Locale.ROOT,
                "1\tISSUED\t00-DB-12-34-56-78-90-01\tKA\t%s\t%s",
                record.certificate().getSerialNumber().toString(16),
                line(record.der())));
    assertThat(results.get(1).line()).startsWith("2\tREFUSED\tWELL_FORMED\t");
  }

  // A line that is handed in again, by whoever was unsure whether it arrived, costs nothing.
  @Test
  void takesTheSameFileOnce() throws Exception {
    Path file = file(request(Installation.DEVICE, KeyUse.KEY_AGREEMENT));
    UUID batch = accepted(file);
    BatchProgress finished = desk.finish(batch);
    assertThat(desk.submit("line 2", Installation.SUPPLIER, file))
        .isEqualTo(new BatchSubmission.KnownBefore(finished));
    assertThat(desk.finish(batch)).isEqualTo(finished);
    assertThat(repository.findBySubject(Installation.DEVICE)).hasSize(1);
  }

  // The second certificate of a device for one use waits, whether the first one is in the
  // repository, in the same batch, or in the same chunk of it.
  @Test
  void letsADevicesSecondCertificateWait() throws Exception {
    UUID batch =
        accepted(
            file(
                request(Installation.DEVICE, KeyUse.KEY_AGREEMENT),
                request(Installation.DEVICE, KeyUse.KEY_AGREEMENT)));
    desk.finish(batch);
    UUID later = accepted(file(request(Installation.DEVICE, KeyUse.KEY_AGREEMENT)));
    desk.finish(later);
    assertThat(desk.results(batch, 1))
        .extracting(result -> issued(result).status())
        .containsExactly(CertificateStatus.IN_USE, CertificateStatus.PENDING);
    assertThat(issued(desk.results(later, 1).getFirst()).status())
        .isEqualTo(CertificateStatus.PENDING);
  }

  @Test
  void refusesABatchAsAWhole() throws Exception {
    Path empty = file("# nothing", "");
    assertThat(desk.submit("line", Installation.SUPPLIER, empty))
        .isInstanceOfSatisfying(
            BatchSubmission.Refused.class,
            refused -> assertThat(refused.rule()).isEqualTo(BatchSubmission.Rule.SIZE));
    Path good = file(request(Installation.DEVICE, KeyUse.KEY_AGREEMENT));
    assertThat(desk.submit("line", Installation.DEVICE, good))
        .isInstanceOfSatisfying(
            BatchSubmission.Refused.class,
            refused -> assertThat(refused.rule()).isEqualTo(BatchSubmission.Rule.SUBSCRIBER));
    Path long_ = folder.resolve("long.txt");
    Files.writeString(long_, "AA==\n".repeat(BatchDesk.REQUESTS_MAX + 1));
    assertThat(desk.submit("line", Installation.SUPPLIER, long_))
        .isInstanceOfSatisfying(
            BatchSubmission.Refused.class,
            refused -> assertThat(refused.rule()).isEqualTo(BatchSubmission.Rule.SIZE));
    assertThatThrownBy(
            () -> desk.submit("line", Installation.SUPPLIER, folder.resolve("absent.txt")))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(desk.unfinished()).isEmpty();
  }

  // The batched interface is for devices: officers submit their organisation's requests themselves.
  @Test
  void refusesAnOrganisationInABatchAndGivesItsSeatBack() throws Exception {
    CertificateSubject organisation =
        new CertificateSubject.Organisation(
            Optional.empty(), RemotePartyRole.SUPPLIER, Installation.SUPPLIER);
    Octets csr =
        SigningRequests.write(
            organisation, KeyUse.DIGITAL_SIGNATURE, SoftwareSigningKey.of(smki.newPair()));
    KeyPair used = smki.newPair();
    UUID batch =
        accepted(
            file(
                line(csr),
                line(DeviceRequests.csr(Installation.DEVICE, KeyUse.DIGITAL_SIGNATURE, used)),
                line(DeviceRequests.csr(Installation.DEVICE, KeyUse.KEY_AGREEMENT, used))));
    desk.finish(batch);
    assertThat(rule(desk.results(batch, 1).getFirst())).isEqualTo(IssuingRule.PROFILE);
    assertThat(rule(desk.results(batch, 3).getFirst())).isEqualTo(IssuingRule.FRESH_KEY);
    // One certificate was issued, so of two seats one is left.
    DistinguishedName authority = DistinguishedName.parse("CN=D001");
    assertThat(repository.takeSeats(authority, 5, 2)).isEqualTo(1);
  }

  // Two processes on one database and one vault: together they fill each authority to its limit,
  // and open one next authority, not two of one name.
  @Test
  void sharesTheLimitOfAnAuthorityAmongProcesses() throws Exception {
    List<BatchDesk> desks = new ArrayList<>();
    List<UUID> batches = new ArrayList<>();
    for (int process = 0; process < 2; process++) {
      Installation other = new Installation(folder, PostgresCertificateRepository.open(store));
      desks.add(
          BatchDesk.open(store, other.issuer(30), Installation.entitlements(), audit, smki.clock));
      Path file = folder.resolve("of-process-" + process);
      Eui64 first = new Eui64(Installation.DEVICE.value() + 1000L * process);
      DeviceRequests.writeFile(file, first, 50, smki.random);
      batches.add(accepted(file));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<BatchProgress>> workers =
          List.of(
              () -> desks.getFirst().finish(batches.getFirst()),
              () -> desks.getLast().finish(batches.getLast()));
      for (var worker : threads.invokeAll(workers)) {
        assertThat(worker.get().issued()).isEqualTo(100);
      }
    }
    for (int number = 1; number <= 6; number++) {
      DistinguishedName authority =
          DistinguishedName.parse(String.format(Locale.ROOT, "CN=D%03X", number));
      assertThat(repository.countIssuedBy(authority)).as("D%03X", number).isEqualTo(30);
    }
    assertThat(repository.countIssuedBy(DistinguishedName.parse("CN=D007"))).isEqualTo(20);
    // Each authority's certificate is there once, so its name means one key.
    assertThat(repository.search(CertificateSearch.all().kind(CertificateKind.ISSUING_DCA)))
        .hasSize(7);
  }

  // Several workers on one batch take turns; the authorities below it fill and follow each other.
  @Test
  void sharesABatchAmongWorkers() throws Exception {
    int devices = 1300;
    Path file = folder.resolve("many.txt");
    DeviceRequests.writeFile(file, Installation.DEVICE, devices, smki.random);
    desk = desk(2000);
    UUID batch = accepted(file);
    assertThat(desk.unfinished()).containsExactly(batch);
    List<Callable<BatchProgress>> workers =
        IntStream.range(0, 4)
            .<Callable<BatchProgress>>mapToObj(i -> () -> desk.finish(batch))
            .toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var worker : threads.invokeAll(workers)) {
        assertThat(worker.get().issued()).isEqualTo(2 * devices);
      }
    }
    assertThat(desk.unfinished()).isEmpty();
    assertThat(repository.countIssuedBy(DistinguishedName.parse("CN=D001"))).isEqualTo(2000);
    assertThat(repository.countIssuedBy(DistinguishedName.parse("CN=D002"))).isEqualTo(600);
    assertThat(audit.read(1, 10))
        .extracting(AuditEntry::detail)
        .last()
        .isEqualTo(
            String.format(
                Locale.ROOT, "batch %s is finished: 2600 certificates for 2600 requests", batch));
  }

  // Killed without warning in the middle, twice; afterwards every request has one certificate.
  @Test
  void losesAndDoublesNothingWhenItIsKilled() throws Exception {
    int devices = 6000;
    // As root the database runs under another account, which has to get through here.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    DeviceRequests.writeFile(
        folder.resolve("batch.txt"), Installation.DEVICE, devices, smki.random);
    workUntil(1);
    workUntil(2);
    try (Store durable = BatchWorker.openStore(folder)) {
      BatchDesk resumed = BatchWorker.desk(durable, folder);
      UUID batch = resumed.unfinished().getFirst();
      assertThat(resumed.progress(batch).orElseThrow().done()).isBetween(2000, 2 * devices - 1);
      assertThat(resumed.finish(batch).issued()).isEqualTo(2 * devices);
      Set<CertificateId> certificates = new HashSet<>();
      for (int from = 1; from <= 2 * devices; from += BatchDesk.CHUNK_REQUESTS) {
        for (BatchResult result : resumed.results(batch, from)) {
          assertThat(issued(result).status()).isEqualTo(CertificateStatus.IN_USE);
          certificates.add(issued(result).id());
        }
      }
      assertThat(certificates).hasSize(2 * devices);
      assertThat(
              PostgresCertificateRepository.open(durable)
                  .countIssuedBy(DistinguishedName.parse("CN=D001")))
          .isEqualTo(2L * devices);
    }
  }

  /** Starts the worker and kills it after this many chunks of its own. */
  private void workUntil(int chunks) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(BatchWorker.class.getName(), folder.toString()));
    Process worker =
        new ProcessBuilder(command).redirectError(folder.resolve("worker.log").toFile()).start();
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(worker.getInputStream(), StandardCharsets.UTF_8))) {
      for (int chunk = 0; chunk < chunks; chunk++) {
        assertThat(said.readLine()).as(Files.readString(folder.resolve("worker.log"))).isNotNull();
      }
    } finally {
      worker.destroyForcibly().waitFor();
    }
  }

  @Test
  void listsTheLatestBatchesOfOneRequesterOrOfAll() throws IOException {
    UUID first = accepted(file(request(Installation.DEVICE, KeyUse.DIGITAL_SIGNATURE)));
    smki.now = smki.now.plusSeconds(1);
    UUID second = accepted(file(request(Installation.DEVICE, KeyUse.KEY_AGREEMENT)));

    assertThat(desk.recent(Optional.of(Installation.SUPPLIER)))
        .extracting(BatchProgress::id)
        .containsExactly(second, first);
    assertThat(desk.recent(Optional.empty())).hasSize(2);
    assertThat(desk.recent(Optional.of(Installation.BROKER))).isEmpty();
  }

  @Test
  void listsRefusalsWithoutReadingTheCertificatesBetweenThem() throws IOException {
    UUID batch =
        accepted(
            file("AAAA", request(Installation.DEVICE, KeyUse.DIGITAL_SIGNATURE), "BBBB", "CCCC"));
    desk.finish(batch);

    assertThat(desk.refusals(batch, 10)).extracting(BatchResult::number).containsExactly(1, 3, 4);
    assertThat(desk.refusals(batch, 2)).extracting(BatchResult::number).containsExactly(1, 3);
  }
}
