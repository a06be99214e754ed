// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.anomaly;

import static java.util.Comparator.comparingLong;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meterbox.crypto.Sha256;
import org.meterbox.crypto.VerificationException;
import org.meterbox.dsp.anomaly.AnomalyFile.Order;
import org.meterbox.dsp.anomaly.AnomalyFileReader.Content;
import org.meterbox.dsp.anomaly.AnomalyFileReader.Result;
import org.meterbox.dsp.anomaly.QuarantineLedger.Orderer;
import org.meterbox.dsp.anomaly.QuarantineLedger.Quarantine;
import org.meterbox.dsp.requests.CancellationReason;
import org.meterbox.dsp.requests.RequestEvent;
import org.meterbox.dsp.requests.RequestLedger;
import org.meterbox.dsp.requests.RequestLedger.Move;
import org.meterbox.dsp.requests.RequestLifecycle;
import org.meterbox.dsp.requests.RequestTimes;
import org.meterbox.dsp.requests.StaleFactsException;
import org.meterbox.dsp.requests.StoredChange;
import org.meterbox.dsp.requests.StoredRequest;
import org.meterbox.dsp.users.DccUser;
import org.meterbox.dsp.users.UserDirectory;
import org.meterbox.dsp.users.UserStatus;
import org.meterbox.duis.signature.SignatureBlock;
import org.meterbox.duis.signature.SignatureBlock.Enveloped;
import org.meterbox.duis.signature.Signer;
import org.meterbox.duis.signature.XmlVerifier;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.store.Store;

/**
 * Takes signed files of users and of the DCC. A user sets what concerns its own requests, the DCC
 * what concerns all users or the Change of Supplier party. A quarantined request is released or
 * deleted when two people have ordered the same; a person is who holds a key, and one of the two at
 * least belongs to the sender of the request. A file counts once and as a whole.
 */
public final class AnomalyOrders {
  /** Thresholds and limits that an organisation may have in effect now or later. */
  public static final int RULES_MAX = 5_000;

  /** How often a file is carried out anew when a request moves on meanwhile. */
  private static final int ATTEMPTS_MAX = 3;

  private static final Set<RemotePartyRole> ROLES =
      Stream.concat(XmlVerifier.USER_ROLES.stream(), XmlVerifier.DSP_ROLES.stream())
          .collect(Collectors.toUnmodifiableSet());

  private static final String ADD_FILE =
      """
      INSERT INTO dsp.anomaly_file (signer, signer_key, signed_digest, received, document)
      VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id
      """;

  private final Store store;
  private final XmlVerifier verifier;
  private final UserDirectory users;
  private final RequestLedger requests;
  private final AnomalyDetection detection;
  private final QuarantineLedger quarantine;
  private final RequestTimes times;
  private final Eui64 dsp;
  private final InstantSource clock;
  private final Runnable dueWork;

  /**
   * Takes files.
   *
   * @param dsp the identifier in the DCC's own certificates
   * @param dueWork called when something has become due in the store
   */
  public AnomalyOrders(
      Store store,
      XmlVerifier verifier,
      UserDirectory users,
      RequestLedger requests,
      AnomalyDetection detection,
      RequestTimes times,
      Eui64 dsp,
      InstantSource clock,
      Runnable dueWork) {
    this.store = store;
    this.verifier = verifier;
    this.users = users;
    this.requests = requests;
    this.detection = detection;
    this.quarantine = new QuarantineLedger(store);
    this.times = times;
    this.dsp = dsp;
    this.clock = clock;
    this.dueWork = dueWork;
  }

  /** What became of a file. */
  public sealed interface Outcome {
    /** Everything in it was done; a line for each thing. */
    record Taken(List<String> lines) implements Outcome {}

    /** Nothing of it was done; every reason that was found. */
    record Refused(List<String> reasons) implements Outcome {}
  }

  /**
   * Takes a signed file.
   *
   * @param connection the identity of the TLS connection of a user, which must be entitled to speak
   *     for the signer; none where the DCC's own people bring the file
   */
  public Outcome take(Octets document, Optional<Eui64> connection) {
    return switch (AnomalyFileReader.open(document)) {
      case Result.Faulty(List<String> faults) -> new Outcome.Refused(faults);
      case Result.Read(AnomalyFileReader.Element root, SignatureBlock signature) ->
          signed(document, root, signature, connection);
    };
  }

