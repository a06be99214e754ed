// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.smki;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.meterbox.app.files.InputPath;
import org.meterbox.app.files.OutputPath;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.issuing.BatchDesk;
import org.meterbox.smki.issuing.BatchProgress;
import org.meterbox.smki.issuing.BatchResult;
import org.meterbox.smki.issuing.BatchSubmission;
import org.meterbox.smki.issuing.Issuance;
import org.meterbox.smki.profile.CellUsage;
import org.meterbox.smki.profile.CertificateSubject;
import org.meterbox.smki.profile.KeyUse;
import org.meterbox.smki.registration.RegistrationStep;
import org.meterbox.smki.repository.CertificateRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Issues on one request or on a whole file of them. */
@Command(
    name = "issue",
    description = {
      "Issue a certificate on a PKCS#10 request (PEM or DER), or devices' certificates on a batch.",
      "A batch file has one request a line, DER in Base64. Handing the same file in again goes on",
      "where an interrupted batch was; the results come in the order of the requests.",
      "With --new-key the key and its request are made here, for trials.",
      "Examples:",
      "  smki issue device.csr --for 90-B3-D5-1F-30-01-00-00 --out device.pem",
      "  smki issue --batch line7.txt --for 90-B3-D5-1F-30-01-00-00 --out results.txt",
      "  smki issue --new-key own.key --role supplier --use ds --for 90-B3-D5-1F-30-01-00-00",
      "  smki issue --batch line7.txt --trial-devices 50000 --device 00-DB-12-34-56-78-00-00 \\",
      "             --for 90-B3-D5-1F-30-01-00-00"
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:issued; of a batch, every request",
      "1:refused, with the rule; of a batch, at least one request",
      "2:wrong arguments"
    })
final class IssueCommand implements Callable<Integer> {
  private static final int SHOWN_PER_BATCH = 20;
  private static final int DEVICES_TOLD = 10_000;

  @Parameters(arity = "0..1", paramLabel = "REQUEST", description = "The PKCS#10 request.")
  @InputPath(purpose = "the certificate signing request")
  private @Nullable Path request;

  @Option(
      names = "--for",
      paramLabel = "EUI",
      required = true,
      converter = Converters.Eui.class,
      description = "The Authorised Subscriber that asks.")
  private @Nullable Eui64 requester;

  @Option(names = "--batch", paramLabel = "FILE", description = "A file of devices' requests.")
  @OutputPath
  private @Nullable Path batch;

  @Option(
      names = "--trial-devices",
      paramLabel = "N",
      description = {
        "With --batch: do not issue, but write the file as a factory line would, with two requests",
        "for each of N devices from --device on; nobody keeps their private keys."
      })
  private int trialDevices;

  @Option(
      names = "--new-key",
      paramLabel = "FILE",
      description = "Make a key here and write it to this file (PKCS#8, PEM, not encrypted).")
  @OutputPath
  private @Nullable Path newKey;

  @Option(
      names = "--device",
      paramLabel = "EUI",
      converter = Converters.Eui.class,
      description = "With --new-key: the device, or else the organisation itself is meant.")
  private @Nullable Eui64 device;

  @Option(names = "--role", description = "With --new-key: ${COMPLETION-CANDIDATES}.")
  private @Nullable RemotePartyRole role;

  @Option(
      names = "--use",
      paramLabel = "DS|KA",
      converter = Converters.Use.class,
      description = "With --new-key: what the key is for.")
  private @Nullable KeyUse use;

  @Option(names = "--top-up", description = "An organisation's key agreement key for top-ups.")
  private boolean topUp;

  @Option(names = "--chain", description = "Write the issuers' certificates too.")
  private boolean chain;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the result goes (default: standard output).")
  @OutputPath
  private @Nullable Path outFile;

