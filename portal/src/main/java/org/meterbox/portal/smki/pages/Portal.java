// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.smki.pages;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.meterbox.portal.web.BatchInbox;
import org.meterbox.portal.web.Face;
import org.meterbox.portal.web.Html;
import org.meterbox.portal.web.Reply;
import org.meterbox.portal.web.Route;
import org.meterbox.portal.web.Script;
import org.meterbox.portal.web.Stylesheet;
import org.meterbox.portal.web.Visit;
import org.meterbox.smki.desk.Desks;
import org.meterbox.smki.desk.Refusal;
import org.meterbox.smki.issuing.BatchProgress;
import org.meterbox.smki.people.Act;
import org.meterbox.smki.people.Duty;
import org.meterbox.smki.people.Person;
import org.meterbox.smki.registration.Registration;
import org.meterbox.smki.repository.ExpiryWatch;

/** Answers people. */
public final class Portal {
  /** How refusals look to people. */
  public static final Face FACE = Portal::refusal;

  private final Desks desks;
  private final List<Route> routes;

  /** Hands on to these desks. */
  public Portal(Desks desks, BatchInbox inbox) {
    this.desks = desks;
    routes =
        Stream.of(
                List.of(Stylesheet.route(), Script.route(), Route.get("/", this::overview)),
                new RequestPages(desks, inbox).routes(),
                new CertificatePages(desks).routes(),
                new ListPages(desks).routes(),
                new OrganisationPages(desks).routes(),
                new AuditPages(desks).routes(),
                List.of(
                    Route.get(
                        "/*",
                        visit ->
                            refusal(
                                visit.visitor(),
                                new Refusal(
                                    Refusal.Kind.NOT_FOUND,
                                    "PAGE",
                                    "the address is a page of the portal",
                                    "there is no page " + visit.address())))))
            .flatMap(List::stream)
            .toList();
  }

  /** Every address. */
  public List<Route> routes() {
    return routes;
  }

  private Reply overview(Visit visit) {
    Person person = visit.person();
    return Reply.page(
        200,
        Frame.page(
            visit.visitor(),
            Frame.Place.OVERVIEW,
            "Overview",
            Html.join(
                Pieces.heading(
                    "Overview", "You are signed in as " + person.name() + ". " + duties(person)),
                Html.of(
                    "<div class=\"tiles\">{}{}{}{}{}</div>",
                    batches(person),
                    ending(person),
                    organisations(person),
                    lists(),
                    audit(person)))));
  }

  private static String duties(Person person) {
    return switch (person.duty()) {
      case Duty.AuthorisedOfficer _ ->
          "You can request and revoke certificates for your organisation.";
      case Duty.RegistrationStaff() -> "You register organisations and their officers.";
      case Duty.Auditor() ->
          "You can read everything, including the audit log, and change nothing.";
    };
  }

  private Html batches(Person person) {
    List<BatchProgress> found =
        desks.requests().batches(person).fold(batches -> batches, _ -> List.of());
    long waiting = found.stream().filter(batch -> !batch.isFinished()).count();
    return tile(
        "/requests",
        Long.toString(waiting),
        "Batches in progress",
        found.isEmpty()
            ? "No batch has been submitted yet."
            : String.format(
                Locale.ROOT,
                "The latest has %d of %d requests done.",
                found.getFirst().done(),
                found.getFirst().requests()));
  }

  private Html ending(Person person) {
    List<ExpiryWatch.Ending> found =
        desks.reading().endingSoon(person).fold(ending -> ending, _ -> List.of());
    return tile(
        "/expiry",
        Integer.toString(found.size()),
        "Certificates expiring soon",
        found.isEmpty()
            ? "No certificate expires within 90 days."
            : "The first expires on " + Pieces.day(found.getFirst().record().notAfter()) + ".");
  }

  private Html organisations(Person person) {
    List<Registration> found =
        desks.registrations().list(person).fold(organisations -> organisations, _ -> List.of());
    long subscribers = found.stream().filter(each -> each.standing().maySubmit()).count();
    return tile(
        "/organisations",
        Integer.toString(found.size()),
        found.size() == 1 ? "Organisation" : "Organisations",
        found.size() == 1
            ? String.format(
                Locale.ROOT,
                "%s: %s.",
                found.getFirst().name(),
                Pieces.words(found.getFirst().standing()))
            : String.format(Locale.ROOT, "%d of them may request certificates.", subscribers));
  }

  private Html lists() {
    long current =
        desks.reading().revocationLists().stream()
            .flatMap(sheet -> sheet.list().stream())
            .filter(list -> !desks.now().isAfter(list.nextUpdate()))
            .count();
    return tile(
        "/revocation-lists",
        Long.toString(current),
        "Revocation lists in force",
        "Public, as DER and PEM.");
  }

  private Html audit(Person person) {
    return person.duty().allows(Act.READ_AUDIT)
        ? desks
            .reading()
            .lastAuditEntry(person)
            .fold(
                last ->
                    tile(
                        "/audit",
                        Long.toString(last),
                        "Audit entries",
                        "Verify that none was changed."),
                _ -> Html.NONE)
        : Html.NONE;
  }

  private static Html tile(String path, String number, String title, String words) {
    return Html.of(
        "<a class=\"card tile\" href=\"{}\"><strong>{}</strong><h2>{}</h2>"
            + "<span class=\"soft\">{}</span></a>",
        path,
        number,
        title,
        words);
  }

  private static Reply refusal(Optional<Person> person, Refusal refusal) {
    String title =
        switch (refusal.kind()) {
          case UNKNOWN_PERSON -> "Sign in with a certificate";
          case NOT_ALLOWED -> "Not allowed";
          case NOT_FOUND -> "Not found";
          case WRONG_HOST -> "Wrong address";
          case MALFORMED, TOO_LARGE, BROKEN_RULE -> "Request refused";
          case BUSY -> "Temporarily unavailable";
        };
    Html content =
        Html.join(
            Html.of("<h1>{}</h1>", title),
            refusal.kind() == Refusal.Kind.UNKNOWN_PERSON
                ? signInHelp(refusal)
                : Html.of(
                    "{}<p><a class=\"button\" href=\"/\">To the overview</a></p>",
                    Pieces.refused(refusal)));
    return Reply.page(
        refusal.kind().status(), Frame.page(person, Optional.empty(), title, content, false));
  }

  private static Html signInHelp(Refusal refusal) {
    return Html.of(
        """
        <div class="note warn" role="alert"><h2>You are not signed in</h2>
        <p>The rule: {}. The problem: {}.</p></div>
        <section class="card"><h2>How to sign in</h2>
        <p>You sign in with a certificate in your browser, not with a password.</p>
        <ol><li>Import the <code>.p12</code> file that you were given into your browser or operating
        system (with Chrome: Settings, Privacy and security, Security, Manage certificates; with
        Firefox: Settings, Privacy &amp; Security, View Certificates). Its password is in the
        <code>.password</code> file beside it.</li>
        <li>Close all windows of the browser, which remembers the last choice, and open this page
        again.</li><li>Choose the certificate with your name.</li></ol>
        <p>A Meterbox on your own machine prints the folder of these files when it starts.</p></section>
        """,
        refusal.demand(),
        refusal.detail());
  }
}
