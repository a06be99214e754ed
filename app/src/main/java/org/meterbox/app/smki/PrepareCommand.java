// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.smki;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.meterbox.app.files.OutputPath;
import org.meterbox.app.system.CentralParties;
import org.meterbox.app.system.Enrolment;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.audit.AuditAction;
import org.meterbox.smki.ceremony.CeremonyRule;
import org.meterbox.smki.ceremony.Custody;
import org.meterbox.smki.ceremony.SealedKeys;
import org.meterbox.smki.ceremony.SealedKeys.Sealing;
import org.meterbox.smki.ceremony.Share;
import org.meterbox.smki.ceremony.ShareFile;
import org.meterbox.smki.profile.CellUsage;
import org.meterbox.smki.profile.CertificateSubject;
import org.meterbox.smki.profile.KeyUse;
import org.meterbox.smki.vault.HeldKey;
import org.meterbox.smki.vault.Pkcs12Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Seals the keys and hands the shares out. */
@Command(
    name = "prepare",
    description = {
      "Seal the recovery key and the contingency key, once, and give each custodian a share.",
      "Each share is encrypted under its custodian's passphrase. Afterwards the keys can be used",
      "by enough custodians together, and by nobody else.",
      "Example: smki ceremony prepare --threshold 3 --custodian ann,bob,cat,dan,eve --out shares"
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:sealed", "1:refused, with the rule", "2:wrong arguments"})
final class PrepareCommand implements Callable<Integer> {
  @Option(names = "--threshold", required = true, description = "How many must meet.")
  private int threshold;

  @Option(
      names = "--custodian",
      paramLabel = "NAME",
      required = true,
      split = ",",
      description = "Who gets a share: lower case letters, digits and dashes.")
  private List<String> custodians = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Where NAME.share is written for each.")
  @OutputPath
  private @Nullable Path folder;

  @Mixin private Passphrases passphrases = new Passphrases();
  @Mixin private SmkiOptions options = new SmkiOptions();
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Path shares = Objects.requireNonNull(folder);
    Files.createDirectories(shares);
    try (SmkiInstallation smki = SmkiInstallation.open(options, err)) {
      Sealing sealing =
          smki.sealedKeys()
              .seal(
                  smki.softwareVault(),
                  sealed -> putRecovery(smki, sealed),
                  threshold,
                  custodians,
                  share -> handOver(smki, shares, share));
      return switch (sealing) {
        case Sealing.Refused(CeremonyRule.Broken broken) ->
            Refusal.say(err, broken.rule(), broken.rule().demand(), broken.detail());
        case Sealing.Sealed(Custody custody) -> {
          forgetEverydayRecovery(smki);
          smki.audit()
              .append(
                  smki.actor(),
                  AuditAction.CEREMONY,
                  String.format(
                      Locale.ROOT,
                      "recovery and contingency key sealed; %d of %s can open set %s",
                      custody.threshold(),
                      custodians,
                      custody.set().hex()));
          out.printf(
              Locale.ROOT,
              "sealed; any %d of %d custodians can open it: %s%n",
              custody.threshold(),
              custodians.size(),
              String.join(", ", custodians));
          out.println("give each custodian the file NAME.share in " + shares + " and delete it");
          out.flush();
          yield 0;
        }
      };
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
    } catch (DecodeException altered) {
      throw new IOException(altered.getMessage(), altered);
    }
  }

  private void forgetEverydayRecovery(SmkiInstallation smki) {
    Path central = options.directory().centralParties();
    if (Files.exists(central.resolve("keys.p12"))) {
      Pkcs12Vault.openIn(central, "keys", smki.random()).destroy(Enrolment.RECOVERY_KEY);
    }
  }

  private void handOver(SmkiInstallation smki, Path shares, Share share) throws IOException {
    char[] passphrase = passphrases.chosen(share.custodian());
    ShareFile.write(
        shares.resolve(share.custodian() + ".share"),
        share,
        passphrase,
        ShareFile.ITERATIONS,
        smki.random());
    Arrays.fill(passphrase, '\0');
  }

  /** The recovery party's key of a system that has run before, or a new one. */
  private void putRecovery(SmkiInstallation smki, Pkcs12Vault sealed) {
    Path central = options.directory().centralParties();
    if (Files.exists(central.resolve("keys.p12"))) {
      Pkcs12Vault everyday = Pkcs12Vault.openIn(central, "keys", smki.random());
      if (everyday.find(Enrolment.RECOVERY_KEY).isPresent()) {
        everyday.copyTo(sealed, Enrolment.RECOVERY_KEY, SealedKeys.RECOVERY);
        return;
      }
    }
    HeldKey _ =
        smki.issuer()
            .findOrEnrol(
                sealed,
                SealedKeys.RECOVERY,
                CentralParties.RECOVERY,
                new CertificateSubject.Organisation(
                    Optional.empty(), RemotePartyRole.RECOVERY, CentralParties.RECOVERY),
                KeyUse.DIGITAL_SIGNATURE,
                CellUsage.MANAGEMENT);
  }
}
