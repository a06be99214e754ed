// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.requests;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.meterbox.dsp.delivery.Notice;
import org.meterbox.dsp.uplink.MessageDisposition;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.portal.page.PageStore;
import org.meterbox.portal.page.Rows;
import org.meterbox.portal.page.TimeText;
import org.meterbox.portal.requests.TraceStep.Party;

/** Puts together the way of one request from what the data systems have stored. */
public final class RequestTraces {
  /** Rows of one kind that a trace shows: events, commands, messages, notices. */
  public static final int ROWS_MAX = 50;

  /** How far a notice's time may be from that of the event that caused it. */
  private static final Duration NOTICE_WITHIN = Duration.ofSeconds(2);

  /** Notices of the user around one event that are looked through. */
  private static final int NOTICES_LOOKED_AT = 500;

  /** The counter stands in the first octets of every GBCS message, before the payload. */
  private static final int HEADER_OCTETS_MAX = 64;

  /** A message of the device is stored at the very time of the change of state that it causes. */
  private static final Comparator<TraceStep> ORDER =
      Comparator.comparing(TraceStep::at).thenComparing(step -> step.from() != Party.DEVICE);

  private static final String STAGES =
      "SELECT "
          + RequestSearch.COLUMNS
          + """
          , u.name, r.document, r.answer, r.pre_command
          FROM dsp.request r LEFT JOIN dsp.dcc_user u ON u.eui = r.originator
          WHERE r.originator = ? AND r.target = ? AND r.counter = ? ORDER BY r.stage
          """;
  private static final String EVENTS =
      """
      SELECT at, stage, event, code, rule FROM dsp.request_event
      WHERE originator = ? AND target = ? AND counter = ? ORDER BY number LIMIT ?
      """;
  private static final String COMMANDS =
      """
      SELECT device, originator, counter, octets, state, failure, sends FROM dsp.command
      WHERE request_originator = ? AND request_target = ? AND request_counter = ? LIMIT ?
      """;
  private static final String MESSAGES =
      """
      SELECT received, disposition, octets FROM dsp.device_message
      WHERE device = ? AND received >= ? AND position(? in substring(octets from 1 for ?)) > 0
      ORDER BY received LIMIT ?
      """;
  private static final String OUTCOMES =
      """
      SELECT place, alert_code, arrived FROM dsp.outcome
      WHERE originator = ? AND target = ? AND counter = ? ORDER BY place LIMIT ?
      """;
  private static final String NOTICES =
      """
      SELECT n.* FROM (
        SELECT id, kind, created, document, state, attempts, last_attempt, last_fault
        FROM dsp.delivery WHERE recipient = ? AND created BETWEEN ? AND ?
        ORDER BY created LIMIT ?) n
      WHERE position(? in n.document) > 0 ORDER BY n.created, n.id
      """;
  private static final String DOCUMENT =
      """
      SELECT document, answer FROM dsp.request
      WHERE originator = ? AND target = ? AND counter = ? AND stage = ?
      """;

  private final PageStore store;

  /** The requests in this store. */
  public RequestTraces(PageStore store) {
    this.store = store;
  }

  private record Event(Instant at, String stage, String event, String why) {}

  private record Command(
      MessageId id, Octets octets, String state, Optional<String> failure, int sends) {}

  private record Stage(
      RequestSummary summary, Octets document, Octets answer, Optional<Octets> preCommand) {}

  private record StoredNotice(
      long id,
      Notice.Kind kind,
      Instant created,
      Octets document,
      String state,
      int attempts,
      Optional<Instant> lastAttempt,
      Optional<String> lastFault) {}

  /** The way of a request; empty where the data systems have none of this identifier. */
  public Optional<RequestTrace> find(MessageId id) {
    return store.read(connection -> {
      List<Stage> stages = stages(connection, id);
      return stages.isEmpty()
          ? Optional.empty()
          : Optional.of(new Assembly(connection, id, stages).trace());
    });
  }

