// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.smki.pages;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.meterbox.kernel.Octets;
import org.meterbox.portal.web.Html;
import org.meterbox.portal.web.PemText;
import org.meterbox.portal.web.Reply;
import org.meterbox.portal.web.Route;
import org.meterbox.portal.web.TurnedAwayException;
import org.meterbox.portal.web.Visit;
import org.meterbox.smki.desk.Desks;
import org.meterbox.smki.desk.Refusal;
import org.meterbox.smki.desk.RevocationListSheet;
import org.meterbox.smki.repository.ExpiryWatch;
import org.meterbox.smki.revocation.SignedRevocationList;

/** Revocation lists, and what ends soon. */
final class ListPages {
  private final Desks desks;

  ListPages(Desks desks) {
    this.desks = desks;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/revocation-lists", this::lists),
        Route.get("/revocation-lists/{file}", this::list),
        Route.get("/expiry", this::expiry));
  }

  private Reply lists(Visit visit) {
    return Reply.page(
        200,
        Frame.page(
            visit.visitor(),
            Frame.Place.LISTS,
            "Revocation lists",
            Html.join(
                Pieces.heading(
                    "Revocation lists",
                    "Signed after each revocation and on schedule. Devices do not read them, so the"
                        + " devices' authorities sign none."),
                Html.of(
                    """
                    <section class="card"><table class="stacks">
                    <caption>The list in force of each authority</caption>
                    <thead><tr><th scope="col">Authority</th><th scope="col">Sort</th>
                    <th scope="col" class="number">Number</th><th scope="col" class="number">Revoked</th>
                    <th scope="col">Signed</th><th scope="col">Next at the latest</th>
                    <th scope="col">Download</th></tr></thead><tbody>{}</tbody></table></section>
                    """,
                    Html.each(desks.reading().revocationLists(), this::row)))));
  }

  private Html row(RevocationListSheet sheet) {
    return Html.of(
        """
        <tr><th scope="row" data-label="Authority"><span>{}<span class="under id long">{}</span></span></th>
        <td data-label="Sort">{}</td>{}</tr>
        """,
        Pieces.words(sheet.authority()),
        sheet.issuer(),
        sheet.isAuthorityList()
            ? Html.of("<abbr title=\"Authority revocation list\">ARL</abbr>")
            : Html.of("<abbr title=\"Certificate revocation list\">CRL</abbr>"),
        sheet
            .list()
            .map(list -> cells(sheet.name(), list))
            .orElseGet(() -> Html.of("<td colspan=\"5\">none signed yet</td>")));
  }

  private Html cells(String name, SignedRevocationList list) {
    return Html.of(
        """
        <td data-label="Number" class="number">{}</td><td data-label="Revoked" class="number">{}</td>
        <td data-label="Signed">{}</td><td data-label="Next"><span>{} {}</span></td>
        <td data-label="Download"><span><a href="/revocation-lists/{}.crl" download>DER</a>,
        <a href="/revocation-lists/{}.pem" download>PEM</a></span></td>
        """,
        list.number(),
        list.entries(),
        Pieces.time(list.thisUpdate()),
        Pieces.time(list.nextUpdate()),
        Html.when(desks.now().isAfter(list.nextUpdate()), Pieces.badge("bad", "Out of date")),
        name,
        name);
  }

  private Reply list(Visit visit) throws TurnedAwayException {
    String file = visit.path().get("file");
    boolean pem = file.endsWith(".pem");
    Optional<Octets> der =
        desks.reading().revocationLists().stream()
            .filter(sheet -> file.equals(sheet.name() + (pem ? ".pem" : ".crl")))
            .findFirst()
            .flatMap(RevocationListSheet::list)
            .map(SignedRevocationList::der);
    if (der.isEmpty()) {
      return Portal.FACE.refusal(
          visit.visitor(),
          new Refusal(
              Refusal.Kind.NOT_FOUND,
              "KNOWN",
              "the authority signs revocation lists and has signed one",
              "there is no list of that name"));
    }
    return pem
        ? Reply.text(200, "application/x-pem-file", PemText.of("X509 CRL", der.get())).asFile(file)
        : Reply.octets(200, "application/pkix-crl", der.get()).asFile(file);
  }

  private Reply expiry(Visit visit) {
    return desks
        .reading()
        .endingSoon(visit.person())
        .fold(
            found ->
                Reply.page(
                    200,
                    Frame.page(
                        visit.visitor(),
                        Frame.Place.EXPIRY,
                        "Expiring soon",
                        Html.join(
                            Pieces.heading(
                                "Expiring soon",
                                "Certificates that expire within 90 days. Replacing one on every"
                                    + " device of a supplier takes weeks."),
                            ending(found)))),
            refusal -> Portal.FACE.refusal(visit.visitor(), refusal));
  }

  private Html ending(List<ExpiryWatch.Ending> found) {
    if (found.isEmpty()) {
      return Html.of("<div class=\"empty\"><p>No certificate expires within 90 days.</p></div>");
    }
    return Html.of(
        """
        <section class="card"><table class="stacks"><caption>The first to expire comes first</caption>
        <thead><tr><th scope="col">Expires</th><th scope="col" class="number">Days left</th>
        <th scope="col">Urgency</th><th scope="col">EUI-64</th><th scope="col">What it is</th>
        <th scope="col">Serial number</th></tr></thead><tbody>{}</tbody></table></section>
        """,
        Html.each(
            found,
            ending ->
                Html.of(
                    """
                    <tr><td data-label="Expires">{}</td><td data-label="Days left" class="number">{}</td>
                    <td data-label="Urgency">{}</td><td data-label="EUI-64">{}</td>
                    <td data-label="What it is">{}</td><td data-label="Serial">{}</td></tr>
                    """,
                    Pieces.time(ending.record().notAfter()),
                    Duration.between(desks.now(), ending.record().notAfter()).toDays(),
                    urgency(ending.urgency()),
                    Pieces.eui(ending.record().subject()),
                    CertificatePages.what(ending.record()),
                    Pieces.certificateLink(ending.record()))));
  }

  private static Html urgency(ExpiryWatch.Urgency urgency) {
    return switch (urgency) {
      case SOON -> Pieces.badge("", "Request a replacement");
      case URGENT -> Pieces.badge("warn", "Replace it now");
      case CRITICAL -> Pieces.badge("bad", "Messages will be refused");
    };
  }
}
