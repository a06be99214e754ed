// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.dccki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.common.tls.TlsClientAuth;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.http.TlsPolicy;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.Installation;
import org.meterbox.smki.vault.Pkcs12Vault;

/** Each line of the two policies, from its good and from its bad side, with real handshakes. */
final class TlsPolicyTest {
  private final Installation smki;
  private final SSLContext listening;
  private final SSLContext calling;
  private WebServer server = WebServer.builder().shutdownHook(false).build();

  TlsPolicyTest(@TempDir Path folder) {
    smki = new Installation(folder);
    smki.now = Instant.now();
    TlsIssuer issuer = new TlsIssuer(smki.authorities, smki.repository, smki.clock);
    var roots = List.of(smki.authorities.dcckiRoot().certificate());
    var vault = Pkcs12Vault.openIn(folder, "ends", smki.random);
    listening =
        TlsContexts.context(
            issuer.server(vault, "server", Installation.BROKER, TlsIssuer.LOCAL_HOSTS), roots);
    calling = TlsContexts.context(issuer.client(vault, "client", Installation.SUPPLIER), roots);
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private static TlsPolicy policy(String name) {
    return switch (name) {
      case "users" -> TlsPolicy.DCC_USERS;
      case "people" -> TlsPolicy.PEOPLE;
      default -> throw new IllegalArgumentException(name);
    };
  }

  private void listen(String policy) {
    server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .shutdownHook(false)
            .shutdownGracePeriod(Duration.ofSeconds(1))
            .tls(policy(policy).listening(listening, TlsClientAuth.REQUIRED))
            .routing(routing -> routing.get("/", (request, response) -> response.send("x")))
            .build()
            .start();
  }

  /** The suite that both ends agree on. */
  private String shakeHands(String version, String suite, String curve) throws IOException {
    try (SSLSocket socket =
        (SSLSocket) calling.getSocketFactory().createSocket("localhost", server.port())) {
      socket.setSoTimeout(20_000);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setProtocols(new String[] {version});
      parameters.setCipherSuites(new String[] {suite});
      parameters.setNamedGroups(new String[] {curve});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      // In TLS 1.3 the client is done before the server has checked it.
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().read()).isEqualTo('H');
      return socket.getSession().getCipherSuite();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "users,  TLSv1.3, TLS_AES_256_GCM_SHA384,                  secp256r1",
    "users,  TLSv1.3, TLS_AES_128_GCM_SHA256,                  secp384r1",
    "users,  TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, secp256r1",
    "users,  TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, secp256r1",
    "people, TLSv1.3, TLS_AES_256_GCM_SHA384,                  x25519",
    "people, TLSv1.3, TLS_AES_128_GCM_SHA256,                  secp256r1",
    "people, TLSv1.3, TLS_AES_128_GCM_SHA256,                  secp384r1"
  })
  void takesWhatItsLinesName(String policy, String version, String suite, String curve)
      throws IOException {
    listen(policy);
    assertThat(shakeHands(version, suite, curve)).isEqualTo(suite);
  }

  @ParameterizedTest
  @CsvSource({
    // Versions.
    "people, TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,       secp256r1",
    // Suites.
    "users,  TLSv1.3, TLS_CHACHA20_POLY1305_SHA256,                  secp256r1",
    "people, TLSv1.3, TLS_CHACHA20_POLY1305_SHA256,                  secp256r1",
    "users,  TLSv1.2, TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, secp256r1",
    "users,  TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256,       secp256r1",
    "users,  TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384,       secp256r1",
    // Curves and groups.
    "users,  TLSv1.3, TLS_AES_256_GCM_SHA384,                        x25519",
    "users,  TLSv1.3, TLS_AES_256_GCM_SHA384,                        secp521r1",
    "users,  TLSv1.3, TLS_AES_256_GCM_SHA384,                        ffdhe2048",
    "people, TLSv1.3, TLS_AES_256_GCM_SHA384,                        secp521r1",
    "people, TLSv1.3, TLS_AES_256_GCM_SHA384,                        x448"
  })
  void refusesWhatNoLineNames(String policy, String version, String suite, String curve) {
    listen(policy);
    assertThatThrownBy(() -> shakeHands(version, suite, curve)).isInstanceOf(IOException.class);
  }

  // The JDK's client no longer offers these; so the offer is made by hand.
  @ParameterizedTest
  @ValueSource(strings = {"0300", "0301", "0302"})
  void refusesVersionsFromTheLastCentury(String version) throws IOException {
    listen("users");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(20_000);
      String hello = version + "00".repeat(32) + "00" + "0004C009C00A" + "0100";
      String message = "01" + String.format(Locale.ROOT, "%06x", hello.length() / 2) + hello;
      Octets octets =
          Octets.ofHex(
              "160301" + String.format(Locale.ROOT, "%04x", message.length() / 2) + message);
      socket.getOutputStream().write(octets.toArray());
      byte[] alert = socket.getInputStream().readNBytes(7);
      assertThat(alert[0]).as("an alert").isEqualTo((byte) 21);
      assertThat(alert[6]).as("protocol_version").isEqualTo((byte) 70);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"users", "people"})
  void boundsTheLifeAndTheNumberOfSessions(String policy) {
    listen(policy);
    assertThat(listening.getServerSessionContext().getSessionTimeout()).isBetween(1, 3_600);
    assertThat(listening.getServerSessionContext().getSessionCacheSize()).isBetween(1, 10_000);
  }

  // Zero means "for ever" to the JDK.
  @Test
  void aPolicyWithoutABoundIsRefused() {
    TlsPolicy good = TlsPolicy.PEOPLE;
    assertThatThrownBy(
            () -> new TlsPolicy(good.versions(), good.suites(), good.curves(), Duration.ZERO, 10))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new TlsPolicy(List.of(), good.suites(), good.curves(), Duration.ofHours(1), 10))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
