// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.Installation;
import org.meterbox.smki.issuing.CertificateIssuer;
import org.meterbox.smki.issuing.CertificateRequest;
import org.meterbox.smki.issuing.Issuance;
import org.meterbox.smki.profile.KeyUse;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.DateRule;
import org.meterbox.smki.repository.Revocation;

final class RepositoryQueryTest {
  private final Installation smki;
  private final CertificateIssuer issuer;
  private final RepositoryQuery query;
  private final CertificateRecord supplier;
  private final CertificateRecord device;

  RepositoryQueryTest(@TempDir Path folder) {
    smki = new Installation(folder);
    issuer = smki.issuer();
    query = new RepositoryQuery(smki.repository, smki.clock, DateRule.ENFORCED);
    supplier =
        issued(
            CertificateRequest.organisation(
                Installation.SUPPLIER,
                RemotePartyRole.SUPPLIER,
                KeyUse.DIGITAL_SIGNATURE,
                smki.newKey()));
    device =
        issued(
            CertificateRequest.device(
                Installation.SUPPLIER, Installation.DEVICE, KeyUse.KEY_AGREEMENT, smki.newKey()));
  }

  private CertificateRecord issued(CertificateRequest request) {
    return ((Issuance.Issued) issuer.issue(request)).record();
  }

  private static Octets xml(String text) {
    return Octets.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Octets search(String element, String eui) {
    return xml(
        String.format(
            Locale.ROOT,
            "<CertificateSearchRequest><%1$s>%2$s</%1$s></CertificateSearchRequest>",
            element,
            eui));
  }

  private static Octets retrieval(String serial) {
    return xml(
        String.format(
            Locale.ROOT,
            "<CertificateDataRequest><CertificateSerial>%s</CertificateSerial></CertificateDataRequest>",
            serial));
  }

  private static String serial(CertificateRecord record) {
    return Octets.of(record.certificate().getSerialNumber().toByteArray()).hex();
  }

  @Test
  void findsAnOrganisation() {
    QueryReply reply = query.search(search("CertificateSubjectName", "90-B3-D5-1F-30-01-00-00"));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.xml())
        .isEqualTo(
            String.format(
                Locale.ROOT,
                """
                <?xml version="1.0" encoding="UTF-8"?><CertificateSearchResponse>\
                <ResponseCode>200</ResponseCode><ResponseMessage>success</ResponseMessage>\
                <AuditReference>1</AuditReference><Result>\
                <CertificateSerial>%s</CertificateSerial>\
                <CertificateSubjectName>90-B3-D5-1F-30-01-00-00</CertificateSubjectName>\
                <CertificateStatus>I</CertificateStatus><CertificateRole>2</CertificateRole>\
                <CertificateUsage>DS</CertificateUsage><ManufacturingFlag>false</ManufacturingFlag>\
                </Result></CertificateSearchResponse>\
                """,
                serial(supplier)));
  }

  // The element in the reply tells a device from an organisation; a device has no role.
  @Test
  void findsADevice() {
    QueryReply reply =
        query.search(search("CertificateSubjectAltName", Installation.DEVICE.dashed()));
    assertThat(reply.xml())
        .contains(
            "<CertificateSubjectAltName>00-DB-12-34-56-78-90-01</CertificateSubjectAltName>",
            "<CertificateUsage>KA</CertificateUsage>")
        .doesNotContain("CertificateRole", "CertificateSubjectName");
  }

  @Test
  void retrievesACertificateWhole() throws Exception {
    for (String written : new String[] {serial(device), serial(device).toLowerCase(Locale.ROOT)}) {
      QueryReply reply = query.retrieve(retrieval(written));
      assertThat(reply.status()).isEqualTo(200);
      String body = reply.xml().replaceAll(".*<CertificateBody>(.*)</CertificateBody>.*", "$1");
      assertThat(Base64.getDecoder().decode(body)).isEqualTo(device.certificate().getEncoded());
    }
  }

  @Test
  void tellsTheStatus() {
    smki.repository.revoke(
        supplier.id(), new Revocation(smki.now, Revocation.Reason.KEY_COMPROMISE));
    assertThat(query.search(search("CertificateSubjectName", Installation.SUPPLIER.dashed())).xml())
        .contains("<CertificateStatus>R</CertificateStatus>");
  }

  // Only the mode for published test certificates looks past the end of validity.
  @Test
  void tellsExpiryUnlessDatesAreIgnored() {
    smki.now = supplier.notAfter().plusSeconds(1);
    Octets search = search("CertificateSubjectName", Installation.SUPPLIER.dashed());
    assertThat(query.search(search).xml()).contains("<CertificateStatus>E</CertificateStatus>");
    assertThat(
            new RepositoryQuery(smki.repository, smki.clock, DateRule.IGNORED).search(search).xml())
        .contains("<CertificateStatus>I</CertificateStatus>");
  }

