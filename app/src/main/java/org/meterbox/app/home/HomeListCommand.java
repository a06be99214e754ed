// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.home;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Shows a line for each electricity meter. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Show a line for each electricity meter of the home.")
final class HomeListCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private HomeOptions options = new HomeOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec, "set by picocli").commandLine().getOut();
    try (HomeClient client = options.client()) {
      JsonNode meters = client.get("/v1/meters");
      if (options.json()) {
        out.println(meters);
        out.flush();
      } else {
        DisplayText.list(meters, out);
      }
    }
    return 0;
  }
}
