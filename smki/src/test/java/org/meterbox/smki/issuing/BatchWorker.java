// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.issuing;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import org.meterbox.smki.Installation;
import org.meterbox.smki.audit.PostgresAuditLog;
import org.meterbox.smki.authority.Authorities;
import org.meterbox.smki.repository.PostgresCertificateRepository;
import org.meterbox.smki.vault.Pkcs12Vault;
import org.meterbox.store.Store;
import org.meterbox.store.StoreConfiguration;

/**
 * A program of its own that takes in a batch, or finds it, and works on it until it is killed;
 * after each chunk it says how many requests are done.
 */
final class BatchWorker {
  private BatchWorker() {}

  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    try (Store store = openStore(folder)) {
      BatchDesk desk = desk(store, folder);
      UUID batch =
          switch (desk.submit("line", Installation.SUPPLIER, folder.resolve("batch.txt"))) {
            case BatchSubmission.Accepted(BatchProgress progress) -> progress.id();
            case BatchSubmission.KnownBefore(BatchProgress progress) -> progress.id();
            case BatchSubmission.Refused refused ->
                throw new IllegalStateException(refused.detail());
          };
      desk.finish(batch, progress -> System.out.println(progress.done()));
    }
  }

  static Store openStore(Path folder) {
    return Store.open(StoreConfiguration.embedded(folder.resolve("store"), step -> {}));
  }

  static BatchDesk desk(Store store, Path folder) {
    SecureRandom random = new SecureRandom();
    PostgresCertificateRepository repository = PostgresCertificateRepository.open(store);
    Authorities authorities =
        Authorities.openOrCreate(
            Pkcs12Vault.openIn(folder.resolve("keys"), "smki", random), Instant::now, random);
    CertificateIssuer issuer =
        new CertificateIssuer(
            authorities,
            repository,
            Installation.entitlements(),
            Instant::now,
            CertificateIssuer.DCA_CERTIFICATES_MAX);
    return BatchDesk.open(
        store,
        issuer,
        Installation.entitlements(),
        PostgresAuditLog.open(store, Instant::now),
        Instant::now);
  }
}