  private Outcome signed(
      Octets document,
      AnomalyFileReader.Element root,
      SignatureBlock signature,
      Optional<Eui64> connection) {
    Signer signer;
    try {
      signer = verifier.verify(signature, ROLES);
    } catch (VerificationException e) {
      return refused(String.valueOf(e.getMessage()));
    }
    if (!(signature instanceof Enveloped enveloped)) {
      throw new IllegalStateException("only an enveloped signature is verified");
    }
    boolean dcc = XmlVerifier.DSP_ROLES.contains(signer.role());
    Optional<String> stranger = stranger(signer.eui64(), dcc, connection);
    if (stranger.isPresent()) {
      return refused(stranger.get());
    }
    Orderer orderer = new Orderer(signer.eui64(), person(signer));
    CountedParty own = dcc ? new CountedParty.AllUsers() : new CountedParty.User(signer.eui64());
    Instant now = clock.instant();
    return switch (AnomalyFileReader.read(root, own, now)) {
      case Content.Faulty(List<String> faults) -> new Outcome.Refused(faults);
      case Content.Complete(AnomalyFile file) -> {
        List<String> reasons = notEntitled(file, orderer, dcc);
        yield reasons.isEmpty()
            ? carryOut(new Received(document, enveloped.documentDigest(), file, orderer, now))
            : new Outcome.Refused(reasons);
      }
    };
  }

  /** Why this organisation may not bring a file over this connection. */
  private Optional<String> stranger(Eui64 signer, boolean dcc, Optional<Eui64> connection) {
    if (dcc) {
      return signer.equals(dsp) && connection.isEmpty()
          ? Optional.empty()
          : Optional.of("signed by the DCC's " + signer + ", whose files do not come this way");
    }
    Optional<DccUser> user = users.find(signer);
    if (user.filter(known -> known.status() == UserStatus.ACTIVE).isEmpty()) {
      return Optional.of(signer + " is no active DCC User");
    }
    return connection
        .filter(brought -> !user.get().entitles(brought))
        .map(brought -> "brought by " + brought + ", which may not speak for " + signer);
  }

  /**
   * A file that its signer may send.
   *
   * @param digest of what the signature covers
   */
  private record Received(
      Octets document, Octets digest, AnomalyFile file, Orderer orderer, Instant now) {}

  private Outcome carryOut(Received received) {
    for (int attempt = 1; ; attempt++) {
      try {
        return store(received);
      } catch (StaleFactsException movedMeanwhile) {
        if (attempt == ATTEMPTS_MAX) {
          return refused("a request of this file is moving on; try again");
        }
      }
    }
  }

  /**
   * A certificate may be named in several ways, and a key certified twice is still one person's.
   */
  private static String person(Signer signer) {
    return Sha256.of(Octets.of(signer.key().getEncoded())).hex();
  }

  private List<String> notEntitled(AnomalyFile file, Orderer orderer, boolean dcc) {
    List<String> reasons = new ArrayList<>();
    Stream.concat(
            file.thresholds().stream().map(Threshold::counted),
            file.limits().stream().map(ValueLimit::counted))
        .filter(counted -> !maySet(counted, orderer, dcc))
        .distinct()
        .forEach(counted ->
            reasons.add(
                String.format(
                    Locale.ROOT,
                    "%s may not set what concerns the requests of %s",
                    orderer.organisation(),
                    counted.key())));
    for (Order order : file.orders()) {
      Optional<Quarantine> found = quarantine.find(order.event());
      // Who has nothing to do with a request does not learn that it is there.
      if (found.filter(q -> dcc || AnomalyDetection.sentBy(q, orderer.organisation())).isEmpty()) {
        reasons.add("no request of yours was quarantined by event " + order.event());
      } else if (found.get().decision().isPresent()) {
        reasons.add("event " + order.event() + " is decided already");
      }
    }
    return reasons;
  }

  private static boolean maySet(CountedParty counted, Orderer orderer, boolean dcc) {
    return switch (counted) {
      case CountedParty.User(Eui64 id) -> !dcc && id.equals(orderer.organisation());
      case CountedParty.AllUsers _, CountedParty.CosParty _ -> dcc;
    };
  }

  private Outcome store(Received received) {
    Map<Long, StoredRequest> waiting = new HashMap<>();
    for (Order order : received.file().orders()) {
      quarantine
          .find(order.event())
          .map(Quarantine::request)
          .flatMap(requests::find)
          .ifPresent(request -> waiting.put(order.event(), request));
    }
    Outcome outcome = store.transact(connection -> store(connection, received, waiting));
    if (outcome instanceof Outcome.Taken) {
      AnomalyRules _ = detection.readRules(received.now());
      dueWork.run();
    }
    return outcome;
  }

  private Outcome store(Connection connection, Received received, Map<Long, StoredRequest> waiting)
      throws SQLException {
    AnomalyFile file = received.file();
    Eui64 signer = received.orderer().organisation();
    int more = file.thresholds().size() + file.limits().size();
    if (more > 0 && AnomalyRuleStore.count(connection, signer, received.now()) + more > RULES_MAX) {
      return refused(
          String.format(
              Locale.ROOT,
              "%s would have more than %d thresholds and limits in effect now or later",
              signer,
              RULES_MAX));
    }
    Optional<Long> id = addFile(connection, received);
    if (id.isEmpty()) {
      return refused("this file was taken before");
    }
    List<String> done = new ArrayList<>();
    for (Threshold threshold : file.thresholds()) {
      AnomalyRuleStore.add(connection, threshold, id.get());
      done.add(words(threshold));
    }
    for (ValueLimit limit : file.limits()) {
      AnomalyRuleStore.add(connection, limit, id.get());
      done.add("value limit set for " + limit.element() + " of service " + limit.service());
    }
    // In one order, so that two files with the same events do not wait for each other for ever.
    for (Order order : file.orders().stream().sorted(comparingLong(Order::event)).toList()) {
      Optional<StoredRequest> request = Optional.ofNullable(waiting.get(order.event()));
      done.add(order(connection, order, received, id.get(), request));
    }
    return new Outcome.Taken(done);
  }

