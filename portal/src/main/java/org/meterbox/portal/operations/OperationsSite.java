// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.operations;

import java.util.List;
import java.util.Optional;
import org.meterbox.portal.page.PageFrame;
import org.meterbox.portal.page.Place;
import org.meterbox.portal.page.ProblemView;
import org.meterbox.portal.page.Templates;
import org.meterbox.portal.web.Reply;
import org.meterbox.smki.desk.Refusal;
import org.meterbox.smki.people.Person;

/** What all operations pages have in common. */
final class OperationsSite {
  static final String OVERVIEW = "/";
  static final String REQUESTS = "/requests";
  static final String DEVICES = "/devices";
  static final String ALERTS = "/alerts";
  static final String USERS = "/users";

  private static final PageFrame FRAME =
      new PageFrame(
          "Operations",
          "Overview",
          List.of(
              new Place(OVERVIEW, "Overview"),
              new Place(REQUESTS, "Requests"),
              new Place(DEVICES, "Devices"),
              new Place(ALERTS, "Alerts"),
              new Place(USERS, "Users")),
          OVERVIEW,
          "/search",
          Optional.empty(),
          Optional.empty());

  private OperationsSite() {}

  static Reply page(String place, String title, String template, Object view) {
    return Templates.page(200, template, FRAME.page(title, place), view);
  }

  static Refusal notFound(String what) {
    return new Refusal(
        Refusal.Kind.NOT_FOUND, "KNOWN", "the data systems know what is asked for", what);
  }

  static Reply problem(Optional<Person> nobody, Refusal refusal) {
    String title =
        switch (refusal.kind()) {
          case NOT_FOUND -> "Not found";
          case WRONG_HOST -> "Wrong address";
          case BUSY -> "Temporarily unavailable";
          case MALFORMED, UNKNOWN_PERSON, NOT_ALLOWED, TOO_LARGE, BROKEN_RULE -> "Cannot be read";
        };
    return Templates.page(
        refusal.kind().status(),
        "problem",
        FRAME.page(title, ""),
        new ProblemView(refusal.demand(), sentence(refusal.detail()), advice(refusal.kind())));
  }

  private static String sentence(String detail) {
    return Character.toUpperCase(detail.charAt(0)) + detail.substring(1);
  }

  private static String advice(Refusal.Kind kind) {
    return switch (kind) {
      case NOT_FOUND -> "Check the identifier, or search for it above.";
      case WRONG_HOST -> "Open the pages by the address that meterbox printed at its start.";
      case BUSY -> "Try again in a minute; the overview shows which part is not ready.";
      case MALFORMED, UNKNOWN_PERSON, NOT_ALLOWED, TOO_LARGE, BROKEN_RULE ->
          "Correct it and try again.";
    };
  }
}
