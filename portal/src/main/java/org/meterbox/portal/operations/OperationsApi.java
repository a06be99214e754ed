// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.operations;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.meterbox.kernel.Octets;
import org.meterbox.portal.events.EventFeed;
import org.meterbox.portal.events.RequestEvent;
import org.meterbox.portal.overview.SystemStatus;
import org.meterbox.portal.page.JsonText;
import org.meterbox.portal.web.Face;
import org.meterbox.portal.web.Reply;
import org.meterbox.portal.web.Route;
import org.meterbox.portal.web.TurnedAwayException;
import org.meterbox.portal.web.Visit;
import org.meterbox.smki.desk.Refusal;

/** What the operations pages show, for programs: JSON, and events as they happen. */
final class OperationsApi {
  /** How programs are told that something is not answered. */
  static final Face FACE =
      (_, refusal) ->
          JsonText.reply(
              refusal.kind().status(),
              new Problem(refusal.rule(), refusal.demand(), refusal.detail()));

  /** A line that says nothing keeps proxies from closing the connection. */
  private static final Duration SILENCE_MAX = Duration.ofSeconds(15);

  private static final String DOCUMENT = "openapi.json";

  private final OperationsData data;
  private final SystemStatus status;
  private final EventFeed feed;

  OperationsApi(OperationsData data, SystemStatus status, EventFeed feed) {
    this.data = data;
    this.status = status;
    this.feed = feed;
  }

  /**
   * Why something is not answered.
   *
   * @param rule its name
   * @param demand what it demands
   * @param detail what in this case is otherwise
   */
  record Problem(String rule, String demand, String detail) {}

  List<Route> routes() {
    return List.of(
        Route.open("/api", _ -> document()),
        Route.open("/api/v1/openapi.json", _ -> document()),
        Route.open("/api/v1/overview", _ -> JsonText.reply(200, status.look())),
        Route.open(
            "/api/v1/requests",
            visit -> JsonText.reply(200, data.requests(visit, OperationsData.size(visit)).list())),
        Route.open("/api/v1/requests/{id}", visit -> JsonText.reply(200, data.request(visit))),
        Route.open(
            "/api/v1/devices",
            visit -> JsonText.reply(200, data.devices(visit, OperationsData.size(visit)).list())),
        Route.open("/api/v1/devices/{id}", visit -> JsonText.reply(200, data.device(visit))),
        Route.open("/api/v1/homes/{hub}", visit -> JsonText.reply(200, data.home(visit))),
        Route.open(
            "/api/v1/alerts",
            visit -> JsonText.reply(200, data.alerts(visit, OperationsData.size(visit)).list())),
        Route.open("/api/v1/alerts/{id}/{digest}", visit -> JsonText.reply(200, data.alert(visit))),
        Route.open("/api/v1/users", _ -> JsonText.reply(200, data.users().all())),
        Route.open("/api/v1/events", this::events),
        Route.open("/api/*", OperationsApi::unknown));
  }

  private static Reply unknown(Visit visit) {
    return FACE.refusal(
        Optional.empty(),
        new Refusal(
            Refusal.Kind.NOT_FOUND,
            "ADDRESS",
            "the address stands in /api/v1/openapi.json",
            "there is nothing at " + visit.address()));
  }

  private static Reply document() {
    try (InputStream in = OperationsApi.class.getResourceAsStream(DOCUMENT)) {
      if (in == null) {
        throw new IllegalStateException("the program was built without " + DOCUMENT);
      }
      return Reply.octets(200, "application/json", Octets.of(in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Server-sent events, from now on until the other side closes. */
  private Reply events(Visit visit) throws TurnedAwayException {
    EventFeed.Subscription subscription =
        feed.subscribe()
            .orElseThrow(() ->
                new TurnedAwayException(
                    Refusal.Kind.BUSY,
                    "LISTENERS",
                    "at most " + EventFeed.LISTENERS_MAX + " listen at the same time",
                    "as many listen already"));
    return Reply.streamed("text/event-stream", out -> tell(subscription, out));
  }

  private void tell(EventFeed.Subscription subscription, OutputStream out) throws IOException {
    try (subscription) {
      write(out, ": events of requests follow\n\n");
      while (!feed.isClosed()) {
        Optional<RequestEvent> next = subscription.next(SILENCE_MAX);
        write(out, next.map(OperationsApi::event).orElse(": nothing happened\n\n"));
        if (subscription.hasLost()) {
          write(out, "event: lost\ndata: {}\n\n");
        }
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private static String event(RequestEvent event) {
    return "id: " + event.number() + "\nevent: request\ndata: " + JsonText.of(event) + "\n\n";
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
