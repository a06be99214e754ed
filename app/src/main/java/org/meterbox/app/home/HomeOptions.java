// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.home;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.meterbox.app.system.DataOption;
import org.meterbox.kernel.Eui64;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import tools.jackson.databind.JsonNode;

/** What every command of the home takes: which meter, which system, and for whom the output is. */
final class HomeOptions {
  @Option(
      names = "--meter",
      paramLabel = "EUI",
      description = "which meter, where the home has several (default: the first)")
  private @Nullable String meter;

  @Option(names = "--json", description = "print JSON, and nothing else")
  private boolean json;

  @Mixin private DataOption data = new DataOption();

  /** Whether a program reads the output. */
  boolean json() {
    return json;
  }

  /** The running system. */
  HomeClient client() throws IOException {
    return HomeClient.find(data.directory("up"));
  }

  /** The path of the meter that is meant. */
  String path(HomeClient client, CommandSpec spec) throws IOException, InterruptedException {
    if (meter != null) {
      try {
        return "/v1/meters/" + Eui64.parse(meter);
      } catch (IllegalArgumentException malformed) {
        throw new ParameterException(
            spec.commandLine(), "--meter: " + malformed.getMessage(), malformed);
      }
    }
    JsonNode meters = client.get("/v1/meters");
    if (meters.isEmpty()) {
      throw new IOException("the home of this system has no electricity meter");
    }
    return "/v1/meters/" + meters.get(0).path("meter").asString("");
  }
}
