// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.send;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.meterbox.adapter.certificates.TrustedAuthorities;
import org.meterbox.adapter.identity.UserIdentity;
import org.meterbox.adapter.receiving.ResponseReceiver;
import org.meterbox.app.keys.TrustFile;
import org.meterbox.app.system.Addresses;
import org.meterbox.app.system.DataDirectory;
import org.meterbox.app.system.Enrolment;
import org.meterbox.app.system.Participant;
import org.meterbox.app.system.PublishedIdentities;
import org.meterbox.app.system.UserDesk;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.vault.KeyVault;

/** A system that another process runs, seen by one of its users. */
final class RunningSystem implements AutoCloseable {
  /** How long one question to the receiver waits: less than its longest wait. */
  private static final Duration ONE_QUESTION = ResponseReceiver.WAIT_MAX.dividedBy(2);

  /** How long an answer is waited for once the device has refused some command. */
  private static final Duration AFTER_REFUSAL = Duration.ofSeconds(2);

  /** How long receiver and operators' port may take beyond that. */
  private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

  private final UserDesk desk;
  private final URI operators;
  private final Optional<URI> receiver;
  private final HttpClient http;

  private RunningSystem(UserDesk desk, URI operators, Optional<URI> receiver, SSLContext tls) {
    this.desk = desk;
    this.operators = operators;
    this.receiver = receiver;
    this.http = HttpClient.newBuilder().sslContext(tls).build();
  }

  /**
   * Finds the system by what it wrote into its data directory.
   *
   * @throws IOException where none runs there
   */
  static RunningSystem find(DataDirectory data, Participant participant) throws IOException {
    Addresses addresses =
        Addresses.read(data.addresses())
            .orElseThrow(() ->
                new IOException(
                    String.format(
                        Locale.ROOT,
                        "no system runs with its data in %s: start one with ./meterbox up",
                        data.root())));
    KeyVault vault = Enrolment.openUserVault(data, participant, new SecureRandom());
    Optional<PublishedIdentities> published = PublishedIdentities.of(data);
    UserIdentity identity =
        published
            .map(identities -> identities.user(participant))
            .or(() -> Enrolment.identity(vault, participant))
            .orElseThrow(() -> new IOException(participant.name() + " is not enrolled there"));
    SSLContext tls = Enrolment.clientTls(vault, participant);
    InstantSource clock = InstantSource.system();
    TrustedAuthorities authorities =
        new TrustedAuthorities(
            TrustFile.read(data.trust()),
            published.map(PublishedIdentities::pinned).orElse(Set.of()),
            clock);
    UserDesk desk =
        UserDesk.open(
            identity,
            addresses.gateway(),
            addresses.repository(),
            authorities,
            Optional.of(tls),
            clock);
    Optional<URI> receiver = Optional.ofNullable(addresses.receivers().get(participant.name()));
    return new RunningSystem(desk, addresses.operators(), receiver, tls);
  }

  /** What the user works with. */
  UserDesk desk() {
    return desk;
  }

  /**
   * What the user's Receive Response Service received for a request: an answer, or an alert of the
   * device about it. Where the device only says that it refused some command, the answer is given a
   * little more time: the alert may be about another one.
   *
   * @param taken when the DSP took the request
   */
  Optional<Octets> response(MessageId request, Instant taken, Duration atMost)
      throws IOException, InterruptedException {
    URI inbox =
        receiver.orElseThrow(() ->
            new IOException(
                "the responses of this user go to a receiver of its own (up --receiver): look"
                    + " there"));
    Optional<Octets> found = Optional.empty();
    Duration left = atMost;
    do {
      Duration part = left.compareTo(ONE_QUESTION) > 0 ? ONE_QUESTION : left;
      found = ask(inbox, request, "&refusedSince=" + taken, part);
      left = left.minus(part);
    } while (found.isEmpty() && left.isPositive());
    if (found.isEmpty()) {
      return found;
    }
    Optional<Octets> refusal = found;
    Duration grace = left.compareTo(AFTER_REFUSAL) > 0 ? AFTER_REFUSAL : left;
    return ask(inbox, request, "", grace).or(() -> refusal);
  }

  private Optional<Octets> ask(URI inbox, MessageId request, String more, Duration atMost)
      throws IOException, InterruptedException {
    URI question =
        URI.create(
            String.format(
                Locale.ROOT,
                "%s?id=%s&waitSeconds=%s%s",
                inbox,
                request,
                atMost.toSeconds(),
                more));
    HttpResponse<byte[]> answer =
        http.send(
            HttpRequest.newBuilder(question).timeout(atMost.plus(ANSWER_MAX)).build(),
            BodyHandlers.ofByteArray());
    return answer.statusCode() == 200 ? Optional.of(Octets.of(answer.body())) : Optional.empty();
  }

  /**
   * By which rule the DSP refused a request; empty where its operators' port does not tell. That is
   * an aid for people only: whatever stands in its way is passed over.
   */
  Optional<String> rule(MessageId request) throws InterruptedException {
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(operators.resolve("/refusals?id=" + request))
                  .timeout(ANSWER_MAX)
                  .build(),
              BodyHandlers.ofString());
      String line = answer.body().strip();
      return answer.statusCode() == 200
          ? Optional.of(line.substring(line.indexOf(' ') + 1))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException notThere) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    desk.close();
    http.close();
  }
}