  @Test
  void saysSoWhereThereIsNothing() {
    // A device's identifier among organisations, an unknown one, an unknown serial number.
    assertThat(
            query.search(search("CertificateSubjectName", Installation.DEVICE.dashed())).status())
        .isEqualTo(402);
    assertThat(
            query.search(search("CertificateSubjectAltName", "00-00-00-00-00-00-00-00")).status())
        .isEqualTo(402);
    assertThat(query.retrieve(retrieval("01")).status()).isEqualTo(402);
  }

  @Test
  void keepsTheOtherInfrastructuresToItself() {
    String dccki = smki.authorities.dcckiRoot().certificate().getSerialNumber().toString(16);
    assertThat(query.retrieve(retrieval(dccki)).status()).isEqualTo(402);
    String oca = smki.authorities.issuingOca().certificate().getSerialNumber().toString(16);
    assertThat(query.retrieve(retrieval(oca)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no xml",
        "<CertificateSearchRequest/>",
        "<CertificateSearchRequest>90-B3-D5-1F-30-01-00-00</CertificateSearchRequest>",
        "<CertificateSearchRequest><CertificateSubjectName/></CertificateSearchRequest>",
        "<CertificateSearchRequest><CertificateSubjectName>90-B3</CertificateSubjectName>"
            + "</CertificateSearchRequest>",
        "<CertificateSearchRequest><CertificateSubjectName>90-B3-D5-1F-30-01-00-00"
            + "</CertificateSubjectName><CertificateSubjectAltName>90-B3-D5-1F-30-01-00-00"
            + "</CertificateSubjectAltName></CertificateSearchRequest>",
        "<CertificateDataRequest><CertificateSubjectName>90-B3-D5-1F-30-01-00-00"
            + "</CertificateSubjectName></CertificateDataRequest>",
        "<CertificateDataRequest><CertificateSerial>xyz</CertificateSerial>"
            + "</CertificateDataRequest>",
        "<CertificateDataRequest><CertificateSerial>-1</CertificateSerial>"
            + "</CertificateDataRequest>",
      })
  void refusesWhatIsNoQuery(String query) {
    assertThat(this.query.search(xml(query)).status()).isEqualTo(401);
    assertThat(this.query.retrieve(xml(query)).status()).isEqualTo(401);
  }

  // A document type could read files of this machine or grow without end.
  @Test
  void refusesADocumentType() {
    String hostile =
        """
        <!DOCTYPE CertificateSearchRequest [<!ENTITY eui SYSTEM "file:///etc/hostname">]>
        <CertificateSearchRequest><CertificateSubjectName>&eui;</CertificateSubjectName>\
        </CertificateSearchRequest>\
        """;
    assertThat(query.search(xml(hostile)))
        .returns(401, QueryReply::status)
        .satisfies(reply -> assertThat(reply.xml()).doesNotContain("eui;"));
  }

  @Test
  void refusesAQueryBeyondTheLimit() {
    String padding = " ".repeat(RepositoryQuery.QUERY_OCTETS_MAX);
    Octets valid = search("CertificateSubjectName", Installation.SUPPLIER.dashed());
    assertThat(query.search(valid.concat(xml(padding))).status()).isEqualTo(401);
  }

  // The way a client tool goes: HTTP, a constant API key, the reply's media type and status.
  @Test
  void answersOverHttp() throws Exception {
    WebServer server =
        WebServer.builder()
            .host("localhost")
            .port(0)
            .routing(routing -> routing.register(new RepositoryQueryRoutes(query)))
            .build()
            .start();
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI base = URI.create("http://localhost:" + server.port());
      HttpResponse<String> found =
          post(
              client,
              base.resolve("/services/certificatesearch?apikey=any"),
              search("CertificateSubjectName", Installation.SUPPLIER.dashed()));
      assertThat(found.statusCode()).isEqualTo(200);
      assertThat(found.headers().firstValue("Content-Type")).contains("application/xml");
      assertThat(found.body()).contains(serial(supplier));
      HttpResponse<String> missing =
          post(client, base.resolve("/services/retrievecertificate"), retrieval("01"));
      assertThat(missing.statusCode()).isEqualTo(402);
      Octets endless = Octets.of(new byte[1 << 20]);
      assertThat(post(client, base.resolve("/services/retrievecertificate"), endless).statusCode())
          .isEqualTo(401);
    } finally {
      server.stop();
    }
  }

  private static HttpResponse<String> post(HttpClient client, URI uri, Octets body)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/xml")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.toArray()))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
