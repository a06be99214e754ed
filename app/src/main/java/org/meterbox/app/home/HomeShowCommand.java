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

/** Shows what a meter shows. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Show what the meter's display shows: balance, rate, supply, registers;",
      "and what only the simulation knows: power, voltage, what is the matter with it."
    })
final class HomeShowCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private HomeOptions options = new HomeOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    CommandSpec given = Objects.requireNonNull(spec, "set by picocli");
    PrintWriter out = given.commandLine().getOut();
    try (HomeClient client = options.client()) {
      JsonNode meter = client.get(options.path(client, given));
      if (options.json()) {
        out.println(meter);
        out.flush();
      } else {
        DisplayText.show(meter, out);
      }
    }
    return 0;
  }
}
