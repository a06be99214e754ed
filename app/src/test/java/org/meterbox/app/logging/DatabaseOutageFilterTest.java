// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.read.ListAppender;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A disk that is full for two minutes under a thousand requests. */
final class DatabaseOutageFilterTest {
  private static final String DISK_FULL = "53100";

  private final LoggerContext context = new LoggerContext();
  private final ListAppender<ILoggingEvent> shown = new ListAppender<>();
  private long now;

  @BeforeEach
  void attach() throws JoranException {
    // As the program is configured; only where lines go, and the clock, are the test's.
    JoranConfigurator configuration = new JoranConfigurator();
    configuration.setContext(context);
    configuration.doConfigure(DatabaseOutageFilter.class.getResource("/logback.xml"));
    assertThat(context.getTurboFilterList()).hasOnlyElementsOfTypes(DatabaseOutageFilter.class);
    context.getTurboFilterList().clear();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    context.addTurboFilter(
        new DatabaseOutageFilter(() -> Instant.ofEpochMilli(now), context.getLogger("store")));
    root.detachAndStopAllAppenders();
    shown.setContext(context);
    shown.start();
    root.addAppender(shown);
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  private void report(String logger, long millis, Exception fault) {
    now = millis;
    context.getLogger(logger).error("request {} failed", 7, fault);
  }

  private static Exception diskFull() {
    return new IllegalStateException(
        new SQLException(
            "could not extend file: No space left on device\n  Hint: Check free disk space.",
            DISK_FULL));
  }

  private List<String> lines() {
    return shown.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void isOneLineWithoutStackTraceAndThenOneAMinute() {
    for (int i = 0; i < 1_000; i++) {
      report(i % 2 == 0 ? "gateway" : "timers", i, diskFull());
    }
    assertThat(lines())
        .containsExactly(
            "database fault 53100: could not extend file: No space left on device; Hint: Check"
                + " free disk space.; first met by: request 7 failed");
    assertThat(shown.list.getFirst().getThrowableProxy()).isNull();

    report("gateway", DatabaseOutageFilter.EVERY.toMillis(), diskFull());
    assertThat(lines()).hasSize(2);
    assertThat(lines().getLast()).endsWith("; 999 reports more like it");
  }

  // Another sort of fault at the same time is not hidden behind the first.
  @Test
  void anotherSortOfFaultHasItsOwnLine() {
    report("gateway", 0, diskFull());
    report("gateway", 1, new SQLException("connection refused", "08001"));
    assertThat(lines()).hasSize(2);
  }

  @Test
  void aFaultOfOurOwnKeepsItsTrace() {
    report("gateway", 0, new IllegalStateException("a bug"));
    report("gateway", 1, new IllegalStateException("a bug"));
    assertThat(shown.list).hasSize(2);
    assertThat(shown.list.getFirst().getThrowableProxy()).isNotNull();
  }
}
