// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.meterbox.store.StoreException;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;

/**
 * Makes one line out of a database outage. While a disk is full or the server is away, every
 * request, every timer and the libraries report the same fault with a stack trace each; the
 * operator gets the first report in one line, and then once in {@link #EVERY} how many there were.
 * Faults of other sorts pass as they are.
 */
public final class DatabaseOutageFilter extends TurboFilter {
  /** How often an outage that goes on is reported. */
  public static final Duration EVERY = Duration.ofMinutes(1);

  /** Two digits of an SQLSTATE name its class: "53" is "insufficient resources". */
  private static final int CLASS_DIGITS = 2;

  private static final String NO_STATE = "08";
  private static final int CAUSES_MAX = 20;

  private final InstantSource clock;
  private final org.slf4j.Logger log;
  private final Map<String, Outage> outages = new HashMap<>();

  private static final class Outage {
    private long reportedAt;
    private long unreported;
  }

  public DatabaseOutageFilter() {
    this(InstantSource.system(), LoggerFactory.getLogger("org.meterbox.store"));
  }

  DatabaseOutageFilter(InstantSource clock, org.slf4j.Logger log) {
    this.clock = clock;
    this.log = log;
  }

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] parameters,
      @Nullable Throwable given) {
    if (!level.isGreaterOrEqual(logger.getEffectiveLevel())) {
      return FilterReply.NEUTRAL;
    }
    Optional<Throwable> fault = databaseFault(thrown(parameters, given));
    if (fault.isEmpty()) {
      return FilterReply.NEUTRAL;
    }
    String state = state(fault.get());
    count(state, clock.millis())
        .ifPresent(more ->
            // Without the exception itself, so this passes here and has no stack trace.
            log.error(
                "database fault {}: {}; first met by: {}{}",
                state,
                oneLine(rootMessage(fault.get())),
                MessageFormatter.arrayFormat(format, parameters).getMessage(),
                more == 0 ? "" : String.format(Locale.ROOT, "; %d reports more like it", more)));
    return FilterReply.DENY;
  }

  /** SLF4J takes an exception behind the parameters as the event's exception. */
  private static @Nullable Throwable thrown(
      Object @Nullable [] parameters, @Nullable Throwable given) {
    return given == null
            && parameters != null
            && parameters.length > 0
            && parameters[parameters.length - 1] instanceof Throwable last
        ? last
        : given;
  }

  /** How many reports were kept back, where it is time to say so. */
  private synchronized Optional<Long> count(String state, long now) {
    String sort = state.substring(0, Math.min(CLASS_DIGITS, state.length()));
    @Nullable Outage known = outages.get(sort);
    if (known != null && now - known.reportedAt < EVERY.toMillis()) {
      known.unreported++;
      return Optional.empty();
    }
    Outage outage = known == null ? new Outage() : known;
    outages.put(sort, outage);
    long more = outage.unreported;
    outage.reportedAt = now;
    outage.unreported = 0;
    return Optional.of(more);
  }

  private static Optional<Throwable> databaseFault(@Nullable Throwable thrown) {
    @Nullable Throwable cause = thrown;
    for (int i = 0; cause != null && i < CAUSES_MAX; i++) {
      if (cause instanceof StoreException || cause instanceof SQLException) {
        return Optional.of(cause);
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  private static String state(Throwable fault) {
    @Nullable Throwable cause = fault;
    for (int i = 0; cause != null && i < CAUSES_MAX; i++) {
      if (cause instanceof SQLException refused && refused.getSQLState() != null) {
        return refused.getSQLState();
      }
      cause = cause.getCause();
    }
    return NO_STATE;
  }

  private static String rootMessage(Throwable fault) {
    Throwable root = fault;
    for (int i = 0; root.getCause() != null && i < CAUSES_MAX; i++) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  private static String oneLine(String message) {
    return message.replaceAll("\\s*\\R\\s*", "; ");
  }
}
