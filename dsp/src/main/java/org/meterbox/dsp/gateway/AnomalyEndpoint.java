// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.gateway;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.meterbox.dsp.anomaly.AnomalyFileReader;
import org.meterbox.dsp.anomaly.AnomalyOrders;
import org.meterbox.dsp.anomaly.AnomalyOrders.Outcome;
import org.meterbox.dsp.anomaly.AnomalyOrders.View;
import org.meterbox.dsp.anomaly.QuarantineLedger.Quarantine;
import org.meterbox.dsp.anomaly.Threshold;
import org.meterbox.dsp.anomaly.ValueLimit;
import org.meterbox.dsp.anomaly.Warning;
import org.meterbox.http.BodyReader;
import org.meterbox.http.BodyReader.Body;
import org.meterbox.http.BodyReader.BodyException;
import org.meterbox.kernel.Eui64;
import org.meterbox.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Anomaly detection, for DCC Users over mutual TLS and for operators. {@code GET
 * /anomaly/thresholds}, {@code /anomaly/warnings} and {@code /anomaly/quarantine} give JSON arrays,
 * the two latter of at most {@value #ROWS_MAX} rows; a user sees its own. {@code POST
 * /anomaly/files} takes a signed file, of which the signature says who asks: 200 with a line for
 * each thing done, or 422 with every reason why nothing was.
 */
final class AnomalyEndpoint {
  /** Rows that one answer has at most. */
  static final int ROWS_MAX = 1_000;

  private static final int BODIES_MAX = 8 * AnomalyFileReader.OCTETS_MAX;
  private static final JsonMapper JSON = new JsonMapper();

  private static final Logger LOG = LoggerFactory.getLogger(AnomalyEndpoint.class);

  private final AnomalyOrders orders;
  private final Optional<MutualTls> mutualTls;
  private final BodyReader bodies = new BodyReader(BODIES_MAX);

  /**
   * An endpoint.
   *
   * @param mutualTls tells which user is there; none on the listener for operators
   */
  AnomalyEndpoint(AnomalyOrders orders, Optional<MutualTls> mutualTls) {
    this.orders = orders;
    this.mutualTls = mutualTls;
  }

  void route(HttpRouting.Builder routing) {
    routing.get("/anomaly/thresholds", seen(AnomalyEndpoint::rules));
    routing.get("/anomaly/warnings", seen(view -> warnings(view.warnings(ROWS_MAX))));
    routing.get("/anomaly/quarantine", seen(view -> quarantine(view.quarantine(ROWS_MAX))));
    routing.post("/anomaly/files", admitted(this::take));
  }

  /** What somebody who is let in asks. */
  private interface Admitted {
    void handle(ServerRequest request, ServerResponse response, Optional<Eui64> connection);
  }

  private Handler admitted(Admitted handler) {
    return (request, response) -> {
      Optional<Eui64> connection = mutualTls.flatMap(tls -> tls.identify(request, response));
      if (mutualTls.isPresent() && connection.isEmpty()) {
        return;
      }
      try {
        handler.handle(request, response, connection);
      } catch (StoreException e) {
        LOG.error("anomaly detection cannot use the store", e);
        text(response, Status.SERVICE_UNAVAILABLE_503, List.of("try again later"));
      }
    };
  }

  private Handler seen(Function<View, ArrayNode> question) {
    return admitted(
        (_, response, connection) -> json(response, question.apply(orders.view(connection))));
  }

  private void take(ServerRequest request, ServerResponse response, Optional<Eui64> connection) {
    try (Body body = bodies.read(request, AnomalyFileReader.OCTETS_MAX)) {
      switch (orders.take(body.octets(), connection)) {
        case Outcome.Taken(List<String> lines) -> text(response, Status.OK_200, lines);
        case Outcome.Refused(List<String> reasons) ->
            text(response, Status.UNPROCESSABLE_CONTENT_422, reasons);
      }
    } catch (BodyException e) {
      // What is left of the body is not read as the next request.
      response.header(HeaderValues.CONNECTION_CLOSE);
      text(response, e.reason().status(), List.of(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      text(response, Status.BAD_REQUEST_400, List.of("the body did not arrive"));
    }
  }

  private static ArrayNode rules(View view) {
    ArrayNode array = JSON.createArrayNode();
    for (Threshold threshold : view.thresholds()) {
      ObjectNode one = array.addObject();
      one.put("counted", threshold.counted().key());
      one.put("service", threshold.service().value());
      one.put("requests", threshold.amount().requests());
      one.put("hours", threshold.hours());
      threshold.warning().ifPresent(warning -> one.put("warning", warning));
      one.put("from", threshold.validity().from().toString());
      threshold.validity().until().ifPresent(until -> one.put("until", until.toString()));
    }
    for (ValueLimit limit : view.limits()) {
      ObjectNode one = array.addObject();
      one.put("counted", limit.counted().key());
      one.put("service", limit.service().value());
      one.put("element", limit.element());
      limit.minimum().ifPresent(minimum -> one.put("min", minimum));
      limit.maximum().ifPresent(maximum -> one.put("max", maximum));
      one.put("from", limit.validity().from().toString());
      limit.validity().until().ifPresent(until -> one.put("until", until.toString()));
    }
    return array;
  }

  private static ArrayNode warnings(List<Warning> warnings) {
    ArrayNode array = JSON.createArrayNode();
    for (Warning warning : warnings) {
      ObjectNode one = array.addObject();
      one.put("counted", warning.counted().key());
      one.put("service", warning.service().value());
      one.put("at", warning.at().toString());
      one.put("requests", warning.requests());
      one.put("quarantineAfter", warning.quarantineAfter());
    }
    return array;
  }

  private static ArrayNode quarantine(List<Quarantine> open) {
    ArrayNode array = JSON.createArrayNode();
    for (Quarantine quarantine : open) {
      ObjectNode one = array.addObject();
      one.put("event", quarantine.event());
      one.put("request", quarantine.request().toString());
      one.put("service", quarantine.service().value());
      one.put("cause", quarantine.breach().cause().name());
      one.put("alert", quarantine.breach().cause().alert().code());
      one.put("detail", quarantine.breach().detail());
      one.put("at", quarantine.at().toString());
    }
    return array;
  }

  private static void json(ServerResponse response, ArrayNode array) {
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.send(JSON.writeValueAsBytes(array));
  }

  private static void text(ServerResponse response, Status status, List<String> lines) {
    response.status(status).header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
    response.send((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
