// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.smki;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.meterbox.app.files.InputPath;
import org.meterbox.kernel.DecodeException;
import org.meterbox.smki.audit.AuditLog;
import org.meterbox.smki.ceremony.Transcript;
import org.meterbox.smki.validation.CertificateValidator;
import org.meterbox.smki.validation.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks certificates against the hierarchies, and the logs against themselves. */
@Command(
    name = "verify",
    description = {
      "Check certificates: chain, dates, revocation. With --audit also the audit log, with",
      "--transcript the record of a key ceremony: whether anything was changed, left out or put in.",
      "Example: smki verify device.pem --audit"
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:all is as it should be", "1:something is not", "2:wrong arguments"})
final class VerifyCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "Files with certificates, PEM or DER.")
  @InputPath(purpose = "the certificates to check")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "As of this moment, such as 2030-01-01T00:00:00Z (default: now).")
  private @Nullable String at;

  @Option(names = "--audit", description = "Walk through the audit log.")
  private boolean audit;

  @Option(
      names = "--transcript",
      arity = "1..*",
      paramLabel = "FILE",
      description = "Walk through the transcripts of key ceremonies; stands behind other files.")
  @InputPath(purpose = "the transcripts of key ceremonies")
  private List<Path> transcripts = new ArrayList<>();

  @Mixin private SmkiOptions options = new SmkiOptions();
  @Spec private @Nullable CommandSpec spec;

  private boolean good = true;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    if (files.isEmpty() && transcripts.isEmpty() && !audit) {
      throw usage("give a certificate file, --audit or --transcript FILE");
    }
    Optional<Instant> moment = moment();
    try (SmkiInstallation smki = SmkiInstallation.open(options, spec.commandLine().getErr())) {
      CertificateValidator validator = smki.validator();
      for (Path file : files) {
        for (X509Certificate certificate : Pem.certificates(file)) {
          Instant when = moment.orElseGet(() -> smki.clock().instant());
          judge(out, file.toString(), validator.validate(certificate, when));
        }
      }
      if (audit) {
        judge(out, "audit log", smki.audit());
      }
      for (Path file : transcripts) {
        judge(out, file.toString(), transcript(file, smki));
      }
      out.flush();
    }
    return good ? 0 : 1;
  }

  private static Transcript transcript(Path file, SmkiInstallation smki) throws IOException {
    try {
      return Transcript.read(file, smki.clock());
    } catch (DecodeException malformed) {
      throw new IOException(file + ": " + malformed.getMessage(), malformed);
    }
  }

  private void judge(PrintWriter out, String what, Verdict verdict) {
    switch (verdict) {
      case Verdict.Trusted(List<X509Certificate> chain) ->
          out.printf(
              Locale.ROOT,
              "%s: trusted, below %s%n",
              what,
              chain.stream()
                  .skip(1)
                  .map(issuer -> issuer.getSubjectX500Principal().getName())
                  .collect(Collectors.joining(" below ")));
      case Verdict.Distrusted distrusted -> {
        good = false;
        out.printf(
            Locale.ROOT, "%s: NOT TRUSTED, %s: %s%n", what, distrusted.rule(), distrusted.detail());
      }
    }
  }

  private void judge(PrintWriter out, String what, AuditLog log) {
    switch (log.verify()) {
      case AuditLog.Verification.Intact(long entries, var head) ->
          out.printf(Locale.ROOT, "%s: intact, %d entries, head %s%n", what, entries, head.hex());
      case AuditLog.Verification.Broken(long number, String why) -> {
        good = false;
        out.printf(Locale.ROOT, "%s: BROKEN at entry %d: %s%n", what, number, why);
      }
    }
  }

  private Optional<Instant> moment() {
    try {
      return Optional.ofNullable(at).map(Instant::parse);
    } catch (DateTimeParseException malformed) {
      throw usage("--at takes a time such as 2030-01-01T00:00:00Z");
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }
}
