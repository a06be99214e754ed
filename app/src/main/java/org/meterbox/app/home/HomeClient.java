// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.home;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.app.homecontrol.HomeControlAccess;
import org.meterbox.app.system.DataDirectory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The home of a system that another process runs. */
final class HomeClient implements AutoCloseable {
  /** A year of a meter's life takes a few seconds. */
  private static final Duration ANSWER_MAX = Duration.ofMinutes(2);

  private static final int OK = 200;
  private static final JsonMapper JSON = new JsonMapper();

  private final HomeControlAccess access;
  private final HttpClient http = HttpClient.newHttpClient();

  private HomeClient(HomeControlAccess access) {
    this.access = access;
  }

  /**
   * Finds the system by what it wrote into its data directory.
   *
   * @throws IOException where none runs there
   */
  static HomeClient find(DataDirectory data) throws IOException {
    return new HomeClient(
        HomeControlAccess.read(data.homeControl())
            .orElseThrow(() ->
                new IOException(
                    String.format(
                        Locale.ROOT,
                        "no system runs with its data in %s: start one with ./meterbox up",
                        data.root()))));
  }

  /** What the system answers to a question. */
  JsonNode get(String path) throws IOException, InterruptedException {
    return ask(request(path).GET());
  }

  /** What the system answers to an order. */
  JsonNode post(String path, JsonNode order) throws IOException, InterruptedException {
    BodyPublisher body = BodyPublishers.ofString(order.toString());
    return ask(request(path).header("Content-Type", "application/json").POST(body));
  }

  private HttpRequest.Builder request(String path) {
    URI address = access.address().resolve(path);
    return HttpRequest.newBuilder(address)
        .timeout(ANSWER_MAX)
        .header("Authorization", access.authorization());
  }

  private JsonNode ask(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    JsonNode json = JSON.readTree(answer.body());
    if (answer.statusCode() != OK) {
      throw new IOException(
          Optional.of(json.path("error").asString(""))
              .filter(text -> !text.isEmpty())
              .orElse("the system answers with HTTP status " + answer.statusCode()));
    }
    return json;
  }

  @Override
  public void close() {
    http.close();
  }
}
