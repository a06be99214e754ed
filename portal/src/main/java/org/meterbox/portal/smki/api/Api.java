// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.smki.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.portal.web.BatchInbox;
import org.meterbox.portal.web.Face;
import org.meterbox.portal.web.Fields;
import org.meterbox.portal.web.PemText;
import org.meterbox.portal.web.RegistrationFields;
import org.meterbox.portal.web.Reply;
import org.meterbox.portal.web.Route;
import org.meterbox.portal.web.SubmittedDer;
import org.meterbox.portal.web.TurnedAwayException;
import org.meterbox.portal.web.Visit;
import org.meterbox.smki.audit.AuditLog;
import org.meterbox.smki.desk.BatchResultsFile;
import org.meterbox.smki.desk.CertificateQuery;
import org.meterbox.smki.desk.CertificateSheet;
import org.meterbox.smki.desk.Desks;
import org.meterbox.smki.desk.Outcome;
import org.meterbox.smki.desk.Refusal;
import org.meterbox.smki.desk.RevocationListSheet;
import org.meterbox.smki.issuing.Issuance;
import org.meterbox.smki.people.Person;
import org.meterbox.smki.profile.CellUsage;
import org.meterbox.smki.profile.KeyUse;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.Revocation;
import tools.jackson.databind.JsonNode;

/** Answers programs. */
public final class Api {
  /** How refusals look to programs. */
  public static final Face FACE = (_, refusal) -> Json.problem(refusal);

  /** Before every path but those that tools expect at the root. */
  static final String BASE = "/api/v1";

  private static final String DOCUMENT = "openapi.json";

  private final Desks desks;
  private final BatchInbox inbox;
  private final Supplier<String> metrics;

  /**
   * Hands on to these desks.
   *
   * @param metrics what is counted, in the text format of Prometheus
   */
  public Api(Desks desks, BatchInbox inbox, Supplier<String> metrics) {
    this.desks = desks;
    this.inbox = inbox;
    this.metrics = metrics;
  }

  /** Every address. */
  public List<Route> routes() {
    return Stream.of(requests(), reading(), registrations(), about())
        .flatMap(List::stream)
        .toList();
  }

  private List<Route> requests() {
    return List.of(
        Route.post(BASE + "/certificate-requests", this::request),
        Route.post(
            BASE + "/non-gateway-suppliers/{eui}/certificate-requests",
            this::requestForNonGatewaySupplier),
        Route.post(BASE + "/batches", this::submitBatch),
        Route.get(
            BASE + "/batches",
            visit ->
                json(
                    desks.requests().batches(visit.person()),
                    found -> Json.list("batches", found, Json::batch))),
        Route.get(
            BASE + "/batches/{id}",
            visit ->
                json(
                    desks.requests().batch(visit.person(), visit.path().getUuid("id")),
                    Json::batch)),
        Route.get(BASE + "/batches/{id}/results", this::results),
        Route.post(BASE + "/certificates/{serial}/revocation", this::revoke));
  }

  private List<Route> reading() {
    return List.of(
        Route.get(BASE + "/certificates", this::find),
        Route.get(
            BASE + "/certificates/{serial}",
            visit ->
                json(certificate(visit), found -> Json.list("certificates", found, Json::sheet))),
        Route.get(BASE + "/certificates/{serial}/pem", this::pem),
        Route.open(
            BASE + "/revocation-lists",
            _ ->
                Json.reply(
                    200,
                    Json.list("revocationLists", desks.reading().revocationLists(), Json::list))),
        Route.open(BASE + "/revocation-lists/{name}", this::revocationList),
        Route.get(
            BASE + "/expiry",
            visit ->
                json(
                    desks.reading().endingSoon(visit.person()),
                    found -> Json.list("certificates", found, Json::ending))),
        Route.get(BASE + "/audit", this::audit),
        Route.get(
            BASE + "/audit/verification",
            visit -> json(desks.reading().verifyAudit(visit.person()), Json::verification)));
  }

