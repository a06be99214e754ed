// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.smki.pages;

import java.util.List;
import java.util.Optional;
import org.meterbox.portal.web.Html;
import org.meterbox.portal.web.Script;
import org.meterbox.portal.web.Stylesheet;
import org.meterbox.smki.people.Act;
import org.meterbox.smki.people.Duty;
import org.meterbox.smki.people.Person;

/** What stands around every page: who is signed in, and where to go. */
final class Frame {
  /** Seconds between two looks at a batch that is being worked on. */
  static final int REFRESH_SECONDS = 3;

  /** The places of the portal, in order of the navigation. */
  enum Place {
    OVERVIEW("/", "Overview", Act.READ_REPOSITORY),
    REQUESTS("/requests", "Requests", Act.READ_BATCHES),
    CERTIFICATES("/certificates", "Certificates", Act.READ_REPOSITORY),
    LISTS("/revocation-lists", "Revocation lists", Act.READ_REPOSITORY),
    EXPIRY("/expiry", "Expiring soon", Act.READ_REPOSITORY),
    ORGANISATIONS("/organisations", "Organisations", Act.READ_REGISTRATIONS),
    AUDIT("/audit", "Audit", Act.READ_AUDIT);

    final String path;
    final String words;
    final Act act;

    Place(String path, String words, Act act) {
      this.path = path;
      this.words = words;
      this.act = act;
    }
  }

  private Frame() {}

  static Html page(Optional<Person> visitor, Place place, String title, Html content) {
    return page(visitor, Optional.of(place), title, content, false);
  }

  /**
   * A whole page.
   *
   * @param place where in the portal it is; none for a page outside
   * @param refreshing whether the browser loads it again every few seconds
   */
  static Html page(
      Optional<Person> visitor,
      Optional<Place> place,
      String title,
      Html content,
      boolean refreshing) {
    return Html.of(
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>{} - Meterbox SMKI Portal</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        {}<link rel="stylesheet" href="{}">
        <script src="{}" defer></script>
        </head>
        <body>
        <a class="skip" href="#content">Skip to content</a>
        <header class="bar"><div>
        <div class="top"><a class="brand" href="/">Meterbox <small>SMKI Portal</small></a>{}</div>
        {}
        </div></header>
        <main id="content">
        {}
        </main>
        <footer><div>All times are UTC. Every action is recorded in the audit log.</div></footer>
        </body>
        </html>
        """,
        title,
        Html.when(
            refreshing, Html.of("<meta http-equiv=\"refresh\" content=\"{}\">\n", REFRESH_SECONDS)),
        Stylesheet.PATH,
        Script.PATH,
        visitor.map(Frame::who),
        visitor.map(person -> navigation(person, place)),
        content);
  }

  private static Html who(Person person) {
    String organisation =
        person.duty() instanceof Duty.AuthorisedOfficer officer
            ? " of " + officer.organisation().dashed()
            : "";
    return Html.of(
        "<div class=\"who\">{}<span>{}{}</span></div>",
        person.name(),
        person.duty().title(),
        organisation);
  }

  private static Html navigation(Person person, Optional<Place> current) {
    return Html.of(
        "<nav aria-label=\"Portal\"><ul>{}</ul></nav>",
        Html.each(
            List.of(Place.values()),
            place ->
                Html.when(
                    person.duty().allows(place.act),
                    Html.of(
                        "<li><a href=\"{}\"{}>{}</a></li>",
                        place.path,
                        Html.when(
                            current.equals(Optional.of(place)), Html.of(" aria-current=\"page\"")),
                        place.words))));
  }
}
