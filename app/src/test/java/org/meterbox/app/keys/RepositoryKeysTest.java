// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.meterbox.adapter.certificates.RepositoryKeys;
import org.meterbox.adapter.certificates.SmkiRepositoryClient;
import org.meterbox.adapter.certificates.TrustedAuthorities;
import org.meterbox.correlate.keys.KeyUse;
import org.meterbox.crypto.P256;
import org.meterbox.kernel.Eui64;

/** Certificates over real HTTP from a repository of the test's own. */
class RepositoryKeysTest {
  private static final Eui64 METER = Eui64.parse("00DB000000000001");
  private static final Eui64 OTHER = Eui64.parse("00DB000000000002");

  private final TestAuthority authority = new TestAuthority();
  private final KeyPair key = P256.generate(new SecureRandom());
  private final Map<Eui64, X509Certificate> held = new ConcurrentHashMap<>();
  private final AtomicInteger questions = new AtomicInteger();
  private final WebServer server =
      WebServer.builder()
          .host("127.0.0.1")
          .port(0)
          .shutdownHook(false)
          .routing(
              HttpRouting.builder()
                  .post("/services/certificatesearch", this::search)
                  .post("/services/retrievecertificate", this::retrieve))
          .build()
          .start();
  private final SmkiRepositoryClient client =
      new SmkiRepositoryClient(URI.create("http://127.0.0.1:" + server.port()));
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final RepositoryKeys keys =
      RepositoryKeys.certificatesOnly(
          client, new TrustedAuthorities(List.of(authority.certificate()), () -> now), () -> now);

  @AfterEach
  void close() {
    client.close();
    server.stop();
  }

  @Test
  void asksOnceForACertificate() {
    held.put(METER, meter());
    assertThat(keys.certificates(METER, KeyUse.KEY_AGREEMENT))
        .singleElement()
        .satisfies(found -> assertThat(found.holder()).isEqualTo(METER));
    int asked = questions.get();
    assertThat(keys.certificates(METER, KeyUse.KEY_AGREEMENT)).hasSize(1);
    assertThat(questions).hasValue(asked);
  }

  // A meter that got a new key is understood again before long.
  @Test
  void asksAgainAfterAWhile() {
    held.put(METER, meter());
    keys.certificates(METER, KeyUse.KEY_AGREEMENT);
    X509Certificate renewed = meter();
    held.put(METER, renewed);
    now = now.plus(RepositoryKeys.FOUND_KEPT);
    assertThat(keys.certificates(METER, KeyUse.KEY_AGREEMENT))
        .singleElement()
        .satisfies(found -> assertThat(found.serialNumber()).isEqualTo(renewed.getSerialNumber()));
  }

  // What was found while the clock ran ahead would count for years after it is set right.
  @Test
  void asksAgainAfterTheClockWasSetBack() {
    held.put(METER, meter());
    now = now.plus(Duration.ofHours(5));
    keys.certificates(METER, KeyUse.KEY_AGREEMENT);
    int asked = questions.get();
    now = now.minus(Duration.ofHours(5));
    assertThat(keys.certificates(METER, KeyUse.KEY_AGREEMENT)).hasSize(1);
    assertThat(questions.get()).isGreaterThan(asked);
  }

  @Test
  void doesNotAskTwiceForAStrangerWithinAMinute() {
    assertThat(keys.certificates(METER, KeyUse.KEY_AGREEMENT)).isEmpty();
    int asked = questions.get();
    now = now.plus(Duration.ofSeconds(59));
    assertThat(keys.certificates(METER, KeyUse.KEY_AGREEMENT)).isEmpty();
    assertThat(questions).hasValue(asked);
    held.put(METER, meter());
    now = now.plus(Duration.ofSeconds(1));
    assertThat(keys.certificates(METER, KeyUse.KEY_AGREEMENT)).hasSize(1);
  }

  // A valid certificate, but somebody else's: his messages would pass for the meter's.
  @Test
  void believesWhatTheCertificateSaysOfItsHolder() {
    held.put(METER, authority.device(OTHER, key.getPublic(), KeyUsage.keyAgreement));
    assertThat(keys.certificates(METER, KeyUse.KEY_AGREEMENT)).isEmpty();
  }

  @Test
  void believesTrustedAuthoritiesOnly() {
    held.put(METER, new TestAuthority().device(METER, key.getPublic(), KeyUsage.keyAgreement));
    assertThat(keys.certificates(METER, KeyUse.KEY_AGREEMENT)).isEmpty();
  }

  @Test
  void saysThatTheRepositoryDoesNotAnswerUnlessItDidBefore() {
    held.put(METER, meter());
    keys.certificates(METER, KeyUse.KEY_AGREEMENT);
    server.stop();
    now = now.plus(RepositoryKeys.FOUND_KEPT);
    assertThat(keys.certificates(METER, KeyUse.KEY_AGREEMENT)).hasSize(1);
    assertThatThrownBy(() -> keys.certificates(OTHER, KeyUse.KEY_AGREEMENT))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("SMKI Repository");
  }

  private X509Certificate meter() {
    return authority.device(METER, key.getPublic(), KeyUsage.keyAgreement);
  }

  private void search(ServerRequest request, ServerResponse response) {
    questions.incrementAndGet();
    String question = request.content().as(String.class);
    Set<Eui64> found =
        held.keySet().stream()
            .filter(holder -> question.contains(holder.dashed()))
            .collect(java.util.stream.Collectors.toSet());
    if (found.isEmpty()) {
      response.status(Status.create(402)).send();
      return;
    }
    StringBuilder results = new StringBuilder("<CertificateSearchResponse>");
    for (Eui64 holder : found) {
      results
          .append("<Result><CertificateSerial>")
          .append(holder.hex())
          .append("</CertificateSerial><CertificateUsage>KA</CertificateUsage>")
          .append("<CertificateStatus>I</CertificateStatus></Result>");
    }
    response.send(results.append("</CertificateSearchResponse>").toString());
  }

  private void retrieve(ServerRequest request, ServerResponse response)
      throws CertificateEncodingException {
    String question = request.content().as(String.class);
    for (Map.Entry<Eui64, X509Certificate> entry : held.entrySet()) {
      if (question.contains(entry.getKey().hex())) {
        response.send(
            String.format(
                Locale.ROOT,
                "<CertificateDataResponse><CertificateBody>%s</CertificateBody></CertificateDataResponse>",
                Base64.getEncoder().encodeToString(entry.getValue().getEncoded())));
        return;
      }
    }
    response.status(Status.create(402)).send();
  }
}
