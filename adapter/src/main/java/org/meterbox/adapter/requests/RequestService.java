// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.requests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.meterbox.adapter.events.EventKind;
import org.meterbox.adapter.events.EventLog;
import org.meterbox.adapter.events.NewEvent;
import org.meterbox.adapter.requests.RequestStore.Earlier;
import org.meterbox.adapter.requests.RequestStore.ReceivedMessage;
import org.meterbox.adapter.sending.Answer;
import org.meterbox.adapter.sending.WebService;
import org.meterbox.correlate.Correlation;
import org.meterbox.crypto.Sha256;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.response.ReceivedResponse;
import org.meterbox.duis.response.Response;
import org.meterbox.duis.response.ResponseBody.ResponseMessage;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.catalogue.ResponseCode;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;
import org.meterbox.kernel.faults.FaultCount;
import org.meterbox.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes requests, brings each to its end and tells what happened. A request is stored with its
 * signed document before it is answered for; what is posted is always that document, octet for
 * octet, so that the DSP answers a repeat as it did the first time and does nothing twice. Safe for
 * use by many threads.
 */
public final class RequestService implements AutoCloseable {
  /** Requests that are being posted or understood at the same time. */
  public static final int AT_ONCE_MAX = 32;

  /** The pause before a failed post is repeated; it doubles up to {@link #PAUSE_MAX}. */
  public static final Duration PAUSE_MIN = Duration.ofSeconds(1);

  /** The longest pause between two posts. */
  public static final Duration PAUSE_MAX = Duration.ofMinutes(1);

  /** After so many failed posts in a row a request ends: about an hour and a half. */
  public static final int POSTS_MAX = 90;

  /** The longest pause before a message whose reading failed is read again. */
  public static final Duration READ_PAUSE_MAX = Duration.ofMinutes(10);

  /** After so many failed attempts a message is told as unreadable: about two days. */
  public static final int READS_MAX = 300;

  /** Rows taken up at once. */
  private static final int LOOK_MAX = 200;

  private static final Logger LOG = LoggerFactory.getLogger(RequestService.class);
  private static final int BUSY = 503;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** How a submission ended. */
  public sealed interface Submission {
    /** A new request is stored. */
    record Accepted(StoredRequest request) implements Submission {}

    /** The client named this request before with the same key. */
    record Repeated(StoredRequest request) implements Submission {}

    /** The client used the key before for something else. */
    record KeyUsedBefore() implements Submission {}
  }