  /**
   * The signed octets of a document of the request, as received or sent.
   *
   * @param name as {@link XmlDocument#name} has it
   */
  public Optional<Octets> document(MessageId id, String name) {
    boolean answer = name.startsWith("acknowledgement");
    boolean known = answer || name.startsWith("request");
    String stage = name.endsWith("-transformation") ? "T" : "X";
    return known
        ? store.read(connection -> document(connection, id, stage, answer))
        : Optional.empty();
  }

  private static Optional<Octets> document(
      Connection connection, MessageId id, String stage, boolean answer) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(DOCUMENT)) {
      Rows.set(query, id.originator(), id.target(), id.counter(), stage);
      return Rows.all(query, row -> Octets.of(row.getBytes(answer ? "answer" : "document")))
          .stream()
          .findFirst();
    }
  }

  private static List<Stage> stages(Connection connection, MessageId id) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(STAGES)) {
      Rows.set(query, id.originator(), id.target(), id.counter());
      return Rows.all(
          query,
          row ->
              new Stage(
                  RequestSearch.summary(row),
                  Octets.of(row.getBytes("document")),
                  Octets.of(row.getBytes("answer")),
                  Optional.ofNullable(row.getBytes("pre_command")).map(Octets::of)));
    }
  }

  /** Collects what belongs to one request. */
  private static final class Assembly {
    private final Connection connection;
    private final MessageId id;
    private final List<Stage> stages;
    private final List<TraceStep> steps = new ArrayList<>();
    private final List<XmlDocument> documents = new ArrayList<>();
    private final List<DeviceMessage> messages = new ArrayList<>();

    Assembly(Connection connection, MessageId id, List<Stage> stages) {
      this.connection = connection;
      this.id = id;
      this.stages = stages;
    }

    RequestTrace trace() throws SQLException {
      stages.forEach(this::addStage);
      List<Event> events = events();
      addEvents(events);
      List<Instant> answered = addCommands(sentAt(events));
      addOutcomes(answered);
      events.forEach(event -> answered.add(event.at()));
      addNotices(answered);
      steps.sort(ORDER);
      return new RequestTrace(
          id, stages.stream().map(Stage::summary).toList(), steps, documents, messages);
    }

    private void addStage(Stage stage) {
      RequestSummary request = stage.summary();
      String suffix = request.transforms() && stages.size() > 1 ? "-transformation" : "";
      ReadableXml asked = ReadableXml.of(stage.document());
      ReadableXml said = ReadableXml.of(stage.answer());
      Instant at = request.received();
      String title = request.transforms() ? "Service Request to transform" : "Service Request";
      documents.add(new XmlDocument("request" + suffix, title, at, asked.code(), asked.text()));
      documents.add(
          new XmlDocument(
              "acknowledgement" + suffix, "Answer of the gateway", at, said.code(), said.text()));
      String code = said.code().orElse("no code");
      steps.add(
          new TraceStep(
              at,
              Party.USER,
              Party.DATA_SYSTEMS,
              (request.transforms() ? "Transform " : "Service Request ") + request.service(),
              request.serviceName(),
              ""));
      steps.add(
          new TraceStep(
              at,
              Party.DATA_SYSTEMS,
              Party.USER,
              code.startsWith("E") ? "Refused with " + code : "Answered with " + code,
              "stored before it was said",
              code.startsWith("E") ? "bad" : ""));
      stage
          .preCommand()
          .ifPresent(octets -> messages.add(DeviceMessage.of("GBCS Pre-Command", at, octets)));
    }

    private List<Event> events() throws SQLException {
      try (PreparedStatement query = connection.prepareStatement(EVENTS)) {
        Rows.set(query, id.originator(), id.target(), id.counter(), ROWS_MAX);
        return new ArrayList<>(
            Rows.all(
                query,
                row ->
                    new Event(
                        Rows.instant(row, "at"),
                        row.getString("stage"),
                        row.getString("event"),
                        why(row))));
      }
    }

    private static String why(ResultSet row) throws SQLException {
      Optional<String> code = Rows.findText(row, "code");
      Optional<String> rule = Rows.findText(row, "rule");
      return code.map(given -> rule.map(also -> given + ", rule " + also).orElse(given))
          .or(() -> rule.map(alone -> "rule " + alone))
          .orElse("");
    }

    private void addEvents(List<Event> events) {
      for (Event event : events) {
        RequestStateName state = RequestStateName.valueOf(event.event());
        steps.add(
            new TraceStep(
                event.at(),
                Party.DATA_SYSTEMS,
                Party.DATA_SYSTEMS,
                state.title(),
                event.why(),
                state.tone()));
      }
    }

    /** When the request went into flight: that is when its first command was made. */
    private Instant sentAt(List<Event> events) {
      return events.stream()
          .filter(event -> event.event().equals(RequestStateName.IN_FLIGHT.name()))
          .map(Event::at)
          .findFirst()
          .orElse(stages.getLast().summary().received());
    }

    private List<Instant> addCommands(Instant sent) throws SQLException {
      List<Instant> answered = new ArrayList<>();
      for (Command command : commands()) {
        boolean local = command.state().equals("GIVEN_BACK");
        DeviceMessage shown =
            DeviceMessage.of(
                local ? "GBCS Command for local delivery" : "GBCS Command", sent, command.octets());
        messages.add(shown);
        if (!local) {
          steps.add(
              new TraceStep(
                  sent,
                  Party.DATA_SYSTEMS,
                  Party.DEVICE,
                  "Command " + shown.useCase().map(RequestTraces::firstWord).orElse(""),
                  sendings(command),
                  command.failure().isPresent() ? "bad" : ""));
          answered.addAll(addMessages(command, sent));
        }
      }
      return answered;
    }

    private static String sendings(Command command) {
      String sends = command.sends() > 1 ? "sent " + command.sends() + " times" : "over the SM WAN";
      return command
          .failure()
          .map(failure -> sends + ", " + failure.toLowerCase(Locale.ROOT).replace('_', ' '))
          .orElse(sends);
    }

    private List<Command> commands() throws SQLException {
      try (PreparedStatement query = connection.prepareStatement(COMMANDS)) {
        Rows.set(query, id.originator(), id.target(), id.counter(), ROWS_MAX);
        return Rows.all(
            query,
            row ->
                new Command(
                    new MessageId(
                        Rows.eui(row, "originator"),
                        Rows.eui(row, "device"),
                        new OriginatorCounter(row.getLong("counter"))),
                    Octets.of(row.getBytes("octets")),
                    row.getString("state"),
                    Rows.findText(row, "failure"),
                    row.getInt("sends")));
      }
    }

    private List<Instant> addMessages(Command command, Instant sent) throws SQLException {
      List<Instant> received = new ArrayList<>();
      Eui64 device = command.id().target();
      byte[] counter =
          new OctetWriter(Long.BYTES).u64(command.id().counter().value()).toOctets().toArray();
      try (PreparedStatement query = connection.prepareStatement(MESSAGES)) {
        Rows.set(query, device, sent, counter, HEADER_OCTETS_MAX, ROWS_MAX);
        try (ResultSet row = query.executeQuery()) {
          while (row.next()) {
            Instant at = Rows.instant(row, "received");
            MessageDisposition disposition =
                MessageDisposition.valueOf(row.getString("disposition"));
            DeviceMessage message =
                DeviceMessage.of(
                    "GBCS " + title(disposition), at, Octets.of(row.getBytes("octets")));
            messages.add(message);
            received.add(at);
            boolean expected = disposition == MessageDisposition.RESPONSE;
            steps.add(
                new TraceStep(
                    at,
                    Party.DEVICE,
                    Party.DATA_SYSTEMS,
                    title(disposition),
                    "stored, then acknowledged to the SM WAN, after "
                        + TimeText.length(Duration.between(sent, at)),
                    expected ? "" : "warn"));
          }
        }
      }
      return received;
    }

    private void addOutcomes(List<Instant> answered) throws SQLException {
      try (PreparedStatement query = connection.prepareStatement(OUTCOMES)) {
        Rows.set(query, id.originator(), id.target(), id.counter(), ROWS_MAX);
        try (ResultSet row = query.executeQuery()) {
          while (row.next()) {
            Instant at = Rows.instant(row, "arrived");
            answered.add(at);
            steps.add(
                new TraceStep(
                    at,
                    Party.DEVICE,
                    Party.DATA_SYSTEMS,
                    String.format(Locale.ROOT, "Alert %04X", row.getInt("alert_code")),
                    "the outcome of instruction " + row.getInt("place"),
                    ""));
          }
        }
      }
    }

    private void addNotices(List<Instant> around) throws SQLException {
      Map<Long, StoredNotice> found = new LinkedHashMap<>();
      for (Instant at : around.stream().distinct().sorted().limit(ROWS_MAX).toList()) {
        notices(at).forEach(notice -> found.put(notice.id(), notice));
      }
      int number = 0;
      for (StoredNotice notice : found.values()) {
        number++;
        ReadableXml xml = ReadableXml.of(notice.document());
        documents.add(
            new XmlDocument(
                "notice-" + number,
                title(notice.kind()),
                notice.created(),
                xml.code(),
                xml.text()));
        steps.add(pushed(notice, xml));
      }
    }

    private static TraceStep pushed(StoredNotice notice, ReadableXml xml) {
      boolean delivered = notice.state().equals("DELIVERED");
      return new TraceStep(
          notice.lastAttempt().orElse(notice.created()),
          Party.DATA_SYSTEMS,
          Party.USER,
          (title(notice.kind()) + " " + xml.code().orElse("")).strip(),
          delivered
              ? "pushed and acknowledged, attempt " + notice.attempts()
              : notice.lastFault().orElse("waits to be pushed")
                  + ", "
                  + notice.attempts()
                  + " attempts",
          delivered ? "good" : "warn");
    }

    private List<StoredNotice> notices(Instant at) throws SQLException {
      try (PreparedStatement query = connection.prepareStatement(NOTICES)) {
        Rows.set(
            query,
            id.originator(),
            at.minus(NOTICE_WITHIN),
            at.plus(NOTICE_WITHIN),
            NOTICES_LOOKED_AT,
            id.toString().getBytes(StandardCharsets.UTF_8));
        return Rows.all(
            query,
            row ->
                new StoredNotice(
                    row.getLong("id"),
                    Notice.Kind.valueOf(row.getString("kind")),
                    Rows.instant(row, "created"),
                    Octets.of(row.getBytes("document")),
                    row.getString("state"),
                    row.getInt("attempts"),
                    Rows.findInstant(row, "last_attempt"),
                    Rows.findText(row, "last_fault")));
      }
    }

    private static String title(Notice.Kind kind) {
      return switch (kind) {
        case RESPONSE -> "Service Response";
        case DEVICE_ALERT -> "Device Alert";
        case DCC_ALERT -> "DCC Alert";
      };
    }

    private static String title(MessageDisposition disposition) {
      return switch (disposition) {
        case RESPONSE -> "Response";
        case LATE -> "Late response";
        case UNMATCHED -> "Unmatched response";
        case NOT_AUTHENTIC -> "Message without valid MAC or signature";
        case MISDIRECTED -> "Misdirected message";
        case MALFORMED -> "Malformed message";
        case DUPLICATE -> "Repeated message";
        case ALERT, FUTURE_DATED_OUTCOME, ALERT_FOR_DSP -> "Alert";
      };
    }
  }

  private static String firstWord(String text) {
    int blank = text.indexOf(' ');
    return blank < 0 ? text : text.substring(0, blank);
  }
}
