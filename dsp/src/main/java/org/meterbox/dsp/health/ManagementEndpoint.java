// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.health;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import org.meterbox.dsp.health.Health.PartReport;
import org.meterbox.dsp.health.Health.Report;
import org.meterbox.kernel.faults.FaultCount;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /health}: HTTP 200 where every part is ready, otherwise 503, and a JSON object with each
 * part. {@code /metrics}: the text format of Prometheus.
 */
public final class ManagementEndpoint {
  private static final JsonMapper JSON = new JsonMapper();

  private final Health health;
  private final PrometheusMeterRegistry meters;

  public ManagementEndpoint(Health health, PrometheusMeterRegistry meters) {
    this.health = health;
    this.meters = meters;
  }

  /** Offers both pages. */
  public void route(HttpRouting.Builder routing) {
    routing.get(
        "/health",
        (_, response) -> {
          Report report = health.report();
          response.status(report.isReady() ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503);
          response.header(HeaderNames.CONTENT_TYPE, "application/json");
          response.send(JSON.writeValueAsBytes(json(report)));
        });
    routing.get(
        "/metrics",
        (_, response) -> {
          response.header(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
          response.send(meters.scrape().getBytes(StandardCharsets.UTF_8));
        });
  }

  private static ObjectNode json(Report report) {
    ObjectNode json = JSON.createObjectNode();
    json.put("status", report.isReady() ? "UP" : "DOWN");
    ObjectNode parts = json.putObject("parts");
    report.parts().forEach(part -> put(parts.putObject(part.name()), part));
    return json;
  }

  private static void put(ObjectNode json, PartReport part) {
    switch (part.readiness()) {
      case Readiness.Ready() -> json.put("status", "UP");
      case Readiness.NotReady(String reason) -> json.put("status", "DOWN").put("reason", reason);
    }
    part.faults().ifPresent(faults -> put(json, faults));
  }

  private static void put(ObjectNode json, FaultCount faults) {
    json.put("faults", faults.count());
    faults
        .last()
        .ifPresent(last ->
            json.putObject("lastFault").put("at", last.at().toString()).put("kind", last.kind()));
  }
}
