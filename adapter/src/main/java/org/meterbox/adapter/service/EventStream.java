// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.service;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.meterbox.adapter.events.Event;
import org.meterbox.adapter.events.EventFilter;
import org.meterbox.adapter.events.EventLog;

/** Server-sent events (WHATWG HTML, section 9.2); each one's id is its position in the log. */
final class EventStream {
  /** Streams at the same time. */
  static final int STREAMS_MAX = 64;

  /** A comment goes out this often, so that a client that is gone is noticed. */
  static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private static final int PAGE = 100;

  private final EventLog events;
  private final BooleanSupplier closing;
  private final Semaphore places = new Semaphore(STREAMS_MAX);

  EventStream(EventLog events, BooleanSupplier closing) {
    this.events = events;
    this.closing = closing;
  }

  /** Writes events until the client goes, the adapter closes or there is nothing more to come. */
  void write(EventFilter filter, BooleanSupplier ended, ServerResponse response)
      throws IOException, InterruptedException, Problem {
    if (!places.tryAcquire()) {
      throw Problem.of(
          Status.SERVICE_UNAVAILABLE_503,
          "streams",
          "Too many streams are open",
          STREAMS_MAX + " are open already",
          "Close one, or poll GET /v1/events with after=POSITION.");
    }
    try {
      response
          .status(Status.OK_200)
          .header(HeaderNames.CONTENT_TYPE, "text/event-stream")
          .header(HeaderNames.CACHE_CONTROL, "no-store");
      try (OutputStream out = response.outputStream()) {
        copy(filter, ended, out);
      }
    } finally {
      places.release();
    }
  }

  private void copy(EventFilter filter, BooleanSupplier ended, OutputStream out)
      throws IOException, InterruptedException {
    EventFilter next = filter;
    line(out, ": open\n\n");
    while (!closing.getAsBoolean()) {
      long generation = events.generation();
      boolean last = ended.getAsBoolean();
      List<Event> page = events.read(next, PAGE);
      for (Event event : page) {
        line(
            out,
            "id: "
                + event.position()
                + "\nevent: "
                + event.kind().word()
                + "\ndata: "
                + event.body()
                + "\n\n");
        next = next.after(event.position());
      }
      if (page.isEmpty() && last) {
        return;
      }
      if (page.isEmpty() && !events.await(generation, HEARTBEAT)) {
        line(out, ": still here\n\n");
      }
    }
  }

  private static void line(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
