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

/** Lists the devices of a running system. */
@Command(
    name = "devices",
    mixinStandardHelpOptions = true,
    description = {
      "List the devices of a running system.",
      "As the Smart Metering Inventory has them.",
      ""
    })
public final class DevicesCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private ListOptions list = new ListOptions();

  @Option(names = "--mpxn", paramLabel = "MPXN", description = "their import meter point")
  private String mpxn = "";

  @Option(names = "--hub", paramLabel = "EUI-64", description = "the hub of their home")
  private String hub = "";

  @Option(names = "--type", paramLabel = "TYPE", description = "ESME, GSME, CHF ...")
  private String type = "";

  @Option(names = "--status", paramLabel = "STATUS", description = "Commissioned, Pending ...")
  private String status = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (OperationsClient client = list.client()) {
      show(
          client.get(
              list.path(
                  "devices", Map.of("mpxn", mpxn, "hub", hub, "type", type, "status", status))),
          out);
    }
    out.flush();
    return 0;
  }

  private void show(JsonNode answer, PrintWriter out) {
    if (list.json()) {
      out.println(answer);
      return;
    }
    JsonNode found = answer.get("devices");
    if (found.isEmpty()) {
      out.println("no device is like that");
      return;
    }
    TextTable table = new TextTable("DEVICE", "TYPE", "STATUS", "HUB", "MPXN", "FIRMWARE");
    found.forEach(each ->
        table.add(
            List.of(
                RequestsCommand.text(each, "id"),
                RequestsCommand.text(each, "type"),
                RequestsCommand.text(each, "status"),
                RequestsCommand.text(each, "hub"),
                RequestsCommand.text(each, "importMpxn"),
                RequestsCommand.text(each, "firmwareVersion"))));
    table.print(out);
  }
}
