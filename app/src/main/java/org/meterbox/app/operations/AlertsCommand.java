// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.operations;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Lists the alerts of devices of a running system. */
@Command(
    name = "alerts",
    mixinStandardHelpOptions = true,
    description = {
      "List what devices of a running system reported unasked.",
      "The newest first.",
      ""
    })
public final class AlertsCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private ListOptions list = new ListOptions();

  @Option(names = "--device", paramLabel = "EUI-64", description = "of which device")
  private String device = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (OperationsClient client = list.client()) {
      show(client.get(list.path("alerts", Map.of("device", device))), out);
    }
    out.flush();
    return 0;
  }

  private void show(JsonNode answer, PrintWriter out) {
    if (list.json()) {
      out.println(answer);
      return;
    }
    JsonNode found = answer.get("alerts");
    if (found.isEmpty()) {
      out.println("no device has sent an alert like that");
      return;
    }
    TextTable table = new TextTable("RECEIVED", "CODE", "DEVICE", "HANDLING", "ALERT");
    found.forEach(each ->
        table.add(
            List.of(
                RequestsCommand.text(each, "received"),
                RequestsCommand.text(each, "code"),
                RequestsCommand.text(each, "device"),
                RequestsCommand.text(each, "disposition"),
                RequestsCommand.text(each, "title"))));
    table.print(out);
  }
}