  @Mixin private SmkiOptions options = new SmkiOptions();
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    int ways = (request == null ? 0 : 1) + (batch == null ? 0 : 1) + (newKey == null ? 0 : 1);
    if (ways != 1) {
      throw usage("give one of: a request, --batch FILE, --new-key FILE");
    }
    if (batch != null && trialDevices > 0) {
      return writeTrialBatch(batch);
    }
    if (batch != null && !Files.isReadable(batch)) {
      throw usage("cannot read " + batch);
    }
    try (SmkiInstallation smki = SmkiInstallation.open(options, err)) {
      if (batch != null) {
        return issueBatch(smki, Objects.requireNonNull(requester), batch);
      }
      return issueOne(smki, Objects.requireNonNull(requester));
    }
  }

  private int issueOne(SmkiInstallation smki, Eui64 subscriber) throws IOException {
    Optional<TrialKey> trial = Optional.ofNullable(newKey).map(_ -> trialKey(smki, subscriber));
    Octets csr =
        trial.isPresent() ? trial.get().request() : Pem.request(Objects.requireNonNull(request));
    smki.registrations().step(smki.actor(), subscriber, new RegistrationStep.NoteRequest());
    Issuance outcome =
        smki.issuer()
            .issue(
                smki.actor(),
                subscriber,
                csr,
                topUp ? CellUsage.PREPAYMENT_TOP_UP : CellUsage.MANAGEMENT);
    return switch (outcome) {
      case Issuance.Refused(var rule, String detail) ->
          Refusal.say(err(), rule, rule.demand(), detail);
      case Issuance.Issued(CertificateRecord record, List<X509Certificate> issuers) -> {
        smki.registrations().step(smki.actor(), subscriber, new RegistrationStep.NoteCertificate());
        if (trial.isPresent()) {
          trial.get().write(Objects.requireNonNull(newKey));
        }
        write(chain ? issuers : List.of(record.certificate()));
        err()
            .printf(
                Locale.ROOT, "issued %s%n", CertificateText.line(record, smki.clock().instant()));
        err().flush();
        yield 0;
      }
    };
  }

  private TrialKey trialKey(SmkiInstallation smki, Eui64 subscriber) {
    if (use == null || (device == null) == (role == null)) {
      throw usage("--new-key needs --use, and either --device or --role");
    }
    CertificateSubject subject =
        device != null
            ? new CertificateSubject.Device(device)
            : new CertificateSubject.Organisation(
                Optional.empty(), Objects.requireNonNull(role), subscriber);
    return TrialKey.make(subject, use, smki.random());
  }

  private void write(List<X509Certificate> certificates) throws IOException {
    String text = Pem.text(certificates);
    if (outFile == null) {
      PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
      out.print(text);
      out.flush();
    } else {
      Pem.write(outFile, text);
    }
  }

  private int writeTrialBatch(Path file) throws IOException {
    if (device == null || 2 * trialDevices > BatchDesk.REQUESTS_MAX) {
      throw usage(
          "--trial-devices goes with --device and is at most " + BatchDesk.REQUESTS_MAX / 2);
    }
    SecureRandom random = new SecureRandom();
    try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
      for (int i = 0; i < trialDevices; i++) {
        CertificateSubject one = new CertificateSubject.Device(new Eui64(device.value() + i));
        for (KeyUse each : List.of(KeyUse.DIGITAL_SIGNATURE, KeyUse.KEY_AGREEMENT)) {
          byte[] csr = TrialKey.make(one, each, random).request().toArray();
          writer.write(Base64.getEncoder().encodeToString(csr) + "\n");
        }
        if ((i + 1) % DEVICES_TOLD == 0) {
          err().printf(Locale.ROOT, "  %,d of %,d devices%n", i + 1, trialDevices);
          err().flush();
        }
      }
    }
    err().printf(Locale.ROOT, "%,d requests in %s%n", 2 * trialDevices, file);
    err().flush();
    return 0;
  }

  private int issueBatch(SmkiInstallation smki, Eui64 subscriber, Path file) throws IOException {
    BatchDesk desk = smki.batches();
    smki.registrations().step(smki.actor(), subscriber, new RegistrationStep.NoteRequest());
    BatchProgress submitted;
    switch (desk.submit(smki.actor(), subscriber, file)) {
      case BatchSubmission.Refused(var rule, String detail) -> {
        return Refusal.say(err(), rule, "the batch as a whole", detail);
      }
      case BatchSubmission.Accepted(BatchProgress fresh) -> {
        submitted = fresh;
        err().printf(Locale.ROOT, "batch %s: %,d requests%n", fresh.id(), fresh.requests());
      }
      case BatchSubmission.KnownBefore(BatchProgress before) -> {
        submitted = before;
        err()
            .printf(
                Locale.ROOT,
                "batch %s is known: %,d of %,d requests are done, going on%n",
                before.id(),
                before.done(),
                before.requests());
      }
    }
    err().flush();
    BatchProgress finished = desk.finish(submitted.id(), new Progress());
    if (finished.issued() > 0) {
      smki.registrations().step(smki.actor(), subscriber, new RegistrationStep.NoteCertificate());
    }
    writeResults(desk, finished.id());
    err()
        .printf(
            Locale.ROOT,
            "%,d certificates for %,d requests%s%n",
            finished.issued(),
            finished.requests(),
            outFile == null ? "" : ", in " + outFile);
    err().flush();
    return finished.issued() == finished.requests() ? 0 : Refusal.EXIT_CODE;
  }

  /** Tells of a batch as often as a person wants to hear of it. */
  private final class Progress implements java.util.function.Consumer<BatchProgress> {
    private int told = -1;

    @Override
    public void accept(BatchProgress at) {
      int part = SHOWN_PER_BATCH * at.done() / at.requests();
      if (part != told) {
        told = part;
        err()
            .printf(
                Locale.ROOT,
                "  %,d of %,d requests, %,d certificates%n",
                at.done(),
                at.requests(),
                at.issued());
        err().flush();
      }
    }
  }

  /** In pages, so that the largest batch needs no more memory than a small one. */
  private void writeResults(BatchDesk desk, UUID id) throws IOException {
    if (outFile == null) {
      PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
      eachResult(desk, id, result -> out.println(result.line()));
      out.flush();
      return;
    }
    Path target = outFile.toAbsolutePath();
    Path draft = target.resolveSibling(target.getFileName() + ".new");
    try (BufferedWriter writer = Files.newBufferedWriter(draft, StandardCharsets.UTF_8)) {
      eachResult(
          desk,
          id,
          result -> {
            writer.write(result.line());
            writer.write('\n');
          });
    }
    Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Takes results one by one. */
  private interface ResultSink {
    void take(BatchResult result) throws IOException;
  }

  private static void eachResult(BatchDesk desk, UUID id, ResultSink sink) throws IOException {
    int next = 1;
    List<BatchResult> page = desk.results(id, next);
    while (!page.isEmpty()) {
      for (BatchResult result : page) {
        sink.take(result);
      }
      next += page.size();
      page = desk.results(id, next);
    }
  }

  private PrintWriter err() {
    return Objects.requireNonNull(spec).commandLine().getErr();
  }

  private ParameterException usage(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }
}
