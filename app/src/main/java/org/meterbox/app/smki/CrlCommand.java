// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.smki;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.meterbox.app.files.OutputPath;
import org.meterbox.smki.authority.CertificateAuthority;
import org.meterbox.smki.revocation.SignedRevocationList;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Signs the revocation lists that are due, and shows and writes those in force. */
@Command(
    name = "crl",
    description = {
      "Sign the revocation lists that are due, and list those in force.",
      "Issuing authorities for devices have none, since devices' certificates are never revoked.",
      "Example: smki crl --out lists && openssl crl -inform DER -in lists/issuing-oca.crl -text"
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:every list is in force", "1:lists could not be signed", "2:wrong arguments"})
final class CrlCommand implements Callable<Integer> {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write each list to AUTHORITY.crl in this folder (DER).")
  @OutputPath
  private @Nullable Path folder;

  @Mixin private SmkiOptions options = new SmkiOptions();
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (SmkiInstallation smki = SmkiInstallation.open(options, spec.commandLine().getErr())) {
      smki.signDueLists();
      out.printf(
          Locale.ROOT,
          "%-24s %6s %8s %-20s %-20s%n",
          "AUTHORITY",
          "NUMBER",
          "ENTRIES",
          "SIGNED",
          "NEXT BY");
      for (CertificateAuthority authority : smki.authorities().all()) {
        Optional<SignedRevocationList> list = smki.lists().latest(authority);
        if (list.isPresent()) {
          show(out, Pem.name(authority.kind()), list.get());
        }
      }
      out.flush();
    }
    return 0;
  }

  private void show(PrintWriter out, String name, SignedRevocationList list) throws IOException {
    out.printf(
        Locale.ROOT,
        "%-24s %6d %8d %-20s %-20s%n",
        name,
        list.number(),
        list.entries(),
        list.thisUpdate(),
        list.nextUpdate());
    if (folder != null) {
      Pem.write(folder.resolve(name + ".crl"), list.der().toArray());
    }
  }
}
