// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.smki;

import java.io.Console;
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
import org.jspecify.annotations.Nullable;
import org.meterbox.app.files.InputPath;
import org.meterbox.app.files.OutputPath;
import org.meterbox.kernel.DecodeException;
import org.meterbox.smki.audit.AuditAction;
import org.meterbox.smki.audit.AuditEntry;
import org.meterbox.smki.ceremony.CeremonyRule;
import org.meterbox.smki.ceremony.SealedKeys.Keys;
import org.meterbox.smki.ceremony.SealedKeys.Unsealing;
import org.meterbox.smki.ceremony.Share;
import org.meterbox.smki.ceremony.ShareFile;
import org.meterbox.smki.ceremony.ShareFile.Opening;
import org.meterbox.smki.ceremony.Transcript;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The meeting of the custodians: each comes with a share, and all of it is recorded. */
final class Quorum {
  private static final String ENDING = ".share";

  @Option(
      names = "--share",
      paramLabel = "FILE",
      description = "A custodian's share, NAME.share; asked for at a terminal where none is given.")
  @InputPath(purpose = "the custodians' shares")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--decision",
      paramLabel = "TEXT",
      required = true,
      description = "By what decision of the SMKI PMA the keys are used, for the record.")
  private String decision = "";

  @Option(
      names = "--transcript",
      paramLabel = "FILE",
      description = "Where the ceremony is recorded (default: in the data directory).")
  @OutputPath
  private @Nullable Path transcriptFile;

  @Mixin private Passphrases passphrases = new Passphrases();

  /** What is done with the keys while they are open. */
  interface Work {
    /** Does it; tells what goes into the transcript, or which rule forbids it. */
    Result run(Keys keys) throws IOException;
  }

  /** The outcome of the work. */
  sealed interface Result {
    /** It was done. */
    record Done(List<String> account) implements Result {}

    /** It was not. */
    record Refused(CeremonyRule.Broken broken) implements Result {}
  }

  /** Holds the ceremony. */
  int hold(SmkiInstallation smki, Path data, String purpose, PrintWriter err, Work work)
      throws IOException {
    Path file = transcriptPath(smki, data);
    Transcript transcript = Transcript.begin(file, smki.clock());
    transcript.append(smki.actor(), AuditAction.CEREMONY, "convened for " + purpose);
    transcript.append("SMKI PMA", AuditAction.CEREMONY, "decided: " + decision);
    Optional<CeremonyRule.Broken> refused;
    try {
      refused = meet(smki, transcript, work);
    } catch (DecodeException malformed) {
      throw new IOException(malformed.getMessage(), malformed);
    }
    String end =
        refused
            .map(broken ->
                String.format(Locale.ROOT, "ended without result under %s", broken.rule()))
            .orElse("ended");
    AuditEntry last = transcript.append(smki.actor(), AuditAction.CEREMONY, end);
    smki.audit()
        .append(
            smki.actor(),
            AuditAction.CEREMONY,
            String.format(
                Locale.ROOT,
                "%s for %s; transcript of %d entries, head %s",
                end,
                purpose,
                last.number(),
                last.hash().hex()));
    err.println("transcript: " + file);
    err.flush();
    return refused
        .map(broken -> Refusal.say(err, broken.rule(), broken.rule().demand(), broken.detail()))
        .orElse(0);
  }

  private Path transcriptPath(SmkiInstallation smki, Path data) throws IOException {
    if (transcriptFile != null) {
      return transcriptFile;
    }
    Path folder = Files.createDirectories(data.resolve("ceremonies"));
    return folder.resolve(
        smki.clock().instant().toString().replaceAll("[^0-9TZ]", "") + ".transcript");
  }

  private Optional<CeremonyRule.Broken> meet(
      SmkiInstallation smki, Transcript transcript, Work work) throws IOException, DecodeException {
    List<Share> shares = new ArrayList<>();
    for (Path file : files.isEmpty() ? asked() : files) {
      String who = name(file);
      char[] passphrase = passphrases.known(who);
      Opening opening = ShareFile.open(file, passphrase);
      Arrays.fill(passphrase, '\0');
      Optional<CeremonyRule.Broken> fault =
          switch (opening) {
            case Opening.Refused(String custodian) ->
                Optional.of(
                    CeremonyRule.PASSPHRASE.broken(
                        String.format(
                            Locale.ROOT,
                            "the passphrase of %s is a wrong one, or the file was altered",
                            custodian)));
            case Opening.Opened(Share share) -> {
              shares.add(share);
              yield smki.sealedKeys().faultOf(share);
            }
          };
      transcript.append(
          who,
          AuditAction.CEREMONY,
          fault.map(broken -> "came; " + broken.detail()).orElse("came with the right share"));
      if (fault.isPresent()) {
        return fault;
      }
    }
    return switch (smki.sealedKeys().unseal(shares)) {
      case Unsealing.Refused(CeremonyRule.Broken broken) -> {
        transcript.append(smki.actor(), AuditAction.CEREMONY, "stays sealed: " + broken.detail());
        yield Optional.of(broken);
      }
      case Unsealing.Unsealed(Keys keys) -> {
        transcript.append(
            smki.actor(),
            AuditAction.CEREMONY,
            String.format(Locale.ROOT, "unsealed by %d custodians", shares.size()));
        yield done(transcript, smki.actor(), work.run(keys));
      }
    };
  }

  private static Optional<CeremonyRule.Broken> done(
      Transcript transcript, String actor, Result result) {
    return switch (result) {
      case Result.Refused(CeremonyRule.Broken broken) -> {
        transcript.append(actor, AuditAction.CEREMONY, "refused: " + broken.detail());
        yield Optional.of(broken);
      }
      case Result.Done(List<String> account) -> {
        account.forEach(line -> transcript.append(actor, AuditAction.CEREMONY, line));
        yield Optional.empty();
      }
    };
  }

  /** Guides those who meet at a terminal. */
  private static List<Path> asked() throws IOException {
    Console console = Objects.requireNonNull(System.console(), "since JDK 22 there is always one");
    if (!console.isTerminal()) {
      throw new IOException("no --share was given, and there is no terminal to ask at");
    }
    List<Path> given = new ArrayList<>();
    while (true) {
      String line =
          Optional.ofNullable(console.readLine("share file of the next custodian, or none: "))
              .orElse("")
              .strip();
      if (line.isEmpty()) {
        return given;
      }
      given.add(Path.of(line));
    }
  }

  private static String name(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
  }
}
