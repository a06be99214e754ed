// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.send;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.meterbox.adapter.sending.Answer;
import org.meterbox.adapter.sending.CriticalCommand;
import org.meterbox.adapter.sending.CriticalCommand.Outcome;
import org.meterbox.adapter.sending.Readdressing;
import org.meterbox.app.system.DataOption;
import org.meterbox.app.system.Participant;
import org.meterbox.correlate.ParseResult;
import org.meterbox.correlate.Verdict;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading.Refused;
import org.meterbox.duis.Reading.Valid;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.response.ReceivedResponse;
import org.meterbox.duis.response.Response;
import org.meterbox.duis.response.ResponseBody.ResponseMessage;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.DecodeException;
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
      "Sign a request file and post it to a running system, and show what comes back.",
      "That is the acknowledgement, the response, and the MMC XML made of it.",
      "",
      "The file may be an example with a placeholder signature. Originator and counter are",
      "replaced by the user's own; a critical request (command variant 4) goes the whole way:",
      "transformed, compared with the Pre-Command, signed and sent.",
      ""
    })
public final class SendCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "REQUEST.xml", description = "the Service Request")
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

  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = commandSpec().commandLine().getOut();
    Participant participant =
        Participant.named(user).orElseThrow(() -> usage("there is no user " + user));
    RequestDraft draft = readdressed(participant);
    try (RunningSystem system = RunningSystem.find(data.directory("up"), participant)) {
      out.printf(Locale.ROOT, "request   %s%n", draft.requestId());
      out.printf(
          Locale.ROOT,
          "          SRV %s, command variant %d, as %s%n",
          draft.serviceReferenceVariant(),
          draft.commandVariant().number(),
          participant.title());
      Optional<Answer> answer = send(system, draft, out);
      boolean waits = answer.isPresent() && show("acknowledgement", answer.get(), out);
      return waits && !response(system, draft, out) ? 1 : answer.isPresent() ? 0 : 1;
    }
  }

  /** Whether a response is to be waited for afterwards is told by the acknowledgement. */
  private static Optional<Answer> send(RunningSystem system, RequestDraft draft, PrintWriter out)
      throws IOException, InterruptedException {
    if (draft.commandVariant() != CommandVariant.TRANSFORM) {
      return Optional.of(system.desk().sender().send(draft));
    }
    CriticalCommand critical = system.desk().critical();
    return switch (critical.send(draft)) {
      case Outcome.Sent(Answer acknowledgement, Octets signed) -> {
        out.println("pre-command matches the request; signed: " + signed.hex());
        yield Optional.of(acknowledgement);
      }
      case Outcome.NotTransformed(Answer answer) -> Optional.of(answer);
      case Outcome.NotSigned(var correlation, Octets preCommand) -> {
        out.println("pre-command REFUSED, nothing was signed: " + correlation);
        out.println("            " + preCommand.hex());
        yield Optional.empty();
      }
    };
  }

  private static boolean show(String title, Answer answer, PrintWriter out) {
    out.println();
    return switch (answer) {
      case Answer.Verified(Response response, Octets document) -> {
        out.printf(
            Locale.ROOT,
            "%s %s: %s%n",
            title,
            response.code(),
            response.code().meaning().orElse("no public meaning"));
        out.println(ReadableXml.of(document));
        yield response.code().equals(ResponseCode.I99);
      }
      case Answer.Rejected(int status, String reason, Octets body) -> {
        out.printf(Locale.ROOT, "%s refused: HTTP %d, %s%n", title, status, reason);
        out.println(ReadableXml.of(body));
        yield false;
      }
    };
  }

  private boolean response(RunningSystem system, RequestDraft draft, PrintWriter out)
      throws IOException, InterruptedException {
    Optional<Octets> received = system.response(draft.requestId(), Duration.ofSeconds(waitSeconds));
    out.println();
    if (received.isEmpty()) {
      out.printf(
          Locale.ROOT, "no response within %d s; it will be kept when it comes%n", waitSeconds);
      return false;
    }
    out.println("response");
    out.println(ReadableXml.of(received.get()));
    if (new DuisReader().readResponse(received.get())
            instanceof Valid<ReceivedResponse>(ReceivedResponse document)
        && document.response().body() instanceof ResponseMessage message
        && message.data() instanceof ResponseData.DeviceResponse(Octets payload)) {
      return mmc(system, draft, payload, out);
    }
    return true;
  }

  private static boolean mmc(
      RunningSystem system, RequestDraft draft, Octets payload, PrintWriter out) {
    out.println();
    try {
      ParseResult result =
          system.desk().parseAndCorrelate().parse(payload, draft.serviceReferenceVariant());
      return switch (result) {
        case ParseResult.Parsed parsed -> {
          out.println("MMC       MAC       " + words(parsed.mac()));
          out.println("          signature " + words(parsed.signature()));
          out.println(ReadableXml.of(parsed.document()));
          yield true;
        }
        case ParseResult.Refuted refuted -> {
          out.printf(
              Locale.ROOT,
              "the device message is REFUTED: MAC %s, signature %s%n",
              words(refuted.mac()),
              words(refuted.signature()));
          yield false;
        }
      };
    } catch (DecodeException malformed) {
      out.println("the device message cannot be read: " + malformed.getMessage());
      return false;
    }
  }

  private static String words(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Valid(var certificate) -> "valid, with the key of " + certificate;
      case Verdict.Invalid(var tried) -> "INVALID, tried " + tried;
      case Verdict.NoKey(Eui64 party, var use) ->
          String.format(Locale.ROOT, "not checked: no %s of %s", use, party);
      case Verdict.Absent() -> "none";
    };
  }

  private RequestDraft readdressed(Participant participant) throws IOException {
    Path given = Objects.requireNonNull(file, "picocli demands the parameter");
    if (!Files.isReadable(given)) {
      throw usage("cannot read " + given);
    }
    Optional<Eui64> target = Optional.ofNullable(device).map(this::eui);
    Octets document = Octets.of(Files.readAllBytes(given));
    return switch (new DuisReader().readRequest(document)) {
      case Valid<ServiceRequest>(ServiceRequest request) ->
          Readdressing.of(request, participant.id(), target, counter());
      case Refused<ServiceRequest> refused -> throw usage(given + ": " + refused.refusal());
    };
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
