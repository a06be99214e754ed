// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.smki;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.meterbox.app.system.CentralParties;
import org.meterbox.smki.ceremony.CeremonyRule;
import org.meterbox.smki.ceremony.SealedKeys.Keys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Signs commands with the recovery key. */
@Command(
    name = "recover",
    description = {
      "With a quorum, sign commands that put new certificates into devices' cells by the recovery",
      "key (GBCS CS02b, 0x0108). The new ones are the party's own, or the Access Control Broker's",
      "in its place until the party asks for the devices back (SRV 6.21).",
      "Example: smki ceremony recover --share ann.share --share bob.share --decision 'PMA 12' \\",
      "              --device 00-DB-12-34-56-78-90-A0 --replace supplier.pem --out commands"
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:signed", "1:refused, with the rule", "2:wrong arguments"})
final class RecoverCommand implements Callable<Integer> {
  @Mixin private Quorum quorum = new Quorum();
  @Mixin private Replacements replacements = new Replacements();
  @Mixin private Orders orders = new Orders();
  @Mixin private SmkiOptions options = new SmkiOptions();
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (SmkiInstallation smki = SmkiInstallation.open(options, err)) {
      int exitCode =
          quorum.hold(
              smki, options.directory().root(), "recovery", err, keys -> work(smki, keys, out));
      out.flush();
      return exitCode;
    }
  }

  private Quorum.Result work(SmkiInstallation smki, Keys keys, PrintWriter out) throws IOException {
    Optional<CeremonyRule.Broken> fault =
        replacements.check(smki.validator(), smki.clock().instant());
    if (fault.isPresent()) {
      return new Quorum.Result.Refused(fault.get());
    }
    if (replacements.checked().isEmpty()) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), "nothing to --replace");
    }
    List<String> account =
        orders.sign(
            smki,
            CredentialCommand.byRecovery(CentralParties.RECOVERY),
            replacements.checked(),
            replacements.path(),
            keys.recovery().signing());
    account.forEach(out::println);
    return new Quorum.Result.Done(account);
  }
}
