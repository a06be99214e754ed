// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.smki;

import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.meterbox.kernel.Eui64;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.Revocation;
import org.meterbox.smki.revocation.RevocationOutcome;
import org.meterbox.smki.revocation.RevocationOutcome.Rule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes an organisation's certificate back. */
@Command(
    name = "revoke",
    description = {
      "Revoke a certificate of an organisation or of a person; the next list says so at once.",
      "Devices' certificates cannot be revoked: devices are given new ones instead.",
      "Example: smki revoke 4A31F0 --for 90-B3-D5-1F-30-01-00-00 --reason key_compromise"
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:revoked", "1:refused, with the rule", "2:wrong arguments"})
final class RevokeCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "SERIAL",
      converter = Converters.Serial.class,
      description = "The serial number, in hexadecimal digits.")
  private @Nullable BigInteger serial;

  @Option(
      names = "--for",
      paramLabel = "EUI",
      required = true,
      converter = Converters.Eui.class,
      description = "The subscriber that asks.")
  private @Nullable Eui64 requester;

  @Option(names = "--reason", description = "${COMPLETION-CANDIDATES}.")
  private Revocation.Reason reason = Revocation.Reason.UNSPECIFIED;

  @Mixin private SmkiOptions options = new SmkiOptions();
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    BigInteger wanted = Objects.requireNonNull(serial);
    try (SmkiInstallation smki = SmkiInstallation.open(options, err)) {
      List<CertificateRecord> found = smki.repository().findBySerial(wanted);
      if (found.isEmpty()) {
        return Refusal.say(
            err,
            Rule.KNOWN,
            Rule.KNOWN.demand(),
            String.format(Locale.ROOT, "no certificate %x", wanted));
      }
      RevocationOutcome outcome =
          smki.revocations()
              .revoke(
                  smki.actor(), Objects.requireNonNull(requester), found.getFirst().id(), reason);
      return switch (outcome) {
        case RevocationOutcome.Refused(Rule rule, String detail) ->
            Refusal.say(err, rule, rule.demand(), detail);
        case RevocationOutcome.Revoked(CertificateRecord record) -> {
          out.println("revoked " + CertificateText.line(record, smki.clock().instant()));
          out.flush();
          yield 0;
        }
      };
    }
  }
}
