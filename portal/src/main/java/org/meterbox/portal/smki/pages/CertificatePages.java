// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.smki.pages;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.portal.web.Fields;
import org.meterbox.portal.web.Html;
import org.meterbox.portal.web.PemText;
import org.meterbox.portal.web.Reply;
import org.meterbox.portal.web.Route;
import org.meterbox.portal.web.TurnedAwayException;
import org.meterbox.portal.web.Visit;
import org.meterbox.smki.desk.CertificateQuery;
import org.meterbox.smki.desk.CertificateSheet;
import org.meterbox.smki.desk.Desks;
import org.meterbox.smki.people.Act;
import org.meterbox.smki.people.Person;
import org.meterbox.smki.profile.CellUsage;
import org.meterbox.smki.profile.KeyUse;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.CertificateStatus;
import org.meterbox.smki.repository.DistinguishedName;
import org.meterbox.smki.repository.Revocation;

/** The repository: search, one certificate with its chain, revocation. */
final class CertificatePages {
  /** Results that one page shows. */
  private static final int SHOWN_MAX = 200;

  /** Results that the page shows to somebody who has not asked for anything yet. */
  private static final int SHOWN_UNASKED_MAX = 25;

  private final Desks desks;

  CertificatePages(Desks desks) {
    this.desks = desks;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/certificates", this::search),
        Route.get("/certificates/{serial}", this::certificate),
        Route.get("/certificates/{serial}/pem", this::pem),
        Route.post("/certificates/{serial}/revocation", this::revoke));
  }

  private Reply search(Visit visit) {
    Fields query = visit.query();
    Person person = visit.person();
    try {
      CertificateQuery wanted =
          new CertificateQuery(
              query.findEui("eui"),
              query.findSerial("serial"),
              query.findOne("role", RemotePartyRole.class),
              query.findOne("use", KeyUse.class));
      return desks
          .reading()
          .find(person, wanted)
          .fold(
              found -> searchPage(200, person, query, results(found, shownMax(query))),
              refusal ->
                  searchPage(refusal.kind().status(), person, query, Pieces.refused(refusal)));
    } catch (TurnedAwayException e) {
      return searchPage(e.refusal().kind().status(), person, query, Pieces.refused(e.refusal()));
    }
  }

  private static Reply searchPage(int status, Person person, Fields query, Html results) {
    Html form =
        Html.of(
            """
            <section class="card"><form class="row" method="get" action="/certificates" role="search">
            <div><label for="eui">EUI-64</label><input class="id" id="eui" name="eui" value="{}"
             placeholder="90-B3-D5-1F-30-01-00-00" autocomplete="off" spellcheck="false"></div>
            <div><label for="serial">Serial number</label><input class="id" id="serial" name="serial"
             value="{}" placeholder="hexadecimal" autocomplete="off" spellcheck="false"></div>
            <div><label for="role">Role</label><select id="role" name="role">{}</select></div>
            <div><label for="use">Key usage</label><select id="use" name="use">{}</select></div>
            <div><button>Search</button></div></form></section>
            """,
            query.find("eui").orElse(""),
            query.find("serial").orElse(""),
            options(RemotePartyRole.values(), query.find("role")),
            options(KeyUse.values(), query.find("use")));
    return Reply.page(
        status,
        Frame.page(
            Optional.of(person),
            Frame.Place.CERTIFICATES,
            "Certificates",
            Html.join(
                Pieces.heading(
                    "Certificates",
                    "The certificates in the repository, newest first, with their current state."),
                form,
                results)));
  }

  private static <E extends Enum<E>> Html options(E[] constants, Optional<String> chosen) {
    return Html.join(
        Pieces.option("", "Any", chosen.isEmpty()),
        Html.each(
            List.of(constants),
            constant ->
                Pieces.option(
                    constant.name(),
                    Pieces.words(constant),
                    chosen.equals(Optional.of(constant.name())))));
  }

  private static int shownMax(Fields query) {
    boolean asked =
        Stream.of("eui", "serial", "role", "use").anyMatch(name -> query.find(name).isPresent());
    return asked ? SHOWN_MAX : SHOWN_UNASKED_MAX;
  }

  private Html results(List<CertificateRecord> found, int shownMax) {
    if (found.isEmpty()) {
      return Html.of(
          """
          <div class="empty"><p>No certificate matches. Check the EUI-64 for typing errors, or
          remove a condition.</p></div>
          """);
    }
    return Html.of(
        """
        <section class="card"><table class="stacks"><caption>{}</caption>
        <thead><tr><th scope="col">Serial number</th><th scope="col">EUI-64</th>
        <th scope="col">What it is</th><th scope="col">Key usage</th><th scope="col">State</th>
        <th scope="col">Valid from</th><th scope="col">Until</th></tr></thead>
        <tbody>{}</tbody></table></section>
        """,
        found.size() > shownMax
            ? String.format(Locale.ROOT, "The newest %d; add a condition to find others", shownMax)
            : found.size() == 1 ? "1 certificate" : found.size() + " certificates, newest first",
        Html.each(found.stream().limit(shownMax).toList(), this::row));
  }

  private Html row(CertificateRecord record) {
    return Html.of(
        """
        <tr><td data-label="Serial">{}</td><td data-label="EUI-64">{}</td>
        <td data-label="What it is">{}</td><td data-label="Key usage">{}</td>
        <td data-label="State">{}</td><td data-label="Valid from">{}</td>
        <td data-label="Until">{}</td></tr>
        """,
        Pieces.certificateLink(record),
        Pieces.eui(record.subject()),
        what(record),
        use(record),
        Pieces.status(record.statusAt(desks.now())),
        Pieces.time(record.notBefore()),
        Pieces.end(record.notAfter()));
  }

  /** The role says most of an organisation's certificate, the kind of any other. */
  static String what(CertificateRecord record) {
    return record
        .role()
        .filter(_ -> !record.kind().isAuthority())
        .map(Pieces::words)
        .orElseGet(() -> Pieces.words(record.kind()));
  }

  private static String use(CertificateRecord record) {
    return record.cellUsage() == CellUsage.PREPAYMENT_TOP_UP
        ? "Key agreement, top-ups"
        : Pieces.words(record.use());
  }

  private Reply certificate(Visit visit) throws TurnedAwayException {
    Person person = visit.person();
    Html note =
        switch (visit.query().find("done").orElse("")) {
          case "issued" ->
              Pieces.good(
                  "Certificate issued",
                  Html.of("It is in the repository. Download it with its chain below."));
          case "revoked" ->
              Pieces.good(
                  "Certificate revoked",
                  Html.of(
                      "It counts as revoked from now on; the"
                          + " <a href=\"/revocation-lists\">revocation list</a> is signed."));
          default -> Html.NONE;
        };
    return withSheet(visit, sheets -> page(200, person, note, sheets));
  }

  private Reply withSheet(Visit visit, Function<List<CertificateSheet>, Reply> reply)
      throws TurnedAwayException {
    return desks
        .reading()
        .certificate(visit.person(), visit.path().getSerial("serial"))
        .fold(reply, refusal -> Portal.FACE.refusal(visit.visitor(), refusal));
  }

  private static Reply page(int status, Person person, Html note, List<CertificateSheet> sheets) {
    CertificateRecord first = sheets.getFirst().record();
    String title = first.subject().map(eui -> what(first) + " " + eui).orElseGet(() -> what(first));
    return Reply.page(
        status,
        Frame.page(
            Optional.of(person),
            Frame.Place.CERTIFICATES,
            title,
            Html.join(
                Html.of(
                    "<h1>{}</h1><p class=\"lead\">{}</p>",
                    what(first),
                    Pieces.eui(first.subject())),
                note,
                Html.each(sheets, sheet -> sheet(person, sheet)))));
  }

  private static Html sheet(Person person, CertificateSheet sheet) {
    CertificateRecord record = sheet.record();
    return Html.of(
        """
        <div class="pair"><section class="card"><h2>Certificate {}</h2><dl>
        <dt>Serial number</dt><dd>{}</dd>
        <dt>Subject</dt><dd class="id long">{}</dd>
        <dt>EUI-64</dt><dd>{}</dd><dt>Kind</dt><dd>{}</dd>
        {}<dt>Key usage</dt><dd>{}</dd>
        <dt>Valid from</dt><dd>{}</dd><dt>Valid until</dt><dd>{}</dd>
        <dt>Key identifier</dt><dd class="id long">{}</dd>{}</dl>
        <p></p><div class="actions"><a class="button" href="/certificates/{}/pem" download>Download PEM with chain</a></div>
        <details><summary>Show as text</summary><pre>{}</pre></details></section>
        <section class="card"><h2>Chain</h2><ol class="chain">{}{}</ol></section></div>
        {}
        """,
        Pieces.status(sheet.status()),
        Pieces.copyable("serial number", serial(record), "id long"),
        subject(record),
        Pieces.eui(record.subject()),
        Pieces.words(record.kind()),
        record.role().map(role -> Html.of("<dt>Role</dt><dd>{}</dd>", Pieces.words(role))),
        use(record),
        Pieces.time(record.notBefore()),
        Pieces.end(record.notAfter()),
        record.keyIdentifier().hex(),
        sheet.revocation().map(CertificatePages::revoked),
        serial(record),
        PemText.of(record.certificate()),
        link("This certificate", record),
        Html.each(sheet.chain(), issuer -> link(Pieces.words(issuer.kind()), issuer)),
        revocation(person, sheet));
  }

  private static Html revoked(Revocation revocation) {
    return Html.of(
        "<dt>Revoked</dt><dd>{}, {}</dd>",
        Pieces.exactTime(revocation.at()),
        Pieces.words(revocation.reason()));
  }

  private static Html link(String what, CertificateRecord record) {
    return Html.of(
        "<li><strong>{}</strong><br><a class=\"id long\" href=\"/certificates/{}\">{}</a></li>",
        what,
        serial(record),
        subject(record));
  }

  private static String subject(CertificateRecord record) {
    String name = DistinguishedName.of(record.certificate().getSubjectX500Principal()).rfc2253();
    if (name.isEmpty()) {
      return record.subject().map(eui -> "hardware module " + eui).orElse("empty");
    }
    // The unique identifier is a BIT STRING, which RFC 2253 writes as the octets of its DER.
    return record
        .subject()
        .map(eui -> name.replaceAll("2\\.5\\.4\\.45=#[0-9a-f]+", "x500UniqueIdentifier=" + eui))
        .orElse(name);
  }

  private static String serial(CertificateRecord record) {
    return record.id().serial().toString(16);
  }

  /** Not where it can never succeed: a form that is always refused helps nobody. */
  private static Html revocation(Person person, CertificateSheet sheet) {
    CertificateRecord record = sheet.record();
    if (!person.duty().allows(Act.REVOKE_CERTIFICATES)
        || sheet.status() == CertificateStatus.REVOKED
        || record.kind().isAuthority()) {
      return Html.NONE;
    }
    if (!record.kind().isRevocable()) {
      return Html.of(
          """
          <div class="note"><h2>Never revoked</h2><p>Devices do not read revocation lists. A device
          whose key is in doubt gets a new key pair and certificate.</p></div>
          """);
    }
    return Html.of(
        """
        <section class="card"><h2>Revoke this certificate</h2>
        <p>This is final. Messages that rely on it will be refused everywhere.</p>
        <form class="row" method="post" action="/certificates/{}/revocation">
        <div><label for="reason">Reason</label><select id="reason" name="reason" required>
        <option value="">Choose a reason</option>{}</select></div>
        <div class="choices"><label for="sure"><input id="sure" type="checkbox" name="sure"
         value="yes" required>I know that this is final</label></div>
        <div><button class="danger">Revoke certificate</button></div></form></section>
        """,
        serial(record),
        Html.each(
            List.of(Revocation.Reason.values()),
            reason -> Pieces.option(reason.name(), Pieces.words(reason), false)));
  }

  private Reply pem(Visit visit) throws TurnedAwayException {
    return withSheet(
        visit,
        sheets -> {
          CertificateSheet sheet = sheets.getFirst();
          String pem =
              Stream.concat(Stream.of(sheet.record()), sheet.chain().stream())
                  .map(record -> PemText.of(record.certificate()))
                  .collect(Collectors.joining());
          return Reply.text(200, "application/pem-certificate-chain", pem)
              .asFile(serial(sheet.record()) + ".pem");
        });
  }

  private Reply revoke(Visit visit) throws TurnedAwayException, IOException {
    Person person = visit.person();
    Fields form = visit.form();
    Revocation.Reason reason = form.getOne("reason", Revocation.Reason.class);
    if (form.find("sure").isEmpty()) {
      throw TurnedAwayException.parameter("sure", "the box is ticked, for revocation is final");
    }
    return withSheet(
        visit,
        sheets ->
            desks
                .requests()
                .revoke(person, sheets.getFirst().record(), reason)
                .fold(
                    revoked ->
                        Reply.seeOther(
                            String.format(
                                Locale.ROOT, "/certificates/%s?done=revoked", serial(revoked))),
                    refusal ->
                        page(refusal.kind().status(), person, Pieces.refused(refusal), sheets)));
  }
}
