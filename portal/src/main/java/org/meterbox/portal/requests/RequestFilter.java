// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.requests;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import org.meterbox.portal.page.QueryText;
import org.meterbox.portal.web.Fields;
import org.meterbox.portal.web.TurnedAwayException;

/**
 * Which requests are wanted; what is absent does not matter.
 *
 * @param user who sent them
 * @param device to which they go; the DCC itself for those to no device
 * @param service the service reference variant
 * @param state where they stand
 * @param from received at or after
 * @param to received before
 * @param order which come first
 */
public record RequestFilter(
    Optional<Eui64> user,
    Optional<Eui64> device,
    Optional<String> service,
    Optional<RequestStateName> state,
    Optional<Instant> from,
    Optional<Instant> to,
    Order order) {
  /** Which come first. */
  public enum Order {
    /** Received last. */
    NEWEST,
    /** Received first. */
    OLDEST;

    /** How addresses spell it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** All, the newest first. */
  public static final RequestFilter ALL =
      new RequestFilter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Order.NEWEST);

  /**
   * Reads it from the parameters of an address.
   *
   * @throws TurnedAwayException where one of them cannot be read
   */
  public static RequestFilter of(Fields query) throws TurnedAwayException {
    Optional<String> service = query.find("service");
    if (service.isPresent() && !isService(service.get())) {
      throw TurnedAwayException.parameter(
          "service", "a service reference variant, for example 4.1.1");
    }
    return new RequestFilter(
        query.findEui("user"),
        query.findEui("device"),
        service,
        query.findOne("state", RequestStateName.class),
        instant(query, "from"),
        instant(query, "to"),
        query.findOne("order", Order.class).orElse(Order.NEWEST));
  }

  private static boolean isService(String text) {
    return ServiceRequestCatalogue.current().entries().stream()
        .anyMatch(entry -> entry.variant().value().equals(text));
  }

  /** A date, a date with a time in UTC as browsers send it, or a time with its offset. */
  private static Optional<Instant> instant(Fields query, String name) throws TurnedAwayException {
    Optional<String> text = query.find(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      String given = text.get();
      if (given.length() == 10) {
        return Optional.of(LocalDate.parse(given).atStartOfDay(ZoneOffset.UTC).toInstant());
      }
      return Optional.of(
          given.endsWith("Z") || given.indexOf('+') > 0
              ? OffsetDateTime.parse(given).toInstant()
              : LocalDateTime.parse(given).toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException malformed) {
      throw TurnedAwayException.parameter(
          name, "a time in UTC, for example 2026-11-30T10:00, or a date");
    }
  }

  /** For one user only, whatever was asked. */
  public RequestFilter of(Eui64 onlyUser) {
    return new RequestFilter(Optional.of(onlyUser), device, service, state, from, to, order);
  }

  /** Whether something is asked for that no index knows. */
  boolean selects() {
    return service.isPresent() || state.isPresent();
  }

  /** Whether anything is asked for. */
  public boolean isEmpty() {
    return user.isEmpty() && device.isEmpty() && !selects() && from.isEmpty() && to.isEmpty();
  }

  /** The same as parameters of an address. */
  public QueryText toQuery() {
    QueryText query =
        QueryText.NONE
            .with("user", user.map(Eui64::dashed))
            .with("device", device.map(Eui64::dashed))
            .with("service", service)
            .with("state", state.map(RequestStateName::word))
            .with("from", from.map(Instant::toString))
            .with("to", to.map(Instant::toString));
    return order == Order.NEWEST ? query : query.with("order", order.word());
  }
}