  private static String words(Threshold threshold) {
    return String.format(
        Locale.ROOT,
        "threshold set for service %s, counted for %s: %d requests within %d hours, from %s%s",
        threshold.service(),
        threshold.counted().key(),
        threshold.amount().requests(),
        threshold.hours(),
        threshold.validity().from(),
        threshold.validity().until().map(until -> " until " + until).orElse(""));
  }

  private static Optional<Long> addFile(Connection connection, Received received)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ADD_FILE)) {
      statement.setLong(1, received.orderer().organisation().value());
      statement.setString(2, received.orderer().key());
      statement.setBytes(3, received.digest().toArray());
      statement.setObject(4, received.now().atOffset(ZoneOffset.UTC));
      statement.setBytes(5, received.document().toArray());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
      }
    }
  }

  private String order(
      Connection connection,
      Order order,
      Received received,
      long file,
      Optional<StoredRequest> request)
      throws SQLException {
    Instant now = received.now();
    Quarantine locked = QuarantineLedger.lock(connection, order.event()).orElseThrow();
    if (locked.decision().isPresent()) {
      return "event " + order.event() + ": decided already";
    }
    if (!QuarantineLedger.order(connection, locked, order, received.orderer(), file, now)) {
      return String.format(
          Locale.ROOT,
          "event %d: %s noted; a second person has to order the same, and one of both belongs to %s",
          order.event(),
          order.decision(),
          locked.request().originator());
    }
    QuarantineLedger.decide(connection, locked, order.decision());
    boolean done =
        switch (order.decision()) {
          case RELEASE -> QuarantineLedger.release(connection, locked, now);
          case DELETE -> request.isPresent() && delete(connection, request.get(), now);
        };
    return done
        ? "event " + order.event() + ": " + order.decision() + " by two people"
        : "event " + order.event() + ": decided, but the request had ended already";
  }

  private boolean delete(Connection connection, StoredRequest request, Instant now)
      throws SQLException {
    RequestEvent withdrawn = new RequestEvent.Withdrawn(CancellationReason.DELETED_FROM_QUARANTINE);
    Optional<RequestLifecycle.Step> step =
        RequestLifecycle.decide(request.state(), withdrawn, now, times);
    if (step.isPresent()) {
      Move move = Move.to(request, step.get().state(), List.of());
      RequestLedger.movingOrNothing(move, now).store(connection);
      for (StoredChange change : RequestLedger.changesOf(step.get(), request, now)) {
        change.store(connection);
      }
    }
    return step.isPresent();
  }

  private static Outcome refused(String reason) {
    return new Outcome.Refused(List.of(reason));
  }

  /**
   * What there is to see.
   *
   * @param viewer the identity of a user's TLS connection, which sees what concerns the users that
   *     it may speak for; none for the DCC's own people, who see all
   */
  public View view(Optional<Eui64> viewer) {
    return new View(
        viewer.map(identity ->
            users.all().stream()
                .filter(user -> user.entitles(identity))
                .map(DccUser::id)
                .collect(Collectors.toUnmodifiableSet())));
  }

  /** What somebody may see. */
  public final class View {
    private final Optional<Set<Eui64>> users;

    private View(Optional<Set<Eui64>> users) {
      this.users = users;
    }

    /** Requests in quarantine on which nobody has decided, the oldest first. */
    public List<Quarantine> quarantine(int max) {
      return quarantine.open(users, max);
    }

    /** Warnings, the newest first. */
    public List<Warning> warnings(int max) {
      return detection.warnings(keys(), max);
    }

    /** Every threshold that is or will be in effect. */
    public List<Threshold> thresholds() {
      return rules().thresholds().stream().filter(one -> sees(one.counted())).toList();
    }

    /** Every value limit that is or will be in effect. */
    public List<ValueLimit> limits() {
      return rules().limits().stream().filter(one -> sees(one.counted())).toList();
    }

    private AnomalyRules rules() {
      return detection.readRules(clock.instant());
    }

    private Optional<Set<String>> keys() {
      return users.map(ids -> ids.stream().map(Eui64::hex).collect(Collectors.toSet()));
    }

    private boolean sees(CountedParty counted) {
      return keys().map(keys -> keys.contains(counted.key())).orElse(true);
    }
  }
}
