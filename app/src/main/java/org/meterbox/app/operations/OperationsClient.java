// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.operations;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Predicate;
import org.meterbox.app.system.Addresses;
import org.meterbox.app.system.DataDirectory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the API of the operations pages of a running system. */
final class OperationsClient implements AutoCloseable {
  /** How long an answer may take; a query of the pages is given up much sooner. */
  private static final Duration ANSWER_MAX = Duration.ofSeconds(20);

  private static final String EVENT_DATA = "data: ";

  private final URI address;
  private final HttpClient http = HttpClient.newHttpClient();

  private OperationsClient(URI address) {
    this.address = address;
  }

  /**
   * Finds the system by what it wrote into its data directory.
   *
   * @throws IOException where none runs there
   */
  static OperationsClient find(DataDirectory data) throws IOException {
    URI address =
        Addresses.read(data.addresses())
            .map(Addresses::operations)
            .filter(URI::isAbsolute)
            .orElseThrow(() ->
                new IOException(
                    String.format(
                        Locale.ROOT,
                        "no system runs with its data in %s: start one with ./meterbox up",
                        data.root())));
    return new OperationsClient(address);
  }

  /**
   * What the API answers.
   *
   * @param path with its parameters
   * @throws IOException where it does not answer, or says that something is wrong
   */
  JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(address.resolve(path)).timeout(ANSWER_MAX).build(),
            BodyHandlers.ofString());
    JsonNode json = read(answer.body());
    if (answer.statusCode() != 200) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: %s",
              json.path("detail").asString(""),
              json.path("demand").asString("")));
    }
    return json;
  }

  private JsonNode read(String body) throws IOException {
    try {
      return JsonMapper.shared().readTree(body);
    } catch (JacksonException notJson) {
      throw new IOException("what answers at " + address + " is no Meterbox", notJson);
    }
  }

  /**
   * Reads events until the system ends or nobody wants more.
   *
   * @param more told each event's data; says whether it wants another
   */
  void follow(Predicate<String> more) throws IOException, InterruptedException {
    HttpResponse<InputStream> answer =
        http.send(
            HttpRequest.newBuilder(address.resolve("/api/v1/events")).build(),
            BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      if (answer.statusCode() != 200) {
        throw new IOException("events are not told at the moment: " + lines.readLine());
      }
      boolean wanted = true;
      for (String line = lines.readLine(); wanted && line != null; line = lines.readLine()) {
        if (line.startsWith(EVENT_DATA)) {
          wanted = more.test(line.substring(EVENT_DATA.length()));
        }
      }
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