  private final RequestStore requests;
  private final EventLog events;
  private final Map<String, DccUser> users;
  private final Set<String> needApproval;
  private final Eui64 accessControlBroker;
  private final InstantSource clock;
  private final FaultCount faults;
  private final DuisReader reader = new DuisReader();
  private final Semaphore places = new Semaphore(AT_ONCE_MAX);
  private final Set<String> inWork = ConcurrentHashMap.newKeySet();
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * A service; {@link #resume} takes up what an earlier process left.
   *
   * @param needApproval service reference variants that a second person has to approve
   * @param accessControlBroker the target of requests that are not for a device
   */
  public RequestService(
      RequestStore requests,
      EventLog events,
      List<DccUser> users,
      Set<String> needApproval,
      Eui64 accessControlBroker,
      InstantSource clock) {
    this.requests = requests;
    this.events = events;
    this.users = users.stream().collect(Collectors.toUnmodifiableMap(DccUser::name, user -> user));
    this.needApproval = Set.copyOf(needApproval);
    this.accessControlBroker = accessControlBroker;
    this.clock = clock;
    this.faults = new FaultCount(clock);
  }

  /** The DCC User with this name. */
  public Optional<DccUser> user(String name) {
    return Optional.ofNullable(users.get(name));
  }

  /** The rows behind it. */
  public RequestStore store() {
    return requests;
  }

  /** Faults of our own in the threads. */
  public FaultCount faults() {
    return faults;
  }

  /** Stores and signs a request, and begins to send it where nobody has to approve it. */
  public Submission submit(NewRequest wanted) {
    Octets fingerprint = fingerprint(wanted);
    Optional<Submission> before = earlier(wanted, fingerprint);
    if (before.isPresent()) {
      return before.get();
    }
    String id = insert(wanted, fingerprint);
    if (id.isEmpty()) {
      return earlier(wanted, fingerprint).orElseThrow();
    }
    events.announce();
    advance(id);
    return new Submission.Accepted(requests.find(id).orElseThrow());
  }

  /** The identifier of the new row; empty where another thread stored the same key first. */
  private String insert(NewRequest wanted, Octets fingerprint) {
    Instant now = clock.instant();
    MessageId id =
        new MessageId(
            wanted.user().identity().id(),
            wanted.device().orElse(accessControlBroker),
            requests.nextCounter(wanted.user().name(), now));
    CommandVariant posted =
        wanted.service().critical() ? CommandVariant.TRANSFORM : wanted.variant();
    RequestDraft draft =
        new RequestDraft(
            id,
            posted,
            wanted.service().variant(),
            wanted.firstInSequence() ? Optional.of(true) : Optional.empty(),
            wanted.preceding().map(this::asTheDspKnows),
            wanted.body());
    Octets document = wanted.user().sender().sign(draft.write());
    RequestState state =
        needApproval.contains(wanted.service().variant().value())
            ? RequestState.AWAITING_APPROVAL
            : RequestState.ACCEPTED;
    try {
      requests
          .store()
          .transact(connection -> {
            requests.insert(connection, wanted, id, fingerprint, document, state, now);
            if (state == RequestState.AWAITING_APPROVAL) {
              StoredRequest stored = requests.lock(connection, id.toString()).orElseThrow();
              events.append(connection, List.of(event(stored)), 0);
            }
            return id;
          });
      return id.toString();
    } catch (StoreException refused) {
      if (wanted.idempotencyKey().isPresent() && earlier(wanted, fingerprint).isPresent()) {
        return "";
      }
      throw refused;
    }
  }

  /** An approved request went to the DSP under another Request ID than its client knows. */
  private MessageId asTheDspKnows(MessageId preceding) {
    return requests.find(preceding.toString()).map(StoredRequest::duisId).orElse(preceding);
  }

  private Optional<Submission> earlier(NewRequest wanted, Octets fingerprint) {
    return wanted
        .idempotencyKey()
        .flatMap(key -> requests.findEarlier(wanted.client(), key))
        .map((Earlier earlier) ->
            earlier.fingerprint().equals(fingerprint)
                ? new Submission.Repeated(earlier.request())
                : new Submission.KeyUsedBefore());
  }

  private static Octets fingerprint(NewRequest wanted) {
    String all =
        String.join(
            "\n",
            wanted.user().name(),
            wanted.service().variant().value(),
            wanted.device().map(Eui64::dashed).orElse(""),
            wanted.variant().name(),
            wanted.parameters(),
            Boolean.toString(wanted.firstInSequence()),
            wanted.preceding().map(MessageId::toString).orElse(""));
    return Sha256.of(Octets.of(all.getBytes(StandardCharsets.UTF_8)));
  }

  /** How a decision by a second person ended. */
  public enum Approval {
    /** It is sent now. */
    APPROVED,
    /** It ends; nothing was sent. */
    REJECTED,
    /** It does not wait for approval. */
    NOT_WAITING,
    /** Whoever asked for it cannot approve it. */
    SAME_PERSON
  }

  /**
   * A second person decides on a request that waits for approval. An approved one gets a new
   * counter: the device would refuse the old one as a replay where others have overtaken it (GBCS
   * 4.3, protection against replay).
   */
  public Approval decide(String id, String approver, boolean approve) {
    Optional<StoredRequest> found =
        requests.find(id).filter(request -> request.state() == RequestState.AWAITING_APPROVAL);
    if (found.isEmpty()) {
      return Approval.NOT_WAITING;
    }
    if (approve && found.get().client().equals(approver)) {
      return Approval.SAME_PERSON;
    }
    RequestDraft draft = approve ? renumbered(found.get()) : draft(found.get());
    RequestChange decision =
        approve
            ? RequestChange.to(RequestState.ACCEPTED)
                .posting(user(found.get()).sender().sign(draft.write()))
            : RequestChange.to(RequestState.REJECTED);
    boolean decided =
        requests
            .store()
            .transact(connection -> {
              StoredRequest waiting = requests.lock(connection, id).orElseThrow();
              if (waiting.state() != RequestState.AWAITING_APPROVAL) {
                return false;
              }
              requests.noteApprover(connection, id, approver, draft.requestId());
              change(connection, waiting, decision, 0);
              return true;
            });
    if (!decided) {
      return Approval.NOT_WAITING;
    }
    Approval outcome = approve ? Approval.APPROVED : Approval.REJECTED;
    events.announce();
    if (outcome == Approval.APPROVED) {
      advance(id);
    }
    return outcome;
  }

  private RequestDraft renumbered(StoredRequest request) {
    RequestDraft draft = draft(request);
    return new RequestDraft(
        new MessageId(
            draft.requestId().originator(),
            draft.requestId().target(),
            requests.nextCounter(request.user(), clock.instant())),
        draft.commandVariant(),
        draft.serviceReferenceVariant(),
        draft.firstInSequence(),
        draft.precedingRequestId(),
        draft.body());
  }

  /**
   * Waits until a request has ended or waits for a person.
   *
   * @return the request as it stands then, or when the time is up
   */
  public StoredRequest await(String id, Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (true) {
      long generation = events.generation();
      StoredRequest request = requests.find(id).orElseThrow();
      long left = end - System.nanoTime();
      boolean rests =
          request.state().ended()
              || request.state() == RequestState.AWAITING_APPROVAL
              || request.state() == RequestState.AWAITING_EXECUTION
              || request.state() == RequestState.QUARANTINED;
      if (rests || left <= 0) {
        return request;
      }
      events.await(generation, Duration.ofNanos(left));
    }
  }

  /** Takes up what is due: after a start, and posts that failed before. */
  public void resume() {
    Instant now = clock.instant();
    requests.due(now, LOOK_MAX).forEach(this::advance);
    long after = 0;
    for (List<ReceivedMessage> page = requests.unprocessed(after, now, LOOK_MAX);
        !page.isEmpty();
        page = requests.unprocessed(after, now, LOOK_MAX)) {
      page.forEach(this::understand);
      after = page.getLast().id();
    }
  }

  /** Deletes what ended before a moment. */
  public int purge(Instant before) {
    return requests.purge(before);
  }

  /**
   * Stores a verified message of the DSP before it is acknowledged, and has it understood
   * afterwards.
   */
  public void receive(String user, ReceivedResponse received) {
    Octets document = received.asReceived();
    Instant now = clock.instant();
    requests
        .storeMessage(user, Sha256.of(document), document, now)
        .ifPresent(number -> understand(new ReceivedMessage(number, user, document, now, 0)));
  }

  private void advance(String id) {
    work(
        id,
        () -> post(id),
        fault ->
            requests
                .find(id)
                .filter(RequestService::isToBePosted)
                .ifPresent(request ->
                    postpone(
                        request, "a fault of the adapter: " + fault.getClass().getSimpleName())));
  }

  private void understand(ReceivedMessage message) {
    work(
        "message " + message.id(),
        () -> process(message),
        fault -> postpone(message, fault.getClass().getSimpleName()));
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  /** One thread at a time works on one thing; what failed is postponed and taken up again. */
  private void work(String what, Work work, Consumer<Exception> postponing) {
    if (!inWork.add(what)) {
      return;
    }
    try {
      workers.execute(() -> {
        try {
          places.acquire();
          try {
            work.run();
          } finally {
            places.release();
          }
        } catch (InterruptedException stopped) {
          Thread.currentThread().interrupt();
        } catch (Exception fault) {
          // The edge of the thread: the row stays as it is and is taken up again.
          faults.add(fault);
          LOG.warn("{} is taken up again later", what, fault);
          postpone(what, fault, postponing);
        } finally {
          inWork.remove(what);
        }
      });
    } catch (RejectedExecutionException closing) {
      inWork.remove(what);
    }
  }

  private static void postpone(String what, Exception fault, Consumer<Exception> postponing) {
    try {
      postponing.accept(fault);
    } catch (StoreException unavailable) {
      LOG.info("{} waits for the database: {}", what, unavailable.getMessage());
    }
  }

  /** Posts the stored document, and the one that follows from the answer. */
  private void post(String id) throws InterruptedException {
    Optional<StoredRequest> next = requests.find(id);
    while (next.isPresent() && isToBePosted(next.get())) {
      next = postOnce(next.get()) ? requests.find(id) : Optional.empty();
    }
  }

  private static boolean isToBePosted(StoredRequest request) {
    return request.state() == RequestState.ACCEPTED
        || request.state() == RequestState.PRE_COMMAND_SIGNED;
  }

  /** Whether it went on. */
  private boolean postOnce(StoredRequest request) throws InterruptedException {
    DccUser user = user(request);
    CommandVariant posted =
        request.state() == RequestState.ACCEPTED && isCritical(request)
            ? CommandVariant.TRANSFORM
            : request.variant();
    Answer answer;
    try {
      answer = user.sender().post(WebService.of(posted), request.document().orElseThrow());
    } catch (IOException notReached) {
      return postpone(request, String.valueOf(notReached.getMessage()));
    }
    return switch (answer) {
      case Answer.Rejected(int status, String reason, var _) when status == BUSY ->
          postpone(request, reason);
      case Answer.Rejected(int status, String reason, var _) ->
          apply(
              request,
              RequestChange.by(
                  RequestState.FAILED,
                  NextStep.GATEWAY_ANSWER,
                  "HTTP status " + status + ": " + reason));
      case Answer.Verified(Response response, var _) ->
          apply(request, afterAnswer(request, user, posted, response));
    };
  }

  private boolean postpone(StoredRequest request, String why) {
    if (request.attempts() + 1 >= POSTS_MAX) {
      return apply(
          request, RequestChange.by(RequestState.FAILED, NextStep.GATEWAY_UNREACHABLE, why));
    }
    Duration pause = pause(request.attempts(), PAUSE_MAX);
    requests.postpone(request.id(), clock.instant().plus(pause));
    LOG.info("{} is posted again in {}: {}", request.id(), pause, why);
    return false;
  }

  private DccUser user(StoredRequest request) {
    return user(request.user())
        .orElseThrow(
            () -> new IllegalStateException("this adapter has no longer a user " + request.user()));
  }

  private static boolean isCritical(StoredRequest request) {
    return ServiceRequestCatalogue.current()
        .find(request.service())
        .map(ServiceRequestEntry::critical)
        .orElse(false);
  }

  private RequestChange afterAnswer(
      StoredRequest request, DccUser user, CommandVariant posted, Response response) {
    String code = response.code().code();
    if (!response.requestId().equals(Optional.of(request.duisId()))) {
      return RequestChange.by(
          RequestState.FAILED, NextStep.GATEWAY_ANSWER, "the answer is to another request");
    }
    if (response.code().kind() == ResponseCode.Kind.ERROR) {
      return RequestChange.by(RequestState.REFUSED, code, "").acknowledged(code);
    }
    ResponseData data =
        response.body() instanceof ResponseMessage message
            ? message.data()
            : new ResponseData.Nothing();
    if (posted == CommandVariant.TRANSFORM) {
      return data instanceof ResponseData.PreCommand(var _, Octets payload)
          ? afterPreCommand(request, user, payload)
          : RequestChange.by(
              RequestState.FAILED, NextStep.GATEWAY_ANSWER, "the answer has no Pre-Command");
    }
    boolean resultComesLater =
        WebService.of(posted) == WebService.SEND_COMMAND && data instanceof ResponseData.Nothing;
    if (resultComesLater) {
      return RequestChange.to(RequestState.SENT).acknowledged(code);
    }
    ObjectNode result =
        switch (ReceivedContent.data(user, request.service(), data)) {
          case RequestProgress.Answered(ObjectNode json) -> json;
          case RequestProgress.Part(ObjectNode json) -> json;
          case RequestProgress.Failed(var _, var _, ObjectNode json) -> json;
          case RequestProgress.Outcome outcome -> outcome.result();
          case RequestProgress.None _, RequestProgress.Quarantined _ -> NODES.objectNode();
        };
    return RequestChange.to(RequestState.ANSWERED).acknowledged(code).with(result.toString());
  }

  private RequestChange afterPreCommand(StoredRequest request, DccUser user, Octets payload) {
    RequestDraft draft = draft(request);
    return switch (user.critical().correlate(draft, payload)) {
      case Correlation.Match _ -> {
        RequestDraft signed =
            user.critical().signedRequest(draft, user.critical().sign(payload), request.variant());
        yield RequestChange.to(RequestState.PRE_COMMAND_SIGNED)
            .posting(user.sender().sign(signed.write()));
      }
      case Correlation.Mismatch(var differences) ->
          RequestChange.by(
              RequestState.NOT_SIGNED,
              NextStep.PRE_COMMAND_MISMATCH,
              differences.stream()
                  .map(one ->
                      one.field() + ": " + one.requested() + " was requested, not " + one.found())
                  .collect(Collectors.joining("; ")));
      case Correlation.Unusable(String reason) ->
          RequestChange.by(RequestState.NOT_SIGNED, NextStep.PRE_COMMAND_MISMATCH, reason);
    };
  }

  /** The request as it was asked, from the document that was stored. */
  private RequestDraft draft(StoredRequest request) {
    return switch (reader.readRequest(request.document().orElseThrow())) {
      case Reading.Valid<ServiceRequest>(ServiceRequest read) ->
          new RequestDraft(
              read.requestId(),
              read.commandVariant(),
              read.serviceReferenceVariant(),
              read.firstInSequence(),
              read.precedingRequestId(),
              read.body());
      case Reading.Refused<ServiceRequest> refused ->
          throw new IllegalStateException("a stored document is not valid: " + refused.refusal());
    };
  }

  /** A step after an answer; nothing where the request has moved since by a pushed message. */
  private boolean apply(StoredRequest before, RequestChange change) {
    boolean moved =
        requests
            .store()
            .transact(connection -> {
              StoredRequest now = requests.lock(connection, before.id()).orElseThrow();
              if (now.state() != before.state()) {
                noteAcknowledgement(connection, now, change);
                return false;
              }
              change(connection, now, change, 0);
              return true;
            });
    events.announce();
    return moved;
  }

  /** The result overtook the acknowledgement. */
  private void noteAcknowledgement(Connection connection, StoredRequest request, RequestChange late)
      throws SQLException {
    if (late.acknowledgement().isPresent() && request.acknowledgement().isEmpty()) {
      RequestChange noted =
          RequestChange.to(request.state()).acknowledged(late.acknowledgement().get());
      requests.change(connection, request.id(), noted, clock.instant());
    }
  }

  private void change(
      Connection connection, StoredRequest before, RequestChange change, long message)
      throws SQLException {
    requests.change(connection, before.id(), change, clock.instant());
    if (change.state() == before.state()) {
      return;
    }
    StoredRequest after = requests.lock(connection, before.id()).orElseThrow();
    if (isWorthTelling(after.state())) {
      events.append(connection, List.of(event(after)), message);
    }
  }

  private static boolean isWorthTelling(RequestState state) {
    return state.ended()
        || state == RequestState.AWAITING_APPROVAL
        || state == RequestState.AWAITING_EXECUTION
        || state == RequestState.QUARANTINED;
  }

  private static NewEvent event(StoredRequest request) {
    return new NewEvent(
        EventKind.REQUEST,
        request.user(),
        request.device(),
        Optional.of(request.id()),
        request.code(),
        RequestJson.of(request),
        request.state().ended() ? request.callback() : Optional.empty());
  }

  private void process(ReceivedMessage message) {
    DccUser user = Optional.ofNullable(users.get(message.user())).orElseThrow();
    Response response =
        switch (reader.readResponse(message.document())) {
          case Reading.Valid<ReceivedResponse>(ReceivedResponse received) -> received.response();
          case Reading.Refused<ReceivedResponse> refused ->
              throw new IllegalStateException("a verified message is not valid: " + refused);
        };
    ReceivedContent content;
    try {
      content = ReceivedContent.of(user, response);
    } catch (UncheckedIOException repositoryAway) {
      postpone(message, "the SMKI Repository does not answer");
      return;
    }
    requests
        .store()
        .transact(connection -> {
          if (requests.markProcessed(connection, message.id(), clock.instant())) {
            settle(connection, message, content);
          }
          return message;
        });
    events.announce();
  }

  /** Reads it again later; after {@link #READS_MAX} attempts says that it cannot be read. */
  private void postpone(ReceivedMessage message, String why) {
    if (message.attempts() + 1 < READS_MAX) {
      Duration pause = pause(message.attempts(), READ_PAUSE_MAX);
      requests.postponeMessage(message.id(), clock.instant().plus(pause));
      LOG.info("message {} is read again in {}: {}", message.id(), pause, why);
      return;
    }
    NewEvent unreadable =
        new NewEvent(
            EventKind.RESPONSE,
            message.user(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(NextStep.UNREADABLE),
            NODES
                .objectNode()
                .put("detail", why)
                .put("nextStep", NextStep.of(NextStep.UNREADABLE))
                .put("document", new String(message.document().toArray(), StandardCharsets.UTF_8)),
            Optional.empty());
    requests
        .store()
        .transact(connection -> {
          if (requests.markProcessed(connection, message.id(), clock.instant())) {
            events.append(connection, List.of(unreadable), message.id());
          }
          return message;
        });
    events.announce();
  }

  private static Duration pause(int attempts, Duration most) {
    Duration pause = PAUSE_MIN.multipliedBy(1L << Math.min(attempts, 20));
    return pause.compareTo(most) > 0 ? most : pause;
  }

  private void settle(Connection connection, ReceivedMessage message, ReceivedContent content)
      throws SQLException {
    Optional<StoredRequest> about =
        content.request().isPresent()
            ? requests.lockByDuisId(connection, content.request().get())
            : Optional.empty();
    boolean toldByRequest = false;
    if (about.isPresent()) {
      Optional<RequestChange> change = content.progress().change(about.get(), clock.instant());
      if (change.isPresent()) {
        change(connection, about.get(), change.get(), message.id());
        toldByRequest =
            content.kind() == EventKind.RESPONSE
                && isWorthTelling(change.get().state())
                && change.get().state() != about.get().state();
      }
    }
    if (!toldByRequest) {
      events.append(
          connection,
          List.of(
              new NewEvent(
                  content.kind(),
                  message.user(),
                  content.device(),
                  about.map(StoredRequest::id).or(content::request),
                  content.code(),
                  content.body(),
                  Optional.empty())),
          message.id());
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
