// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.smki.pages;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.kernel.Octets;
import org.meterbox.portal.web.Html;
import org.meterbox.portal.web.Reply;
import org.meterbox.portal.web.Route;
import org.meterbox.portal.web.TurnedAwayException;
import org.meterbox.portal.web.Visit;
import org.meterbox.smki.audit.AuditAction;
import org.meterbox.smki.audit.AuditEntry;
import org.meterbox.smki.audit.AuditLog;
import org.meterbox.smki.desk.Desks;
import org.meterbox.smki.desk.Refusal;
import org.meterbox.smki.people.Person;

/** The audit log and the state of its chain. */
final class AuditPages {
  /** Entries on one page. */
  private static final int PAGE = 50;

  private final Desks desks;

  AuditPages(Desks desks) {
    this.desks = desks;
  }

  List<Route> routes() {
    return List.of(Route.get("/audit", this::page));
  }

  /** The walk through the log takes time on a long one, so an auditor asks for it. */
  private Reply page(Visit visit) throws TurnedAwayException {
    Person person = visit.person();
    Optional<Long> to = visit.query().findNumber("to", 1, Long.MAX_VALUE);
    boolean verify = visit.query().find("verify").isPresent();
    return desks
        .reading()
        .lastAuditEntry(person)
        .fold(
            last -> page(person, Math.min(last, to.orElse(last)), last, verify),
            refusal -> refused(person, refusal));
  }

  private Reply page(Person person, long to, long last, boolean verify) {
    long from = Math.max(1, to - PAGE + 1);
    return desks
        .reading()
        .audit(person, from, (int) Math.max(0, Math.min(PAGE, to - from + 1)))
        .fold(
            entries ->
                Reply.page(
                    200,
                    Frame.page(
                        Optional.of(person),
                        Frame.Place.AUDIT,
                        "Audit",
                        Html.join(
                            Pieces.heading(
                                "Audit",
                                "Who did what and when. Each entry carries the hash of the one"
                                    + " before, so no later change stays hidden."),
                            chain(person, last, verify),
                            entries(entries, from, to, last)))),
            refusal -> refused(person, refusal));
  }

  private static Reply refused(Person person, Refusal refusal) {
    return Portal.FACE.refusal(Optional.of(person), refusal);
  }

  private Html chain(Person person, long last, boolean verify) {
    if (!verify) {
      return Html.of(
          """
          <section class="card"><h2>Chain of hashes</h2><p>{} entries. Verifying recomputes every
          hash from the first entry on.</p>
          <div class="actions"><a class="button" href="/audit?verify=all">Verify the whole chain</a></div>
          </section>
          """,
          String.format(Locale.ROOT, "%,d", last));
    }
    return desks.reading().verifyAudit(person).fold(this::verdict, Pieces::refused);
  }

  private Html verdict(AuditLog.Verification verification) {
    return switch (verification) {
      case AuditLog.Verification.Intact(long entries, Octets head) ->
          Html.of(
              """
              <div class="note good" role="status"><h2>The chain is intact</h2>
              <p>All {} entries are as they were written; verified at {}. Note the head elsewhere:
              who compares it later can also tell that none was cut off the end.</p>
              <p class="id long">{}</p></div>
              """,
              String.format(Locale.ROOT, "%,d", entries),
              Pieces.exactTime(desks.now()),
              head.hex());
      case AuditLog.Verification.Broken(long number, String why) ->
          Html.of(
              """
              <div class="note bad" role="alert"><h2>The log was tampered with</h2>
              <p>Entry {}: {}. Nothing from it on can be relied upon. Keep the database as it is and
              tell the security officer.</p></div>
              """,
              String.format(Locale.ROOT, "%,d", number),
              why);
    };
  }

  private static Html entries(List<AuditEntry> entries, long from, long to, long last) {
    if (entries.isEmpty()) {
      return Html.of("<div class=\"empty\"><p>Nothing was written yet.</p></div>");
    }
    List<AuditEntry> latestFirst =
        entries.stream().sorted(Comparator.comparingLong(AuditEntry::number).reversed()).toList();
    return Html.of(
        """
        <section class="card"><h2>Entries</h2>
        <table class="stacks"><caption>{} to {} of {}, the latest first</caption>
        <thead><tr><th scope="col" class="number">No.</th><th scope="col">When</th>
        <th scope="col">Who</th><th scope="col">What</th><th scope="col">Detail</th>
        <th scope="col">Hash</th></tr></thead><tbody>{}</tbody></table>
        <div class="actions">{}{}</div></section>
        """,
        String.format(Locale.ROOT, "%,d", from),
        String.format(Locale.ROOT, "%,d", to),
        String.format(Locale.ROOT, "%,d", last),
        Html.each(latestFirst, AuditPages::row),
        Html.when(
            from > 1,
            Html.of("<a class=\"button plain\" href=\"/audit?to={}\">Earlier</a>", from - 1)),
        Html.when(
            to < last,
            Html.of(
                "<a class=\"button plain\" href=\"/audit?to={}\">Later</a>",
                Math.min(last, to + PAGE))));
  }

  private static Html row(AuditEntry entry) {
    return Html.of(
        """
        <tr><td class="number" data-label="No.">{}</td><td data-label="When">{}</td>
        <td data-label="Who">{}</td><td data-label="What">{}</td><td data-label="Detail">{}</td>
        <td data-label="Hash"><span class="id" title="{}">{}…</span></td></tr>
        """,
        entry.number(),
        Pieces.exactTime(entry.at()),
        Pieces.actor(entry.actor()),
        Pieces.badge(tone(entry.action()), Pieces.words(entry.action())),
        Html.of("<span class=\"words\">{}</span>", entry.detail()),
        entry.hash().hex(),
        entry.hash().hex().substring(0, 8));
  }

  private static String tone(AuditAction action) {
    return switch (action) {
      case CERTIFICATE_ISSUED -> "good";
      case CERTIFICATE_REFUSED, REVOCATION_REFUSED, ACCESS_REFUSED -> "bad";
      case CERTIFICATE_REVOKED, CEREMONY -> "warn";
      case AUTHORITY_OPENED, BATCH, REVOCATION_LIST_SIGNED, REGISTRATION -> "";
    };
  }
}
