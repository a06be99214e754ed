// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meterbox.adapter.sending.Answer;
import org.meterbox.adapter.sending.WebService;
import org.meterbox.app.demo.Tap.Passed;
import org.meterbox.app.system.MeterboxSystem;
import org.meterbox.app.system.Participant;
import org.meterbox.app.system.UserDesk;
import org.meterbox.correlate.ParseResult;
import org.meterbox.correlate.ParseResult.Parsed;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading.Valid;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.response.ReceivedResponse;
import org.meterbox.duis.response.Response;
import org.meterbox.duis.response.ResponseBody.ResponseMessage;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.catalogue.ResponseCode;

/** Sends requests, follows them to the meter and back, and tells each hop. */
final class Exchange {
  /** How long a response may take before the step counts as failed. */
  private static final Duration RESPONSE_MAX = Duration.ofMinutes(1);

  private static final Pattern LOG_ENTRY =
      Pattern.compile(
          "<ra:LogEntry[^>]*><ra:Timestamp>([^<]*)</ra:Timestamp>.*?"
              + "<ra:ElecActiveImportRegisterConsumption>(\\d+)<");

  /** One entry of a daily read log. */
  record LogEntry(Instant at, long wattHours) {}

  private final MeterboxSystem system;
  private final Tap tap;
  private final Story story;
  private final DuisReader reader = new DuisReader();

  Exchange(MeterboxSystem system, Tap tap, Story story) {
    this.system = system;
    this.tap = tap;
    this.story = story;
  }

  /**
   * What came of an exchange.
   *
   * @param acknowledgement the DSP's answer at once
   * @param message the device's message as Parse and Correlate read it
   */
  record Result(Answer acknowledgement, Optional<Parsed> message) {
    /** Whether the whole way went well and the device vouches for its answer. */
    boolean succeeded() {
      return message.isPresent() && message.get().authentic();
    }

    /** The text of the first MMC element with this name. */
    Optional<String> value(String element) {
      Matcher matcher =
          Pattern.compile(String.format(Locale.ROOT, "<ra:%s(?: [^>]*)?>([^<]*)</", element))
              .matcher(mmc());
      return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The entries of a daily read log, as MMC has them. */
    List<LogEntry> dailyLog() {
      return LOG_ENTRY
          .matcher(mmc())
          .results()
          .map(entry -> new LogEntry(Instant.parse(entry.group(1)), Long.parseLong(entry.group(2))))
          .toList();
    }

    private String mmc() {
      return message
          .map(parsed -> new String(parsed.document().toArray(), StandardCharsets.UTF_8))
          .orElse("");
    }

    /** The code of the acknowledgement. */
    Optional<ResponseCode> code() {
      return acknowledgement instanceof Answer.Verified(Response response, Octets _)
          ? Optional.of(response.code())
          : Optional.empty();
    }
  }

  /** Signs and sends a request, and waits for the device's answer where one is promised. */
  Result send(Participant from, UserDesk desk, RequestDraft draft)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    Octets signed = desk.sender().sign(draft.write());
    story.act(from.name(), "signs the request (ECDSA P-256, XML signature)", since(start));
    return post(from, desk, draft, signed, WebService.of(draft.commandVariant()));
  }

  /** Sends a signed document, and waits for the device's answer where one is promised. */
  Result post(
      Participant from, UserDesk desk, RequestDraft draft, Octets signed, WebService service)
      throws IOException, InterruptedException {
    tap.reset();
    story.remark("Message ID " + draft.requestId());
    long start = System.nanoTime();
    Answer acknowledgement = desk.sender().post(service, signed);
    long answered = System.nanoTime();
    boolean promised = isPromised(acknowledgement);
    Optional<Octets> received =
        promised ? system.mailbox(from).await(draft.requestId(), RESPONSE_MAX) : Optional.empty();
    long arrived = System.nanoTime();
    List<Hop> hops = new ArrayList<>();
    hops.add(
        new Hop(
            from.name(),
            "DSP",
            String.format(
                Locale.ROOT,
                "SRV %s, variant %d, %s",
                draft.serviceReferenceVariant(),
                draft.commandVariant().number(),
                service.path()),
            signed.length(),
            start));
    hops.add(answerHop(from, acknowledgement, answered));
    tap.down()
        .ifPresent(passed ->
            hops.add(Hop.of("DSP", "ESME", "GBCS command with the broker's MAC", passed)));
    tap.up()
        .ifPresent(passed -> hops.add(Hop.of("ESME", "DSP", "GBCS response of the meter", passed)));
    received.ifPresent(document ->
        hops.add(
            new Hop(
                "DSP",
                from.name(),
                "response pushed; its signature verified",
                document.length(),
                arrived)));
    tell(hops, start);
    if (promised && received.isEmpty()) {
      story.remark("no response came within " + RESPONSE_MAX.toSeconds() + " s");
    }
    return new Result(
        acknowledgement, received.flatMap(document -> parse(from, desk, draft, document)));
  }

  /** One line of the story, with its time on the scale of {@link System#nanoTime}. */
  private record Hop(String from, String to, String what, int octets, long nanos) {
    static Hop of(String from, String to, String what, Passed passed) {
      return new Hop(from, to, what, passed.message().length(), passed.nanos());
    }
  }

  private void tell(List<Hop> hops, long start) {
    hops.stream()
        .sorted(Comparator.comparingLong(Hop::nanos))
        .forEach(hop ->
            story.hop(
                hop.from(),
                hop.to(),
                hop.what(),
                hop.octets(),
                Duration.ofNanos(hop.nanos() - start)));
  }

  private static boolean isPromised(Answer acknowledgement) {
    return acknowledgement instanceof Answer.Verified(Response response, Octets _)
        && response.code().equals(ResponseCode.I99);
  }

  private static Hop answerHop(Participant from, Answer acknowledgement, long answered) {
    return switch (acknowledgement) {
      case Answer.Verified(Response response, Octets document) ->
          new Hop(
              "DSP",
              from.name(),
              String.format(Locale.ROOT, "answer %s; its signature verified", response.code()),
              document.length(),
              answered);
      case Answer.Rejected(int status, String reason, Octets document) ->
          new Hop(
              "DSP",
              from.name(),
              String.format(Locale.ROOT, "HTTP %d, %s", status, reason),
              document.length(),
              answered);
    };
  }

  private Optional<Parsed> parse(
      Participant from, UserDesk desk, RequestDraft draft, Octets document) {
    if (!(reader.readResponse(document)
            instanceof Valid<ReceivedResponse>(ReceivedResponse received)
        && received.response().body() instanceof ResponseMessage message
        && message.data() instanceof ResponseData.DeviceResponse(Octets payload))) {
      story.remark("the response carries no device message");
      return Optional.empty();
    }
    long start = System.nanoTime();
    try {
      ParseResult result = desk.parseAndCorrelate().parse(payload, draft.serviceReferenceVariant());
      story.act(from.name(), "Parse & Correlate verifies, decrypts, makes MMC XML", since(start));
      return result instanceof Parsed parsed ? Optional.of(parsed) : Optional.empty();
    } catch (DecodeException malformed) {
      story.remark("the device message cannot be read: " + malformed.getMessage());
      return Optional.empty();
    }
  }

  static Duration since(long startNanos) {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }
}
