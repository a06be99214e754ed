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
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.meterbox.adapter.certificates.TrustedAuthorities;
import org.meterbox.adapter.identity.UserIdentity;
import org.meterbox.app.keys.TrustFile;
import org.meterbox.app.system.Addresses;
import org.meterbox.app.system.DataDirectory;
import org.meterbox.app.system.Enrolment;
import org.meterbox.app.system.MeterboxSystem;
import org.meterbox.app.system.Participant;
import org.meterbox.app.system.PublishedIdentities;
import org.meterbox.app.system.UserDesk;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.dccki.TlsContexts;
import org.meterbox.smki.vault.HeldKey;
import org.meterbox.smki.vault.KeyVault;

/** A system that another process runs, seen by one of its users. */
final class RunningSystem implements AutoCloseable {
  private final UserDesk desk;
  private final Optional<URI> receiver;
  private final HttpClient http;

  private RunningSystem(UserDesk desk, Optional<URI> receiver, SSLContext tls) {
    this.desk = desk;
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
    SSLContext tls = tls(vault, participant);
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
    return new RunningSystem(desk, receiver, tls);
  }

  /** What the user works with. */
  UserDesk desk() {
    return desk;
  }

  /** What the user's Receive Response Service received for a request. */
  Optional<Octets> response(MessageId request, Duration atMost)
      throws IOException, InterruptedException {
    URI inbox =
        receiver.orElseThrow(() -> new IOException("the responses of this user go elsewhere"));
    URI question =
        URI.create(
            String.format(
                Locale.ROOT, "%s?id=%s&waitSeconds=%d", inbox, request, atMost.toSeconds()));
    HttpResponse<byte[]> answer =
        http.send(
            HttpRequest.newBuilder(question).timeout(atMost.plusSeconds(5)).build(),
            BodyHandlers.ofByteArray());
    return answer.statusCode() == 200 ? Optional.of(Octets.of(answer.body())) : Optional.empty();
  }

  @Override
  public void close() {
    desk.close();
    http.close();
  }

  private static SSLContext tls(KeyVault vault, Participant participant) throws IOException {
    HeldKey key =
        vault
            .find(MeterboxSystem.CLIENT_TLS_KEY)
            .orElseThrow(() -> new IOException(participant.name() + " has no TLS key there"));
    return TlsContexts.context(key, List.of(key.chain().getLast()));
  }
}
