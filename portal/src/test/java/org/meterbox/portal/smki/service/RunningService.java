// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.smki.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.meterbox.portal.smki.api.Api;
import org.meterbox.portal.web.BatchInbox;
import org.meterbox.portal.web.Route;
import org.meterbox.smki.Installation;
import org.meterbox.smki.RegisteredSupplier;
import org.meterbox.smki.dccki.TlsContexts;
import org.meterbox.smki.dccki.TlsIssuer;
import org.meterbox.smki.desk.Desks;
import org.meterbox.smki.desk.Infrastructure;
import org.meterbox.smki.issuing.BatchDesk;
import org.meterbox.smki.issuing.CertificateIssuer;
import org.meterbox.smki.people.Duty;
import org.meterbox.smki.revocation.PostgresRevocationListStore;
import org.meterbox.smki.revocation.RevocationDesk;
import org.meterbox.smki.revocation.RevocationLists;
import org.meterbox.smki.vault.HeldKey;
import org.meterbox.smki.vault.Pkcs12Vault;

/** The service on a free port, with three people who have certificates for it. */
public final class RunningService implements AutoCloseable {
  public static final String OFFICER = "officer";
  public static final String STAFF = "staff";
  public static final String AUDITOR = "auditor";

  public final Path folder;
  public final RegisteredSupplier house;
  public final SmkiService service;
  private final Desks desks;
  private final Map<Optional<String>, HttpClient> clients = new HashMap<>();

  public RunningService(Path folder) throws IOException {
    this.folder = folder;
    house = new RegisteredSupplier(folder);
    // TLS compares with the machine's clock, which no test can set.
    house.smki.now = Instant.now();
    Installation smki = house.smki;
    CertificateIssuer issuer =
        new CertificateIssuer(
            smki.authorities,
            house.repository,
            house.registrations,
            smki.clock,
            CertificateIssuer.DCA_CERTIFICATES_MAX);
    RevocationLists lists =
        new RevocationLists(
            smki.authorities,
            house.repository,
            PostgresRevocationListStore.open(house.store),
            smki.clock);
    assertThat(lists.signDue()).isNotEmpty();
    Infrastructure infrastructure =
        new Infrastructure(
            smki.authorities,
            issuer,
            BatchDesk.open(house.store, issuer, house.registrations, house.audit, smki.clock),
            house.repository,
            new RevocationDesk(house.repository, lists, house.registrations, smki.clock),
            lists,
            house.registrations,
            house.people,
            house.audit,
            smki.clock);
    desks = new Desks(infrastructure);
    HeldKey key =
        new TlsIssuer(smki.authorities, house.repository, smki.clock)
            .website(
                Pkcs12Vault.openIn(folder, "server", smki.random), "tls", TlsIssuer.LOCAL_HOSTS);
    service =
        SmkiService.open(
            infrastructure,
            "127.0.0.1",
            0,
            TlsIssuer.LOCAL_HOSTS,
            TlsContexts.context(
                key,
                List.of(
                    smki.authorities.dcckiRoot().certificate(),
                    smki.authorities.ikiRoot().certificate())),
            folder.resolve("inbox"));
    person(OFFICER, RegisteredSupplier.OFFICER_NAME, RegisteredSupplier.OFFICER_DUTY);
    person(STAFF, "Rex Registrar", new Duty.RegistrationStaff());
    person(AUDITOR, "Ann Auditor", new Duty.Auditor());
  }

  private void person(String name, String fullName, Duty duty) {
    HeldKey _ =
        house.people.findOrAdmit(
            "installation",
            Pkcs12Vault.openIn(folder, name, house.smki.random),
            "person",
            fullName,
            duty);
  }

  public HeldKey key(String name) {
    return Pkcs12Vault.openIn(folder, name, house.smki.random).find("person").orElseThrow();
  }

  /** The addresses for programs, as the service opens them. */
  public List<Route> apiRoutes() throws IOException {
    return new Api(desks, new BatchInbox(folder.resolve("other-inbox")), () -> "").routes();
  }

  private X509Certificate root() {
    return house.smki.authorities.dcckiRoot().certificate();
  }

  /** What this person is answered; nobody has no certificate. */
  public HttpResponse<String> get(Optional<String> name, String path) throws Exception {
    return send(name, request(path).GET());
  }

  public HttpResponse<String> get(String name, String path) throws Exception {
    return get(Optional.of(name), path);
  }

  public HttpResponse<String> post(String name, String path, String contentType, BodyPublisher body)
      throws Exception {
    return send(Optional.of(name), request(path).header("Content-Type", contentType).POST(body));
  }

  public HttpResponse<String> postJson(String name, String path, String json) throws Exception {
    return post(name, path, "application/json", BodyPublishers.ofString(json));
  }

  /** A form as the portal's own pages send it. */
  public HttpResponse<String> postForm(String name, String path, String form) throws Exception {
    return send(
        Optional.of(name),
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Origin", service.address().toString())
            .POST(BodyPublishers.ofString(form)));
  }

  public HttpRequest.Builder request(String path) {
    URI uri = URI.create(service.address() + path);
    return HttpRequest.newBuilder(uri).timeout(Duration.ofMinutes(2));
  }

  public HttpResponse<String> send(Optional<String> name, HttpRequest.Builder request)
      throws Exception {
    HttpClient client = clients.get(name);
    if (client == null) {
      client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .sslContext(context(name))
              .build();
      clients.put(name, client);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** The TLS of this person, for connections made by hand. */
  public SSLContext tls(Optional<String> name) throws Exception {
    return context(name);
  }

  private SSLContext context(Optional<String> name) throws Exception {
    if (name.isPresent()) {
      return TlsContexts.context(key(name.get()), List.of(root()));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(TlsContexts.trustStore(List.of(root())));
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @Override
  public void close() {
    clients.values().forEach(HttpClient::close);
    service.close();
    house.close();
  }
}