  private List<Route> registrations() {
    return List.of(
        Route.get(
            BASE + "/organisations",
            visit ->
                json(
                    desks.registrations().list(visit.person()),
                    found -> Json.list("organisations", found, Json::registration))),
        Route.post(BASE + "/organisations", this::apply),
        Route.get(
            BASE + "/organisations/{eui}",
            visit ->
                json(
                    desks.registrations().find(visit.person(), visit.path().getEui("eui")),
                    Json::registration)),
        Route.post(BASE + "/organisations/{eui}/steps", this::step),
        Route.post(BASE + "/organisations/{eui}/officers/{officer}/credential", this::credential),
        Route.post(BASE + "/organisations/{eui}/officers/{officer}/user-certificate", this::admit));
  }

  private List<Route> about() {
    return List.of(
        Route.get(BASE + "/me", visit -> Json.reply(200, Json.person(visit.person()))),
        Route.open("/health", _ -> health()),
        Route.get(
            "/metrics",
            _ -> Reply.text(200, "text/plain; version=0.0.4; charset=utf-8", metrics.get())),
        Route.open("/openapi.json", _ -> Reply.octets(200, "application/json", document())));
  }

  /** The answer below {@code /api} where there is nothing, whatever the method. */
  public static Reply noSuchAddress() {
    return Json.problem(
        new Refusal(
            Refusal.Kind.NOT_FOUND,
            "ADDRESS",
            "address and method are in /openapi.json",
            "the API has no such address, or not with this method"));
  }

  /** Where the database is away, the door answers 503 in place of this. */
  private Reply health() {
    desks.checkDatabase();
    return Json.reply(200, Json.object().put("status", "UP"));
  }

