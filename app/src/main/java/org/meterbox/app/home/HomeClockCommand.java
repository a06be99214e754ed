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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Lets the home's time jump ahead. */
@Command(
    name = "clock",
    mixinStandardHelpOptions = true,
    description = {
      "Let the home's time jump ahead: what would have happened meanwhile happens at once.",
      "The DCC's time stays as it is, and the home's never goes back."
    })
final class HomeClockCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private HomeOptions options = new HomeOptions();

  @Parameters(
      paramLabel = "+TIME",
      description = "how far: a number with s, m, h or d, as +7d or +90m")
  private String time = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    CommandSpec given = Objects.requireNonNull(spec, "set by picocli");
    PrintWriter out = given.commandLine().getOut();
    long seconds = Quantity.seconds(time, given);
    try (HomeClient client = options.client()) {
      JsonNode answer =
          client.post("/v1/clock", JsonNodeFactory.instance.objectNode().put("seconds", seconds));
      out.println(options.json() ? answer.toString() : answer.path("result").asString(""));
      out.flush();
    }
    return 0;
  }
}
