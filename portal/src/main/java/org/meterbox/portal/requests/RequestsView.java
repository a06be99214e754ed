// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.requests;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.kernel.Eui64;
import org.meterbox.portal.page.QueryText;
import org.meterbox.portal.users.UserSummary;

/**
 * The page that lists requests.
 *
 * @param path its address
 * @param filter what is asked for
 * @param list what was found
 * @param users who can be chosen; none where only one's own are shown
 * @param first whether it is the first page
 */
public record RequestsView(
    String path, RequestFilter filter, RequestList list, List<UserSummary> users, boolean first) {
  private static final DateTimeFormatter FIELD =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Copies the list. */
  public RequestsView {
    users = List.copyOf(users);
  }

  /** Every state. */
  public List<RequestStateName> states() {
    return Arrays.asList(RequestStateName.values());
  }

  /** The first page of the same list. */
  public String firstPage() {
    return filter.toQuery().on(path);
  }

  /** The next page of it. */
  public Optional<String> nextPage() {
    return list.next().map(page -> filter.toQuery().with("page", page).on(path));
  }

  /** The list as a file. */
  public String csv() {
    return filter.toQuery().on(path + ".csv");
  }

  /** The same in the other order. */
  public String otherOrder() {
    QueryText query = filter.toQuery();
    String other =
        filter.order() == RequestFilter.Order.NEWEST
            ? RequestFilter.Order.OLDEST.word()
            : RequestFilter.Order.NEWEST.word();
    return query.with("order", other).on(path);
  }

  /** Whether the newest come first. */
  public boolean isNewestFirst() {
    return filter.order() == RequestFilter.Order.NEWEST;
  }

  /** A moment as a form's field takes it. */
  public static String field(Optional<Instant> at) {
    return at.map(FIELD::format).orElse("");
  }

  /** Whether a user is the one asked for. */
  public boolean isChosen(UserSummary user) {
    return filter.user().equals(Optional.of(user.id()));
  }

  /** Whether a state is the one asked for. */
  public boolean isChosen(RequestStateName state) {
    return filter.state().equals(Optional.of(state));
  }

  /** The device asked for, or nothing. */
  public String device() {
    return filter.device().map(Eui64::dashed).orElse("");
  }
}
