// SPDX-License-Identifier: Apache-2.0
package org.meterbox.bench.smki;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.meterbox.crypto.EcdsaSignature;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.Signatures;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.crypto.VerificationException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.audit.PostgresAuditLog;
import org.meterbox.smki.authority.Authorities;
import org.meterbox.smki.issuing.BatchDesk;
import org.meterbox.smki.issuing.BatchProgress;
import org.meterbox.smki.issuing.BatchSubmission;
import org.meterbox.smki.issuing.CertificateIssuer;
import org.meterbox.smki.issuing.Entitlements;
import org.meterbox.smki.issuing.Entitlements.Entitlement;
import org.meterbox.smki.issuing.EuiRange;
import org.meterbox.smki.repository.PostgresCertificateRepository;
import org.meterbox.smki.vault.Pkcs12Vault;
import org.meterbox.store.Store;

/** Batches of devices, each between two measurements of what the processors could do at most. */
final class Enrolling {
  static final Eui64 FIRST_DEVICE = Eui64.parse("00DB120000000000");

  private static final Eui64 SUPPLIER = Eui64.parse("90B3D51F30010000");
  private static final Eui64 LAST_DEVICE = Eui64.parse("00DB12FFFFFFFFFF");
  private static final int WARM_UP_DEVICES = 2_000;
  private static final int OPERATIONS = 10_000;
  private static final int CONTENT_OCTETS = 330;

  private final Path folder;
  private final PrintWriter progress;
  private final SecureRandom random = new SecureRandom();
  private final BatchDesk desk;
  private final SoftwareSigningKey key = SoftwareSigningKey.of(P256.generate(random));
  private long next = FIRST_DEVICE.value();

  Enrolling(Store store, Path folder, PrintWriter progress) {
    this.folder = folder;
    this.progress = progress;
    InstantSource clock = InstantSource.system();
    Authorities authorities =
        Authorities.openOrCreate(Pkcs12Vault.openIn(folder, "smki", random), clock, random);
    Entitlements entitlements =
        Entitlements.fixed(
            List.of(
                new Entitlement(
                    SUPPLIER,
                    Set.of(RemotePartyRole.SUPPLIER),
                    List.of(),
                    List.of(new EuiRange(FIRST_DEVICE, LAST_DEVICE)))));
    CertificateIssuer issuer =
        new CertificateIssuer(
            authorities,
            PostgresCertificateRepository.open(store),
            entitlements,
            clock,
            CertificateIssuer.DCA_CERTIFICATES_MAX);
    desk = BatchDesk.open(store, issuer, entitlements, PostgresAuditLog.open(store, clock), clock);
  }

  /** The medians of all rounds; rates are for a second. */
  record Measured(
      double signatures,
      double signaturesAndProofs,
      double certificates,
      double seconds,
      double secondsToTakeIn,
      double cpuMicros,
      long megabytesEarly,
      long megabytesLate) {}

  Measured measure(int devices, int rounds) throws IOException {
    round(WARM_UP_DEVICES);
    List<Measured> all = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      progress.printf(Locale.ROOT, "batch %d of %d%n", round, rounds);
      progress.flush();
      all.add(round(devices));
    }
    return new Measured(
        median(all, Measured::signatures),
        median(all, Measured::signaturesAndProofs),
        median(all, Measured::certificates),
        median(all, Measured::seconds),
        median(all, Measured::secondsToTakeIn),
        median(all, Measured::cpuMicros),
        all.getLast().megabytesEarly(),
        all.getLast().megabytesLate());
  }

  private static double median(List<Measured> all, ToDoubleFunction<Measured> figure) {
    double[] sorted = all.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private Measured round(int devices) throws IOException {
    Path file = folder.resolve("batch.txt");
    FactoryLine.write(file, new Eui64(next), devices, random);
    next += devices;
    double signaturesBefore = rate(false);
    double limitBefore = rate(true);
    long cpuBegan = cpuNanos();
    long began = System.nanoTime();
    UUID batch = ((BatchSubmission.Accepted) desk.submit("bench", SUPPLIER, file)).progress().id();
    double takenIn = seconds(began);
    Memory memory = new Memory();
    BatchProgress finished = desk.finish(batch, memory::note);
    double elapsed = seconds(began) - memory.secondsSpent;
    double cpuMicros = (cpuNanos() - cpuBegan) / 1e3 / finished.requests();
    if (finished.issued() != 2 * devices) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "only %d certificates", finished.issued()));
    }
    return new Measured(
        (signaturesBefore + rate(false)) / 2,
        (limitBefore + rate(true)) / 2,
        finished.issued() / elapsed,
        elapsed,
        takenIn,
        cpuMicros,
        memory.early,
        memory.late);
  }

  /** Signatures a second on all processors, with a verification of each or without. */
  private double rate(boolean verifying) {
    byte[] content = new byte[CONTENT_OCTETS];
    double[] rates = new double[3];
    for (int i = 0; i < rates.length; i++) {
      long began = System.nanoTime();
      int octets =
          IntStream.range(0, OPERATIONS).parallel().map(_ -> operation(content, verifying)).sum();
      rates[i] = octets / (double) EcdsaSignature.OCTETS / seconds(began);
    }
    Arrays.sort(rates);
    return rates[rates.length / 2];
  }

  private int operation(byte[] content, boolean verifying) {
    EcdsaSignature signature = key.sign(content);
    try {
      if (verifying) {
        Signatures.verify(key.publicKey(), content, signature);
      }
    } catch (VerificationException e) {
      throw new IllegalStateException("a signature of our own does not hold", e);
    }
    return signature.octets().length();
  }

  /** What is in use after a collection, early and late in a batch. */
  private final class Memory {
    private long early;
    private long late;
    private double secondsSpent;
    private int lastTenth = -1;

    void note(BatchProgress at) {
      int tenth = 10 * at.done() / at.requests();
      if (tenth == lastTenth) {
        return;
      }
      lastTenth = tenth;
      progress.printf(Locale.ROOT, "  %,d of %,d certificates%n", at.issued(), at.requests());
      progress.flush();
      if (tenth == 1 || tenth == 9) {
        long began = System.nanoTime();
        System.gc();
        long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
        early = tenth == 1 ? used : early;
        late = used;
        secondsSpent += seconds(began);
      }
    }
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
  }
}
