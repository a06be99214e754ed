// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.smki;

import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.profile.CertificateKind;
import org.meterbox.smki.profile.KeyUse;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.CertificateRepository;
import org.meterbox.smki.repository.CertificateSearch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds certificates in the repository. */
@Command(
    name = "find",
    description = {
      "Find certificates in the SMKI Repository: those that meet every condition, newest first.",
      "Status letters in JSON: P pending, I in use, N not in use, E expired, R revoked.",
      "Example: smki find --eui 00-DB-12-34-56-78-90-A0 --use KA --in-use --json"
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:found", "1:nothing found", "2:wrong arguments"})
final class FindCommand implements Callable<Integer> {
  @Option(
      names = "--eui",
      paramLabel = "EUI",
      converter = Converters.Eui.class,
      description = "Of this organisation or device.")
  private @Nullable Eui64 eui;

  @Option(names = "--kind", description = "Of this kind: ${COMPLETION-CANDIDATES}.")
  private @Nullable CertificateKind kind;

  @Option(names = "--role", description = "In this role: ${COMPLETION-CANDIDATES}.")
  private @Nullable RemotePartyRole role;

  @Option(
      names = "--use",
      paramLabel = "DS|KA|CA",
      converter = Converters.Use.class,
      description = "For this use.")
  private @Nullable KeyUse use;

  @Option(
      names = "--serial",
      paramLabel = "HEX",
      converter = Converters.Serial.class,
      description = "With this serial number.")
  private @Nullable BigInteger serial;

  @Option(names = "--in-use", description = "Only those in use.")
  private boolean inUse;

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  @Option(names = "--pem", description = "The certificates themselves; with --json inside it.")
  private boolean pem;

  @Mixin private SmkiOptions options = new SmkiOptions();
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (SmkiInstallation smki = SmkiInstallation.open(options, err)) {
      List<CertificateRecord> found = find(smki.repository());
      Instant now = smki.clock().instant();
      if (found.isEmpty()) {
        err.println("nothing found");
        err.flush();
        return 1;
      }
      if (!json && !pem) {
        out.println(CertificateText.HEAD);
      }
      for (CertificateRecord record : found) {
        out.print(
            json
                ? CertificateText.json(record, now, pem) + "\n"
                : pem
                    ? Pem.text(Pem.CERTIFICATE, record.der())
                    : CertificateText.line(record, now) + "\n");
      }
      out.flush();
      if (found.size() == CertificateRepository.RESULTS_MAX) {
        err.printf(Locale.ROOT, "only the newest %,d are shown%n", found.size());
        err.flush();
      }
      return 0;
    }
  }

  private List<CertificateRecord> find(CertificateRepository repository) {
    CertificateSearch search = eui == null ? CertificateSearch.all() : CertificateSearch.of(eui);
    if (kind != null) {
      search = search.kind(kind);
    }
    if (role != null) {
      search = search.role(role);
    }
    if (use != null) {
      search = search.use(use);
    }
    if (inUse) {
      search = search.inUse();
    }
    return serial == null
        ? repository.search(search)
        : repository.findBySerial(serial).stream().filter(search::accepts).toList();
  }
}
