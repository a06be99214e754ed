// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.dccki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.kernel.Eui64;
import org.meterbox.smki.Installation;
import org.meterbox.smki.vault.HeldKey;
import org.meterbox.smki.vault.KeyVault;
import org.meterbox.smki.vault.Pkcs12Vault;

/** Real handshakes over the loopback: the JDK's HTTPS server answers with who it thinks you are. */
final class TlsTest {
  private static final Eui64 DSP = Installation.BROKER;

  private final Path folder;
  private Installation smki;
  private Optional<HttpsServer> server = Optional.empty();

  TlsTest(@TempDir Path folder) {
    this.folder = folder;
    smki = new Installation(folder);
    // TLS compares with the machine's clock, which no test can set.
    smki.now = Instant.now();
  }

  @AfterEach
  void stop() {
    server.ifPresent(running -> running.stop(0));
  }

  private KeyVault vault(String name) {
    return Pkcs12Vault.openIn(folder, name, smki.random);
  }

  private static List<X509Certificate> roots(Installation of) {
    return List.of(of.authorities.dcckiRoot().certificate());
  }

  private URI start(List<String> hosts) throws IOException {
    HeldKey key =
        new TlsIssuer(smki.authorities, smki.repository, smki.clock)
            .server(vault("dsp"), "tls", DSP, hosts);
    SSLContext context = TlsContexts.context(key, roots(smki));
    HttpsServer https =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    https.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters mutual = context.getDefaultSSLParameters();
            mutual.setNeedClientAuth(true);
            parameters.setSSLParameters(mutual);
          }
        });
    https.createContext(
        "/",
        exchange -> {
          var session = ((HttpsExchange) exchange).getSSLSession();
          X509Certificate peer = (X509Certificate) session.getPeerCertificates()[0];
          byte[] answer =
              TlsIdentity.of(peer)
                  .map(Eui64::dashed)
                  .orElse("nobody")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    https.start();
    server = Optional.of(https);
    return URI.create("https://localhost:" + https.getAddress().getPort() + "/");
  }

  private static String get(URI uri, SSLContext context) throws Exception {
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(context).connectTimeout(Duration.ofMinutes(2)).build()) {
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private HeldKey supplierKey(Installation of) {
    return new TlsIssuer(of.authorities, of.repository, of.clock)
        .client(vault("supplier"), "tls", Installation.SUPPLIER);
  }

  @Test
  void knowsTheUserByItsCertificate() throws Exception {
    URI uri = start(TlsIssuer.LOCAL_HOSTS);
    SSLContext context = TlsContexts.context(supplierKey(smki), roots(smki));
    assertThat(get(uri, context)).isEqualTo(Installation.SUPPLIER.dashed());
  }

  // The same names, other keys: a stranger's authorities must not open the door.
  @Test
  void refusesAUserOfAnotherInstallation(@TempDir Path elsewhere) throws Exception {
    URI uri = start(TlsIssuer.LOCAL_HOSTS);
    Installation stranger = new Installation(elsewhere);
    stranger.now = smki.now;
    SSLContext context = TlsContexts.context(supplierKey(stranger), roots(smki));
    assertThatThrownBy(() -> get(uri, context)).isInstanceOf(IOException.class);
  }

  @Test
  void refusesAServerUnderAnotherName() throws Exception {
    URI uri = start(List.of("dsp.example"));
    SSLContext context = TlsContexts.context(supplierKey(smki), roots(smki));
    assertThatThrownBy(() -> get(uri, context)).isInstanceOf(IOException.class);
  }

  // A user must not pass for the DSP: its certificate is for calling only.
  @Test
  void refusesAUsersKeyAtTheListeningEnd() throws Exception {
    HeldKey client = supplierKey(smki);
    assertThat(client.chain().getFirst().getExtendedKeyUsage())
        .containsExactly("1.3.6.1.5.5.7.3.2");
    HeldKey server =
        new TlsIssuer(smki.authorities, smki.repository, smki.clock)
            .server(vault("dsp"), "tls", DSP, TlsIssuer.LOCAL_HOSTS);
    assertThat(server.chain().getFirst().getExtendedKeyUsage())
        .containsExactly("1.3.6.1.5.5.7.3.1");
  }

  @Test
  void keepsAKeyUntilItsCertificateRunsOut() {
    HeldKey first = supplierKey(smki);
    assertThat(supplierKey(smki).chain()).isEqualTo(first.chain());
    Instant end = first.chain().getFirst().getNotAfter().toInstant();
    smki.now = end.minus(TlsIssuer.RENEWAL_BEFORE_END).minusSeconds(1);
    assertThat(supplierKey(smki).chain()).isEqualTo(first.chain());
    smki.now = end.minus(TlsIssuer.RENEWAL_BEFORE_END);
    assertThat(supplierKey(smki).chain()).isNotEqualTo(first.chain());
  }

  // One start with a clock far ahead must not close the connections of all later ones.
  @Test
  void replacesAKeyWhoseCertificateBeginsInTheFuture() {
    Instant today = smki.now;
    supplierKey(smki);
    smki.now = today.plus(Duration.ofDays(3_000));
    HeldKey ahead = supplierKey(smki);
    smki.now = today;
    assertThat(ahead.isValidAt(today)).isFalse();
    assertThat(supplierKey(smki).isValidAt(today)).isTrue();
  }

  @Test
  void takesNobodyButATlsCertificateForAnIdentity() {
    assertThat(TlsIdentity.of(smki.authorities.issuingOca().certificate())).isEmpty();
    assertThat(TlsIdentity.of(smki.authorities.dcckiInfrastructure().certificate())).isEmpty();
  }

  // Runtimes in wide use end their process over a BIT STRING in a server's name.
  @Test
  void aWebsiteIsKnownByItsHostsAloneAndStandsForNobody() throws Exception {
    HeldKey website =
        new TlsIssuer(smki.authorities, smki.repository, smki.clock)
            .website(vault("portal"), "tls", TlsIssuer.LOCAL_HOSTS);
    X509Certificate certificate = website.chain().getFirst();
    assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=localhost");
    assertThat(certificate.getSubjectAlternativeNames()).hasSize(3);
    assertThat(TlsIdentity.of(certificate)).isEmpty();
  }
}