  /** The OpenAPI document. */
  static Octets document() {
    try (InputStream in = Api.class.getResourceAsStream(DOCUMENT)) {
      if (in == null) {
        throw new IllegalStateException("the program was built without " + DOCUMENT);
      }
      return Octets.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Reply request(Visit visit) throws TurnedAwayException, IOException {
    CellUsage usage = cellUsage(visit);
    Octets csr = SubmittedDer.request(visit.body());
    return issued(desks.requests().request(visit.person(), csr, usage));
  }

  private Reply requestForNonGatewaySupplier(Visit visit) throws TurnedAwayException, IOException {
    Eui64 supplier = visit.path().getEui("eui");
    String reference = visit.query().get("reference");
    CellUsage usage = cellUsage(visit);
    Octets csr = SubmittedDer.request(visit.body());
    return issued(
        desks
            .requests()
            .requestForNonGatewaySupplier(visit.person(), supplier, reference, csr, usage));
  }

  private static CellUsage cellUsage(Visit visit) throws TurnedAwayException {
    return visit.query().findOne("cellUsage", CellUsage.class).orElse(CellUsage.MANAGEMENT);
  }

  private static Reply issued(Outcome<Issuance.Issued> outcome) {
    return outcome.fold(
        issued -> created(issued.record(), Json.issued(issued.record(), issued.chain())),
        Json::problem);
  }

  private static Reply created(CertificateRecord record, JsonNode json) {
    return Json.reply(201, json)
        .with("Location", BASE + "/certificates/" + record.id().serial().toString(16));
  }

  private Reply submitBatch(Visit visit) throws TurnedAwayException, IOException {
    try (InputStream in = visit.stream()) {
      return inbox
          .receive(in, file -> desks.requests().submitBatch(visit.person(), file))
          .fold(
              batch ->
                  Json.reply(202, Json.batch(batch))
                      .with("Location", BASE + "/batches/" + batch.id()),
              Json::problem);
    }
  }

  private Reply results(Visit visit) throws TurnedAwayException {
    Person person = visit.person();
    return desks
        .requests()
        .batch(person, visit.path().getUuid("id"))
        .fold(
            batch ->
                Reply.streamed(
                        "text/tab-separated-values; charset=utf-8",
                        out -> BatchResultsFile.write(desks.requests(), person, batch.id(), out))
                    .asFile("results-" + batch.id() + ".tsv"),
            Json::problem);
  }

  private Reply revoke(Visit visit) throws TurnedAwayException, IOException {
    Person person = visit.person();
    Revocation.Reason reason = Json.read(visit.body()).getOne("reason", Revocation.Reason.class);
    return certificate(visit)
        .fold(
            found ->
                json(
                    desks.requests().revoke(person, found.getFirst().record(), reason),
                    revoked -> Json.certificate(revoked, revoked.status())),
            Json::problem);
  }

  private Reply find(Visit visit) throws TurnedAwayException {
    Fields query = visit.query();
    CertificateQuery wanted =
        new CertificateQuery(
            query.findEui("eui"),
            query.findSerial("serial"),
            query.findOne("role", RemotePartyRole.class),
            query.findOne("use", KeyUse.class));
    return json(
        desks.reading().find(visit.person(), wanted),
        found ->
            Json.list(
                "certificates",
                found,
                record -> Json.certificate(record, record.statusAt(desks.now()))));
  }

  private Outcome<List<CertificateSheet>> certificate(Visit visit) throws TurnedAwayException {
    return desks.reading().certificate(visit.person(), visit.path().getSerial("serial"));
  }

  private Reply pem(Visit visit) throws TurnedAwayException {
    return certificate(visit)
        .fold(
            found -> Reply.text(200, "application/pem-certificate-chain", chain(found.getFirst())),
            Json::problem);
  }

  private static String chain(CertificateSheet sheet) {
    return Stream.concat(Stream.of(sheet.record()), sheet.chain().stream())
        .map(record -> PemText.of(record.certificate()))
        .collect(Collectors.joining());
  }

  private Reply revocationList(Visit visit) throws TurnedAwayException {
    String name = visit.path().get("name");
    Optional<Octets> list =
        desks.reading().revocationLists().stream()
            .filter(sheet -> sheet.name().equals(name))
            .findFirst()
            .flatMap(RevocationListSheet::list)
            .map(signed -> signed.der());
    return list.map(der -> Reply.octets(200, "application/pkix-crl", der).asFile(name + ".crl"))
        .orElseGet(() ->
            Json.problem(
                new Refusal(
                    Refusal.Kind.NOT_FOUND,
                    "KNOWN",
                    "the authority signs revocation lists and has signed one",
                    "no list of that name")));
  }

  private Reply audit(Visit visit) throws TurnedAwayException {
    long from = visit.query().findNumber("from", 1, Long.MAX_VALUE).orElse(1L);
    long count =
        visit.query().findNumber("count", 1, AuditLog.PAGE_MAX).orElse((long) AuditLog.PAGE_MAX);
    return json(
        desks.reading().audit(visit.person(), from, (int) count),
        entries -> Json.list("entries", entries, Json::entry));
  }

  private Reply apply(Visit visit) throws TurnedAwayException, IOException {
    Fields fields = Json.read(visit.body());
    return desks
        .registrations()
        .apply(
            visit.person(),
            fields.getEui("eui64"),
            fields.get("name"),
            Set.copyOf(fields.allOf("roles", RemotePartyRole.class)),
            RegistrationFields.ranges(fields, "organisations"),
            RegistrationFields.ranges(fields, "devices"))
        .fold(
            registration ->
                Json.reply(201, Json.registration(registration))
                    .with("Location", BASE + "/organisations/" + registration.eui()),
            Json::problem);
  }

  private Reply step(Visit visit) throws TurnedAwayException, IOException {
    Eui64 eui = visit.path().getEui("eui");
    Fields fields = Json.read(visit.body());
    return json(
        desks.registrations().step(visit.person(), eui, RegistrationFields.step(fields)),
        Json::registration);
  }

  private Reply credential(Visit visit) throws TurnedAwayException, IOException {
    return desks
        .registrations()
        .credential(
            visit.person(),
            visit.path().getEui("eui"),
            RegistrationFields.officer(visit.path(), "officer"),
            SubmittedDer.publicKey(visit.body()))
        .fold(Api::given, Json::problem);
  }

  private Reply admit(Visit visit) throws TurnedAwayException, IOException {
    return desks
        .registrations()
        .admit(
            visit.person(),
            visit.path().getEui("eui"),
            RegistrationFields.officer(visit.path(), "officer"),
            SubmittedDer.publicKey(visit.body()))
        .fold(Api::given, Json::problem);
  }

  private static Reply given(CertificateRecord record) {
    JsonNode json =
        Json.certificate(record, record.status()).put("pem", PemText.of(record.certificate()));
    return created(record, json);
  }

  private static <T> Reply json(Outcome<T> outcome, Function<? super T, ? extends JsonNode> json) {
    return outcome.fold(value -> Json.reply(200, json.apply(value)), Json::problem);
  }
}
