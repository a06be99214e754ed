// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.smki.api;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.portal.web.Fields;
import org.meterbox.portal.web.PemText;
import org.meterbox.portal.web.Reply;
import org.meterbox.portal.web.TurnedAwayException;
import org.meterbox.smki.audit.AuditEntry;
import org.meterbox.smki.audit.AuditLog;
import org.meterbox.smki.desk.CertificateSheet;
import org.meterbox.smki.desk.Refusal;
import org.meterbox.smki.desk.RevocationListSheet;
import org.meterbox.smki.issuing.BatchProgress;
import org.meterbox.smki.issuing.EuiRange;
import org.meterbox.smki.people.Duty;
import org.meterbox.smki.people.Person;
import org.meterbox.smki.registration.Officer;
import org.meterbox.smki.registration.Registration;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.CertificateStatus;
import org.meterbox.smki.repository.ExpiryWatch;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the infrastructures' things look like in JSON. Absent values are absent members. */
final class Json {
  /** Depth of the deepest document that is read: an object of texts and lists of texts. */
  private static final int DEPTH_MAX = 2;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .build();

  private Json() {}

  /** Reads an object whose members are texts, numbers or lists of them. */
  static Fields read(Octets body) throws TurnedAwayException {
    try {
      JsonNode object = MAPPER.readTree(body.toArray());
      if (object == null || !object.isObject()) {
        throw malformed("it is no object");
      }
      Map<String, List<String>> values = new HashMap<>();
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        values.put(member.getKey(), texts(member.getValue()));
      }
      return new Fields(values);
    } catch (JacksonException notJson) {
      throw malformed("it is not well-formed");
    }
  }

  private static List<String> texts(JsonNode value) throws TurnedAwayException {
    if (value.isValueNode()) {
      return List.of(value.asString());
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : value) {
      if (value.isObject() || !element.isValueNode()) {
        throw malformed("its members are texts, numbers or lists of them");
      }
      texts.add(element.asString());
    }
    return texts;
  }

  private static TurnedAwayException malformed(String detail) {
    return new TurnedAwayException(
        Refusal.Kind.MALFORMED, "JSON", "a JSON object is handed in", detail);
  }

  static Reply reply(int status, JsonNode json) {
    return Reply.text(status, "application/json", json + "\n");
  }

  /** A refusal as problem details (RFC 9457). */
  static Reply problem(Refusal refusal) {
    ObjectNode problem = MAPPER.createObjectNode();
    problem.put("type", "urn:meterbox:smki:rule:" + refusal.rule());
    problem.put("title", refusal.demand());
    problem.put("status", refusal.kind().status());
    problem.put("detail", refusal.detail());
    problem.put("rule", refusal.rule());
    return Reply.text(refusal.kind().status(), "application/problem+json", problem + "\n");
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** An object with one list, so that more can stand beside it one day. */
  static <T> ObjectNode list(
      String name, Collection<T> things, Function<? super T, ? extends JsonNode> json) {
    ObjectNode object = MAPPER.createObjectNode();
    ArrayNode list = object.putArray(name);
    things.forEach(thing -> list.add(json.apply(thing)));
    return object;
  }

  static ObjectNode person(Person person) {
    ObjectNode json = object().put("name", person.name()).put("duty", person.duty().title());
    if (person.duty() instanceof Duty.AuthorisedOfficer(Eui64 organisation, int officer)) {
      json.put("organisation", organisation.dashed()).put("officer", officer);
    }
    return json;
  }

  static ObjectNode certificate(CertificateRecord record, CertificateStatus status) {
    ObjectNode json = object();
    json.put("serial", record.id().serial().toString(16));
    json.put("issuer", record.id().issuer().rfc2253());
    json.put("kind", record.kind().name());
    record.subject().ifPresent(eui -> json.put("eui64", eui.dashed()));
    record.role().ifPresent(role -> json.put("role", role.name()));
    record.contents().commonName().ifPresent(name -> json.put("commonName", name));
    json.put("use", record.use().name());
    json.put("cellUsage", record.cellUsage().name());
    json.put("status", status.name());
    json.put("notBefore", record.notBefore().toString());
    json.put("notAfter", record.notAfter().toString());
    json.put("keyIdentifier", record.keyIdentifier().hex());
    return json;
  }

  static ObjectNode sheet(CertificateSheet sheet) {
    ObjectNode json = certificate(sheet.record(), sheet.status());
    sheet
        .revocation()
        .ifPresent(revocation ->
            json.putObject("revocation")
                .put("at", revocation.at().toString())
                .put("reason", revocation.reason().name()));
    json.put("pem", pem(sheet.record().certificate()));
    ArrayNode chain = json.putArray("chain");
    sheet.chain().forEach(issuer -> chain.add(pem(issuer.certificate())));
    return json;
  }

  static ObjectNode issued(CertificateRecord record, List<X509Certificate> chain) {
    ObjectNode json = certificate(record, record.status());
    json.put("pem", pem(record.certificate()));
    ArrayNode issuers = json.putArray("chain");
    chain.stream().skip(1).forEach(issuer -> issuers.add(pem(issuer)));
    return json;
  }

  private static String pem(X509Certificate certificate) {
    return PemText.of(certificate);
  }

  static ObjectNode batch(BatchProgress batch) {
    ObjectNode json = object();
    json.put("id", batch.id().toString());
    json.put("organisation", batch.requester().dashed());
    json.put("submittedBy", batch.submittedBy());
    json.put("submittedAt", batch.submittedAt().toString());
    json.put("requests", batch.requests());
    json.put("done", batch.done());
    json.put("issued", batch.issued());
    json.put("refused", batch.done() - batch.issued());
    batch.finishedAt().ifPresent(at -> json.put("finishedAt", at.toString()));
    return json;
  }

  static ObjectNode list(RevocationListSheet sheet) {
    ObjectNode json = object();
    json.put("name", sheet.name());
    json.put("type", sheet.isAuthorityList() ? "ARL" : "CRL");
    json.put("issuer", sheet.issuer());
    sheet
        .list()
        .ifPresent(list ->
            json.put("number", list.number())
                .put("thisUpdate", list.thisUpdate().toString())
                .put("nextUpdate", list.nextUpdate().toString())
                .put("entries", list.entries()));
    return json;
  }

  static ObjectNode ending(ExpiryWatch.Ending ending) {
    return certificate(ending.record(), ending.record().status())
        .put("urgency", ending.urgency().name());
  }

  static ObjectNode entry(AuditEntry entry) {
    return object()
        .put("number", entry.number())
        .put("at", entry.at().toString())
        .put("actor", entry.actor())
        .put("action", entry.action().name())
        .put("detail", entry.detail())
        .put("previous", entry.previous().hex())
        .put("hash", entry.hash().hex());
  }

  static ObjectNode verification(AuditLog.Verification verification) {
    return switch (verification) {
      case AuditLog.Verification.Intact(long entries, Octets head) ->
          object().put("intact", true).put("entries", entries).put("head", head.hex());
      case AuditLog.Verification.Broken(long number, String why) ->
          object().put("intact", false).put("brokenAt", number).put("why", why);
    };
  }

  static ObjectNode registration(Registration registration) {
    ObjectNode json = object();
    json.put("eui64", registration.eui().dashed());
    json.put("name", registration.name());
    json.put("standing", registration.standing().name());
    texts(json.putArray("roles"), registration.roles().stream().map(Enum::name).sorted());
    texts(json.putArray("organisations"), registration.organisations().stream().map(Json::range));
    texts(json.putArray("devices"), registration.devices().stream().map(Json::range));
    ArrayNode officers = json.putArray("officers");
    registration.officers().forEach(officer -> officers.add(officer(officer)));
    return json;
  }

  private static void texts(ArrayNode array, Stream<String> texts) {
    texts.forEach(array::add);
  }

  private static String range(EuiRange range) {
    return range.first().equals(range.last())
        ? range.first().dashed()
        : range.first().dashed() + ".." + range.last().dashed();
  }

  private static ObjectNode officer(Officer officer) {
    ObjectNode json = object();
    json.put("number", officer.number());
    json.put("name", officer.name());
    json.put("duty", officer.duty().name());
    json.put("progress", officer.progress().name());
    json.put("nominatedBy", officer.nominatedBy());
    Optional<String> serial = officer.credential().map(id -> id.serial().toString(16));
    serial.ifPresent(text -> json.put("credential", text));
    return json;
  }
}
