// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.smki;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.meterbox.smki.authority.CertificateAuthority;
import org.meterbox.smki.profile.CertificateKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Makes every authority that is not there yet. */
@Command(
    name = "init",
    description = {
      "Make the authorities of all hierarchies, their repository and their first lists.",
      "What is there stays as it is, so this can be repeated. Their certificates are written to",
      "the folder certificates of the data directory.",
      "Example: smki init --data /tmp/trial"
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:the authorities are there", "1:they could not be made", "2:wrong arguments"})
final class InitCommand implements Callable<Integer> {
  @Mixin private SmkiOptions options = new SmkiOptions();
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (SmkiInstallation smki =
        SmkiInstallation.openOrCreate(options, spec.commandLine().getErr())) {
      smki.signDueLists();
      Path folder = options.directory().root().resolve("certificates");
      List<X509Certificate> roots = new ArrayList<>();
      for (CertificateAuthority authority : smki.authorities().all()) {
        X509Certificate certificate = authority.certificate();
        if (authority.kind().isRoot()) {
          roots.add(certificate);
        }
        Path file = folder.resolve(fileName(authority) + ".pem");
        Pem.write(file, Pem.text(List.of(certificate)));
        out.printf(
            Locale.ROOT,
            "%-26s %-32s until %tF  %s%n",
            fileName(authority),
            certificate.getSubjectX500Principal(),
            certificate.getNotAfter(),
            file);
      }
      Pem.write(folder.resolve("roots.pem"), Pem.text(roots));
      out.flush();
    }
    return 0;
  }

  /** Of issuing authorities for devices there are many. */
  private static String fileName(CertificateAuthority authority) {
    String kind = Pem.name(authority.kind());
    return authority.kind() == CertificateKind.ISSUING_DCA
        ? kind + "-" + authority.name().rfc2253().replace("CN=", "")
        : kind;
  }
}
