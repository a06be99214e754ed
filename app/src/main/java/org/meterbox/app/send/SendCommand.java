// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.send;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.meterbox.adapter.sending.Answer;
import org.meterbox.adapter.sending.CriticalCommand.Outcome;
import org.meterbox.adapter.sending.Readdressing;
import org.meterbox.app.files.InputFile;
import org.meterbox.app.files.InputPath;
import org.meterbox.app.files.OutputPath;
import org.meterbox.app.system.DataOption;
import org.meterbox.app.system.Participant;
import org.meterbox.correlate.Correlation;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading.Refused;
import org.meterbox.duis.Reading.Valid;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.response.Response;
import org.meterbox.duis.xml.XmlLimits;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.catalogue.ResponseCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Signs a request file as one of the participants, posts it, and waits for what comes back. */
@Command(
    name = "send",
    mixinStandardHelpOptions = true,
    description = {
      "Sign a request file, post it, and show what comes back.",
      "That is the acknowledgement of the running system, the response, and the MMC XML made of it.",
      "",
      "The file may be an example with a placeholder signature. Originator and counter are",
      "replaced by the user's own; a critical request (command variant 4) goes the whole way:",
      "transformed, compared with the Pre-Command, signed and sent.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:answered: the device, or the DSP by itself, did what was asked",
      "1:the system could not be reached, or something else is in the way",
      "2:wrong arguments",
      "3:refused: the DSP did not take it, or the Pre-Command was not what was asked",
      "4:failed: it was not carried out, or what came back is not to be trusted",
      "5:no answer within the time of --wait"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./meterbox send docs/examples/read-import-registers.xml --as supplier1",
      "  cat docs/examples/read-supply-status.xml | ./meterbox send - --json"
    })
public final class SendCommand implements Callable<Integer> {

  private static final Path STANDARD_INPUT = Path.of("-");

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "REQUEST.xml",
      description = "the Service Request; - is the standard input")
  @InputPath(purpose = "the Service Request to send")
  private @Nullable Path file;

  @Option(
      names = "--as",
      paramLabel = "USER",
      defaultValue = "supplier1",
      description =
          "who sends: supplier1, supplier2, network1, other1, load1 or mdr1"
              + " (default: ${DEFAULT-VALUE})")
  private String user = "supplier1";

  @Option(
      names = "--device",
      paramLabel = "EUI",
      description = "the target, where another than in the file is meant")
  private @Nullable String device;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "how long to wait for the response (default: ${DEFAULT-VALUE})")
  private long waitSeconds = 30;

  @Option(
      names = "--json",
      description = "print one line of JSON when all is over, and nothing else")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = {
        "print only the MMC XML, or the DSP's answer where there is none; what went wrong is said",
        "on standard error"
      })
  private boolean quiet;

  @Option(
      names = "--save",
      paramLabel = "DIR",
      description = {
        "also write acknowledgement.xml, response.xml and the device's message, response.hex, to"
            + " this folder"
      })
  @OutputPath
  private @Nullable Path folder;

  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Participant participant =
        Participant.named(user)
            .orElseThrow(() ->
                usage(
                    String.format(
                        Locale.ROOT, "--as: there is no user %s; there are %s", user, users())));
    if (waitSeconds < 0) {
      throw usage("--wait: a number of seconds from 0 on");
    }
    RequestDraft draft = readdressed(participant);
    SendReport shown = report();
    SendReport report = folder == null ? shown : SavingReport.to(folder, shown);
    try (RunningSystem system = RunningSystem.find(data.directory("up"), participant)) {
      report.request(draft, participant);
      SendOutcome outcome = send(system, draft, report);
      report.end(outcome);
      return outcome.exitCode();
    }
  }

  private SendReport report() {
    PrintWriter out = commandSpec().commandLine().getOut();
    if (json) {
      return new JsonReport(out);
    }
    return quiet ? new QuietReport(out, commandSpec().commandLine().getErr()) : new TextReport(out);
  }

  private SendOutcome send(RunningSystem system, RequestDraft draft, SendReport report)
      throws IOException, InterruptedException {
    Answer answer;
    if (draft.commandVariant() == CommandVariant.TRANSFORM) {
      switch (system.desk().critical().send(draft)) {
        case Outcome.Sent(Answer acknowledgement, Octets signed) -> {
          report.signed(signed);
          answer = acknowledgement;
        }
        case Outcome.NotTransformed(Answer notTransformed) -> answer = notTransformed;
        case Outcome.NotSigned(Correlation correlation, Octets preCommand) -> {
          report.notSigned(correlation, preCommand);
          return SendOutcome.REFUSED;
        }
      }
    } else {
      answer = system.desk().sender().send(draft);
    }
    Acknowledgement acknowledgement =
        new Acknowledgement(
            answer, refused(answer) ? system.rule(draft.requestId()) : Optional.empty());
    report.acknowledged(acknowledgement);
    Optional<SendOutcome> atOnce = acknowledgement.outcome();
    return atOnce.isPresent() ? atOnce.get() : await(system, draft, answer, report);
  }

  private static boolean refused(Answer answer) {
    return answer instanceof Answer.Verified(Response response, Octets _)
        && response.code().kind() == ResponseCode.Kind.ERROR;
  }

  private SendOutcome await(
      RunningSystem system, RequestDraft draft, Answer acknowledgement, SendReport report)
      throws IOException, InterruptedException {
    if (!(acknowledgement instanceof Answer.Verified(Response response, Octets _))) {
      throw new IllegalStateException("only what was acknowledged is waited for");
    }
    Duration atMost = Duration.ofSeconds(waitSeconds);
    Optional<Octets> pushed = system.response(draft.requestId(), response.dateTime(), atMost);
    if (pushed.isEmpty()) {
      report.nothing(atMost);
      return SendOutcome.NO_ANSWER;
    }
    Reply reply =
        Reply.read(
            pushed.get(), draft.serviceReferenceVariant(), system.desk().parseAndCorrelate());
    report.reply(reply);
    return reply.outcome();
  }

  private RequestDraft readdressed(Participant participant) throws IOException {
    Path given = Objects.requireNonNull(file, "picocli demands the parameter");
    Optional<Eui64> target = Optional.ofNullable(device).map(this::eui);
    Octets document = read(given);
    return switch (new DuisReader().readRequest(document)) {
      case Valid<ServiceRequest>(ServiceRequest request) ->
          Readdressing.of(request, participant.id(), target, counter());
      case Refused<ServiceRequest> refused -> throw usage(given + ": " + refused.refusal());
    };
  }

  /** A little more than is allowed where there is more: the reader refuses it then. */
  private static Octets read(Path given) throws IOException {
    int octetsMax = XmlLimits.DUIS.octets();
    return given.equals(STANDARD_INPUT)
        ? Octets.of(System.in.readNBytes(octetsMax + 1))
        : new InputFile(given.toString(), given, given).read(octetsMax);
  }

  private static String users() {
    return Participant.ALL.stream().map(Participant::name).collect(Collectors.joining(", "));
  }

  /** Milliseconds since 1970: higher than any before, without a file to remember it in. */
  private static OriginatorCounter counter() {
    return new OriginatorCounter(InstantSource.system().millis());
  }

  private Eui64 eui(String text) {
    try {
      return Eui64.parse(text);
    } catch (IllegalArgumentException malformed) {
      throw usage("--device: " + malformed.getMessage());
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(commandSpec().commandLine(), message);
  }

  private CommandSpec commandSpec() {
    return Objects.requireNonNull(spec, "picocli sets the specification");
  }
}
