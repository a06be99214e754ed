// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.keyexport;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.meterbox.adapter.certificates.SmkiRepositoryClient;
import org.meterbox.app.files.OutputPath;
import org.meterbox.app.system.Addresses;
import org.meterbox.app.system.CentralParties;
import org.meterbox.app.system.DataDirectory;
import org.meterbox.app.system.DataOption;
import org.meterbox.app.system.Home;
import org.meterbox.app.system.Participant;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.vault.Pkcs12Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes keys and certificates of a system to a folder, in the form that {@code --keys} takes. */
@Command(
    name = "export",
    description = {
      "Write the keys and certificates of a system to a folder, in the form that --keys takes:",
      "EUI-ds and EUI-ka (suppliers also EUI-pp-ka), and EUI-xml for signing requests, each with",
      ".pem for the certificate and .key for the private key, which is NOT encrypted.",
      "",
      "These are the keys of the users and of the DCC's own parties; of devices the",
      "certificates, which the SMKI Repository of the running system gives.",
      ""
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything was written",
      "1:there is no system, or it does not run: its devices' certificates are missing then",
      "2:wrong arguments"
    },
    footerHeading = "%nExample:%n",
    footer = "  ./meterbox keys export keys")
final class KeysExportCommand implements Callable<Integer> {
  private static final String VAULT = "keys";

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FOLDER", description = "where to write; made where it is missing")
  @OutputPath
  private Path folder = Path.of("");

  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec, "set by picocli").commandLine().getOut();
    DataDirectory directory = data.directory("up");
    if (!Files.exists(directory.trust())) {
      throw new IOException(
          String.format(
                  Locale.ROOT,
                  "no system has kept its data in %s: start one with ./meterbox up, or name the folder with",
                  directory.root())
              + " --data DIR");
    }
    KeyExport export = new KeyExport(folder);
    for (Participant participant : Participant.ALL) {
      open(directory.user(participant))
          .ifPresent(vault -> export.vault(vault, _ -> Optional.of(participant.id())));
    }
    open(directory.centralParties())
        .ifPresent(vault -> export.vault(vault, KeysExportCommand::centralParty));
    Optional<Addresses> running = Addresses.read(directory.addresses());
    if (running.isPresent()) {
      try (SmkiRepositoryClient repository = new SmkiRepositoryClient(running.get().repository())) {
        export.device(repository, Home.FIRST.electricityMeter());
        export.device(repository, Home.FIRST.hub());
        export.device(repository, Home.FIRST.gasProxy());
        export.device(repository, Home.FIRST.gasMeter());
      }
    }
    out.println(
        String.format(
            Locale.ROOT,
            "%s private keys and %s certificates written to %s",
            export.privateKeys(),
            export.certificates(),
            folder));
    out.flush();
    if (running.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println(
              "meterbox: the certificates of the devices are missing: no system runs with its data"
                  + " in "
                  + directory.root()
                  + "; start it with ./meterbox up and export again");
      return 1;
    }
    return 0;
  }

  /** A vault is not made where there is none. */
  private static Optional<Pkcs12Vault> open(Path place) {
    return Files.exists(place.resolve(VAULT + ".p12"))
        ? Optional.of(Pkcs12Vault.openIn(place, VAULT, new SecureRandom()))
        : Optional.empty();
  }

  /** Each of the DCC's own roles belongs to one party; others are nobody's here. */
  private static Optional<Eui64> centralParty(RemotePartyRole role) {
    return switch (role) {
      case ACCESS_CONTROL_BROKER, DSP_XML_SIGNING ->
          Optional.of(CentralParties.ACCESS_CONTROL_BROKER);
      case RECOVERY -> Optional.of(CentralParties.RECOVERY);
      case TRANSITIONAL_COS -> Optional.of(CentralParties.TRANSITIONAL_COS);
      case WAN_PROVIDER -> Optional.of(CentralParties.WAN_PROVIDER);
      default -> Optional.empty();
    };
  }
}
