// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.smki.pages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.portal.web.Fields;
import org.meterbox.portal.web.Html;
import org.meterbox.portal.web.RegistrationFields;
import org.meterbox.portal.web.Reply;
import org.meterbox.portal.web.Route;
import org.meterbox.portal.web.SubmittedDer;
import org.meterbox.portal.web.TurnedAwayException;
import org.meterbox.portal.web.Visit;
import org.meterbox.smki.desk.Desks;
import org.meterbox.smki.desk.Outcome;
import org.meterbox.smki.desk.Refusal;
import org.meterbox.smki.issuing.EuiRange;
import org.meterbox.smki.people.Act;
import org.meterbox.smki.people.Person;
import org.meterbox.smki.registration.Officer;
import org.meterbox.smki.registration.Registration;
import org.meterbox.smki.registration.RegistrationStep;
import org.meterbox.smki.registration.Standing;
import org.meterbox.smki.repository.CertificateRecord;

/** Organisations, their officers, and the steps of their registration. */
final class OrganisationPages {
  private static final Set<RemotePartyRole> ROLES_OF_AUTHORITIES =
      Set.of(RemotePartyRole.ROOT, RemotePartyRole.ISSUING_AUTHORITY);

  private final Desks desks;

  OrganisationPages(Desks desks) {
    this.desks = desks;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/organisations", visit -> list(200, visit.person(), Html.NONE)),
        Route.post("/organisations", this::apply),
        Route.get(
            "/organisations/{eui}",
            visit -> organisation(200, visit.person(), visit.path().getEui("eui"), Html.NONE)),
        Route.post("/organisations/{eui}/steps", this::step),
        Route.post("/organisations/{eui}/certificates", this::certify));
  }

  private Reply list(int status, Person person, Html note) {
    return desks
        .registrations()
        .list(person)
        .fold(
            found ->
                Reply.page(
                    status,
                    Frame.page(
                        Optional.of(person),
                        Frame.Place.ORGANISATIONS,
                        "Organisations",
                        Html.join(
                            Pieces.heading(
                                "Organisations",
                                "Who takes part in SMKI, and how far each registration has come."),
                            note,
                            table(found),
                            Html.when(
                                person.duty().allows(Act.CHANGE_REGISTRATIONS), application())))),
            refusal -> Portal.FACE.refusal(Optional.of(person), refusal));
  }

  private static Html table(List<Registration> found) {
    if (found.isEmpty()) {
      return Html.of(
          "<section class=\"card\"><div class=\"empty\"><p>Nobody has applied yet.</p></div>"
              + "</section>");
    }
    return Html.of(
        """
        <section class="card"><table class="stacks"><caption>In order of their names</caption>
        <thead><tr><th scope="col">Name</th><th scope="col">EUI-64</th><th scope="col">Roles</th>
        <th scope="col">Standing</th><th scope="col" class="number">Officers</th></tr></thead>
        <tbody>{}</tbody></table></section>
        """,
        Html.each(
            found,
            registration ->
                Html.of(
                    """
                    <tr><th scope="row" data-label="Name"><a href="/organisations/{}">{}</a></th>
                    <td data-label="EUI-64">{}</td><td data-label="Roles">{}</td>
                    <td data-label="Standing">{}</td>
                    <td data-label="Officers" class="number">{}</td></tr>
                    """,
                    registration.eui(),
                    registration.name(),
                    Pieces.eui(registration.eui()),
                    roles(registration),
                    standing(registration.standing()),
                    registration.officers().stream()
                        .filter(officer -> officer.progress() != Officer.Progress.REMOVED)
                        .count())));
  }

  private static String roles(Registration registration) {
    return registration.roles().stream()
        .map(Pieces::words)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static Html standing(Standing standing) {
    return Pieces.badge(
        switch (standing) {
          case APPLICANT, VERIFIED -> "warn";
          case AUTHORISED_SUBSCRIBER, ELIGIBLE_SUBSCRIBER, SUBSCRIBER -> "good";
          case WITHDRAWN -> "bad";
        },
        Pieces.words(standing));
  }

  private static Html application() {
    return Html.of(
        """
        <section class="card"><h2>Enter an application</h2>
        <form class="fields" method="post" action="/organisations">
        <div class="pair"><div><label for="name">Registered name</label>
        <input id="name" name="name" required maxlength="{}"></div>
        <div><label for="eui64">EUI-64</label><input class="id" id="eui64" name="eui64" required
         placeholder="90-B3-D5-1F-30-01-00-00" autocomplete="off" spellcheck="false"></div></div>
        <fieldset><legend>Roles</legend><div class="choices">{}</div></fieldset>
        <div class="pair"><div><label for="organisations">Identifiers of its own certificates
        <small>One a line; first and last of a range joined by two dots</small></label>
        <textarea id="organisations" name="organisations" required spellcheck="false"></textarea></div>
        <div><label for="devices">Identifiers of its devices
        <small>The same; empty for a Non-Gateway Supplier</small></label>
        <textarea id="devices" name="devices" spellcheck="false"></textarea></div></div>
        <div class="actions"><button>Enter application</button></div></form></section>
        """,
        Registration.NAME_LENGTH_MAX,
        Html.each(
            Stream.of(RemotePartyRole.values())
                .filter(role -> !ROLES_OF_AUTHORITIES.contains(role))
                .toList(),
            role ->
                Html.of(
                    "<label><input type=\"checkbox\" name=\"roles\" value=\"{}\">{}</label>",
                    role,
                    Pieces.words(role))));
  }

  private Reply apply(Visit visit) throws TurnedAwayException, IOException {
    Person person = visit.person();
    Fields form = visit.form();
    try {
      return desks
          .registrations()
          .apply(
              person,
              form.getEui("eui64"),
              form.get("name"),
              Set.copyOf(form.allOf("roles", RemotePartyRole.class)),
              RegistrationFields.ranges(form, "organisations"),
              RegistrationFields.ranges(form, "devices"))
          .fold(
              registration -> Reply.seeOther("/organisations/" + registration.eui()),
              refusal -> listAgain(person, refusal));
    } catch (TurnedAwayException e) {
      return listAgain(person, e.refusal());
    }
  }

  private Reply listAgain(Person person, Refusal refusal) {
    return list(refusal.kind().status(), person, Pieces.refused(refusal));
  }

  private Reply organisation(int status, Person person, Eui64 eui, Html note) {
    return desks
        .registrations()
        .find(person, eui)
        .fold(
            found ->
                Reply.page(
                    status,
                    Frame.page(
                        Optional.of(person),
                        Frame.Place.ORGANISATIONS,
                        found.name(),
                        Html.join(
                            Html.of(
                                "<h1>{}</h1><p class=\"lead\">{}</p>",
                                found.name(),
                                Pieces.eui(found.eui())),
                            note,
                            progress(found),
                            facts(found),
                            officers(found),
                            Html.when(
                                person.duty().allows(Act.CHANGE_REGISTRATIONS)
                                    && found.standing() != Standing.WITHDRAWN,
                                steps(found))))),
            refusal -> Portal.FACE.refusal(Optional.of(person), refusal));
  }

  private static Html progress(Registration found) {
    if (found.standing() == Standing.WITHDRAWN) {
      return Html.of(
          "<div class=\"note bad\"><h2>Withdrawn</h2><p>It may do nothing any more.</p></div>");
    }
    return Html.of(
        "<ol class=\"steps\" aria-label=\"Registration\">{}</ol>",
        Html.each(
            Stream.of(Standing.values()).filter(each -> each != Standing.WITHDRAWN).toList(),
            each -> {
              int ahead = each.compareTo(found.standing());
              return Html.of(
                  "<li{}>{}{}</li>",
                  ahead < 0
                      ? Html.of(" class=\"done\"")
                      : Html.when(ahead == 0, Html.of(" aria-current=\"step\"")),
                  ahead < 0 ? "✓ " : "",
                  Pieces.words(each));
            }));
  }

  private static Html facts(Registration found) {
    return Html.of(
        """
        <section class="card"><h2>What it may ask for</h2><dl><dt>Roles</dt><dd>{}</dd>
        <dt>Organisation certificates</dt><dd>{}</dd><dt>Device certificates</dt><dd>{}</dd></dl>
        </section>
        """,
        roles(found),
        ranges(found.organisations()),
        ranges(found.devices()));
  }

  private static Html ranges(List<EuiRange> ranges) {
    return ranges.isEmpty()
        ? Html.of("none")
        : Html.each(
            ranges,
            range ->
                range.first().equals(range.last())
                    ? Html.of("<div>{}</div>", Pieces.eui(range.first()))
                    : Html.of(
                        "<div>{} to {}</div>",
                        Pieces.eui(range.first()),
                        Pieces.eui(range.last())));
  }

  private static Html officers(Registration found) {
    if (found.officers().isEmpty()) {
      return Html.of(
          """
          <section class="card"><h2>Officers</h2><div class="empty"><p>Nobody was put forward yet.
          First comes a Senior Responsible Officer, who then puts Authorised ones forward.</p></div>
          </section>
          """);
    }
    return Html.of(
        """
        <section class="card"><h2>Officers</h2><table class="stacks">
        <thead><tr><th scope="col" class="number">No.</th><th scope="col">Name</th>
        <th scope="col">Duty</th><th scope="col">Put forward by</th><th scope="col">Progress</th>
        <th scope="col">Credential</th></tr></thead><tbody>{}</tbody></table></section>
        """,
        Html.each(found.officers(), OrganisationPages::officer));
  }

  private static Html officer(Officer officer) {
    return Html.of(
        """
        <tr><td data-label="No." class="number">{}</td><td data-label="Name">{}</td>
        <td data-label="Duty">{}</td><td data-label="Put forward by">{}</td>
        <td data-label="Progress">{}</td><td data-label="Credential">{}</td></tr>
        """,
        officer.number(),
        officer.name(),
        Pieces.words(officer.duty()),
        officer.nominatedBy(),
        Pieces.badge(
            switch (officer.progress()) {
              case NOMINATED, VERIFIED -> "warn";
              case CREDENTIALLED -> "good";
              case REMOVED -> "bad";
            },
            Pieces.words(officer.progress())),
        officer
            .credential()
            .map(id -> id.serial().toString(16))
            .map(serial ->
                Html.of(
                    "<a class=\"id\" href=\"/certificates/{}\">{}…</a>",
                    serial,
                    serial.substring(0, Math.min(12, serial.length()))))
            .orElseGet(() -> Html.of("<span class=\"soft\">none</span>")));
  }

  /** The step that comes next stands open, the others behind a fold. */
  private static Html steps(Registration found) {
    return Html.of(
        "<section class=\"card\"><h2>Steps</h2>{}{}{}{}{}</section>",
        Html.when(
            found.standing() == Standing.APPLICANT,
            form(
                found,
                "verify-organisation",
                "Verify the organisation",
                "Its identity was checked face to face.",
                text(
                    "evidence", "Evidence", "for example: extract of the company register, seen"))),
        Html.when(found.standing() != Standing.APPLICANT, people(found)),
        Html.when(
            found.standing() == Standing.VERIFIED,
            form(
                found,
                "authorise",
                "Make it an Authorised Subscriber",
                "It has a verified Senior and a credentialled Authorised Responsible Officer.",
                Html.NONE)),
        Html.when(found.officers().stream().anyMatch(OrganisationPages::isThere), removal(found)),
        folded(
            "Withdraw the organisation",
            form(
                found,
                "withdraw",
                "Withdraw for good",
                "It may do nothing any more, and its officers' credentials end.",
                text("reason", "Reason", ""))));
  }

  private static Html people(Registration found) {
    return Html.join(
        folded(
            "Nominate a Senior Responsible Officer",
            form(
                found,
                "nominate-senior",
                "Nominate",
                "Put forward by somebody in a leading position.",
                Html.join(
                    text("name", "Name", "as on the identity document"),
                    Html.of(
                        """
                        <div><label>Position of the nominator<select name="position">{}</select></label></div>
                        """,
                        Html.each(
                            List.of(RegistrationStep.Position.values()),
                            position ->
                                Pieces.option(position.name(), Pieces.words(position), false))),
                    text("nominator", "Nominator", "")))),
        folded(
            "Nominate an Authorised Responsible Officer",
            form(
                found,
                "nominate-authorised",
                "Nominate",
                "Put forward by a verified Senior Responsible Officer.",
                Html.join(
                    text("name", "Name", "as on the identity document"),
                    officers(found, "senior", "Put forward by")))),
        folded(
            "Verify an officer",
            form(
                found,
                "verify-officer",
                "Verify",
                "The person's identity was checked face to face.",
                Html.join(
                    officers(found, "officer", "Officer"),
                    text("evidence", "Evidence", "for example: passport, seen")))),
        folded("Give an officer a certificate", certificate(found)));
  }

  private static Html removal(Registration found) {
    return folded(
        "Remove an officer",
        form(
            found,
            "remove-officer",
            "Remove",
            "The person acts no more, and the credential ends.",
            Html.join(officers(found, "officer", "Officer"), text("reason", "Reason", ""))));
  }

  private static Html certificate(Registration found) {
    return Html.of(
        """
        <form class="fields" method="post" action="/organisations/{}/certificates">
        <p>The officer makes a key on P-256 and hands in its public half.</p>
        {}
        <div><label>Sort of certificate<select name="sort">
        <option value="credential">IKI credential, the first one or a replacement</option>
        <option value="user">DCCKI user certificate, for web pages</option></select></label></div>
        <div><label>Public key <small>in PEM or Base64</small>
        <textarea name="key" required spellcheck="false"
         placeholder="-----BEGIN PUBLIC KEY-----"></textarea></label></div>
        <div class="actions"><button>Give certificate</button></div></form>
        """,
        found.eui(),
        officers(found, "officer", "Officer"));
  }

  private static Html folded(String summary, Html content) {
    return Html.of("<details><summary>{}</summary>{}</details>", summary, content);
  }

  private static Html form(
      Registration found, String step, String button, String words, Html fields) {
    return Html.of(
        """
        <form class="fields" method="post" action="/organisations/{}/steps">
        <input type="hidden" name="step" value="{}"><p>{}</p>{}
        <div class="actions"><button>{}</button></div></form>
        """,
        found.eui(),
        step,
        words,
        fields,
        button);
  }

  /** The label holds its field: many forms on one page have fields of the same name. */
  private static Html text(String name, String label, String hint) {
    return Html.of(
        "<div><label>{} <small>{}</small><input name=\"{}\" required></label></div>",
        label,
        hint,
        name);
  }

  private static Html officers(Registration found, String name, String label) {
    return Html.of(
        "<div><label>{}<select name=\"{}\" required>{}</select></label></div>",
        label,
        name,
        Html.each(
            found.officers().stream().filter(OrganisationPages::isThere).toList(),
            officer ->
                Pieces.option(
                    Integer.toString(officer.number()),
                    String.format(
                        Locale.ROOT,
                        "%d  %s, %s, %s",
                        officer.number(),
                        officer.name(),
                        Pieces.words(officer.duty()),
                        Pieces.words(officer.progress())),
                    false)));
  }

  private static boolean isThere(Officer officer) {
    return officer.progress() != Officer.Progress.REMOVED;
  }

  private Reply step(Visit visit) throws TurnedAwayException, IOException {
    Person person = visit.person();
    Eui64 eui = visit.path().getEui("eui");
    Fields form = visit.form();
    try {
      return desks
          .registrations()
          .step(person, eui, RegistrationFields.step(form))
          .fold(
              _ -> Reply.seeOther("/organisations/" + eui), refusal -> again(person, eui, refusal));
    } catch (TurnedAwayException e) {
      return again(person, eui, e.refusal());
    }
  }

  private Reply certify(Visit visit) throws TurnedAwayException, IOException {
    Person person = visit.person();
    Eui64 eui = visit.path().getEui("eui");
    Fields form = visit.form();
    try {
      int officer = RegistrationFields.officer(form, "officer");
      ECPublicKey key =
          SubmittedDer.publicKey(Octets.of(form.get("key").getBytes(StandardCharsets.US_ASCII)));
      Outcome<CertificateRecord> given =
          form.get("sort").equals("user")
              ? desks.registrations().admit(person, eui, officer, key)
              : desks.registrations().credential(person, eui, officer, key);
      return given.fold(
          record ->
              Reply.seeOther(
                  String.format(
                      Locale.ROOT,
                      "/certificates/%s?done=issued",
                      record.id().serial().toString(16))),
          refusal -> again(person, eui, refusal));
    } catch (TurnedAwayException e) {
      return again(person, eui, e.refusal());
    }
  }

  private Reply again(Person person, Eui64 eui, Refusal refusal) {
    return organisation(refusal.kind().status(), person, eui, Pieces.refused(refusal));
  }
}
