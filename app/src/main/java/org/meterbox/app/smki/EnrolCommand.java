// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.smki;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.issuing.EuiRange;
import org.meterbox.smki.registration.Registration;
import org.meterbox.smki.registration.RegistrationAuthority;
import org.meterbox.smki.registration.RegistrationOutcome;
import org.meterbox.smki.registration.RegistrationStep;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.vault.HeldKey;
import org.meterbox.smki.vault.Pkcs12Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes an organisation through its whole registration. */
@Command(
    name = "enrol",
    description = {
      "Register an organisation until it is an Authorised Subscriber.",
      "All steps of the registration authority are taken one after the other: application,",
      "verification, a Senior and an Authorised Responsible Officer, the officer's credential.",
      "Each stands in the audit log. The officer's key goes to the folder officers of the data",
      "directory.",
      "Example: smki enrol 90-B3-D5-1F-30-01-00-00 --name 'Supplier One' --role supplier \\",
      "              --devices 00-DB-12-34-56-78-00-00..00-DB-12-34-56-78-FF-FF"
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:registered", "1:refused, with the rule", "2:wrong arguments"})
final class EnrolCommand implements Callable<Integer> {
  /** Numbers of the officers, in the order of their nomination. */
  private static final int SENIOR = 1;

  private static final int OFFICER = 2;

  @Parameters(
      paramLabel = "EUI",
      converter = Converters.Eui.class,
      description = "The organisation's EUI-64.")
  private @Nullable Eui64 organisation;

  @Option(names = "--name", required = true, description = "Its registered name.")
  private String name = "";

  @Option(
      names = "--role",
      required = true,
      split = ",",
      description = "Its roles: ${COMPLETION-CANDIDATES}.")
  private List<RemotePartyRole> roles = new ArrayList<>();

  @Option(
      names = "--organisations",
      paramLabel = "FIRST..LAST",
      converter = Converters.Range.class,
      description = "EUI-64s of its own certificates; its own one always belongs to them.")
  private List<EuiRange> organisations = new ArrayList<>();

  @Option(
      names = "--devices",
      paramLabel = "FIRST..LAST",
      converter = Converters.Range.class,
      description = "Devices for which it may ask; may be repeated.")
  private List<EuiRange> devices = new ArrayList<>();

  @Option(names = "--director", description = "Who nominates (default: ${DEFAULT-VALUE}).")
  private String director = "The Director";

  @Option(names = "--senior", description = "Senior Responsible Officer.")
  private String senior = "The Senior Officer";

  @Option(names = "--officer", description = "Authorised Responsible Officer.")
  private String officer = "The Authorised Officer";

  @Option(names = "--evidence", description = "By what all of them were verified.")
  private String evidence = "a face-to-face meeting";

  @Mixin private SmkiOptions options = new SmkiOptions();
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Eui64 eui = Objects.requireNonNull(organisation);
    try (SmkiInstallation smki = SmkiInstallation.open(options, err)) {
      List<EuiRange> own = new ArrayList<>(organisations);
      own.addFirst(EuiRange.of(eui));
      RegistrationAuthority authority = smki.registrations();
      Optional<RegistrationOutcome.Refused> refusal =
          refusal(authority.apply(smki.actor(), eui, name, Set.copyOf(roles), own, devices))
              .or(() -> take(smki, eui, before()))
              .or(() -> credential(smki, eui))
              .or(() -> take(smki, eui, List.of(new RegistrationStep.Authorise())));
      if (refusal.isPresent()) {
        RegistrationOutcome.Refused refused = refusal.get();
        return Refusal.say(err, refused.rule(), refused.rule().demand(), refused.detail());
      }
      Registration registered = authority.find(eui).orElseThrow();
      out.printf(
          Locale.ROOT,
          "%s %s is %s, roles %s%n",
          eui,
          registered.name(),
          registered.standing(),
          roles);
      out.flush();
    }
    return 0;
  }

  private List<RegistrationStep> before() {
    return List.of(
        new RegistrationStep.VerifyOrganisation(evidence),
        new RegistrationStep.NominateSenior(senior, RegistrationStep.Position.DIRECTOR, director),
        new RegistrationStep.VerifyOfficer(SENIOR, evidence),
        new RegistrationStep.NominateAuthorised(officer, SENIOR),
        new RegistrationStep.VerifyOfficer(OFFICER, evidence));
  }

  private static Optional<RegistrationOutcome.Refused> take(
      SmkiInstallation smki, Eui64 eui, List<RegistrationStep> steps) {
    for (RegistrationStep step : steps) {
      Optional<RegistrationOutcome.Refused> refusal =
          refusal(smki.registrations().step(smki.actor(), eui, step));
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return Optional.empty();
  }

  private static Optional<RegistrationOutcome.Refused> refusal(RegistrationOutcome outcome) {
    return outcome instanceof RegistrationOutcome.Refused refused
        ? Optional.of(refused)
        : Optional.empty();
  }

  private Optional<RegistrationOutcome.Refused> credential(SmkiInstallation smki, Eui64 eui) {
    Path folder = options.directory().root().resolve("officers");
    Pkcs12Vault vault = Pkcs12Vault.openIn(folder, eui.hex() + "-" + OFFICER, smki.random());
    try {
      HeldKey _ = vault.create("officer", key -> chain(smki, eui, key.publicKey()));
      return Optional.empty();
    } catch (CredentialRefusedException refused) {
      return Optional.of(refused.refusal);
    }
  }

  private static List<X509Certificate> chain(SmkiInstallation smki, Eui64 eui, ECPublicKey key) {
    return switch (smki.registrations().credential(smki.actor(), eui, OFFICER, key)) {
      case RegistrationAuthority.Credential.Given(CertificateRecord record) -> {
        List<X509Certificate> chain = new ArrayList<>(smki.authorities().ikiIssuing().chain());
        chain.addFirst(record.certificate());
        yield chain;
      }
      case RegistrationAuthority.Credential.Refused(RegistrationOutcome.Refused refused) ->
          throw new CredentialRefusedException(refused);
      case RegistrationAuthority.Credential.KeyUsedBefore() ->
          throw new IllegalStateException("a fresh key was used before");
    };
  }

  /** Leaves the vault's making of a key without a key. */
  private static final class CredentialRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient RegistrationOutcome.Refused refusal;

    CredentialRefusedException(RegistrationOutcome.Refused refusal) {
      super(refusal.detail());
      this.refusal = refusal;
    }
  }
}
