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
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Lists the DCC Users of a running system. */
@Command(
    name = "users",
    mixinStandardHelpOptions = true,
    description = {"List the DCC Users of a running system.", "Also where their responses go.", ""})
public final class UsersCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private ListOptions list = new ListOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (OperationsClient client = list.client()) {
      show(client.get(list.path("users", Map.of())), out);
    }
    out.flush();
    return 0;
  }

  private void show(JsonNode answer, PrintWriter out) {
    if (list.json()) {
      out.println(answer);
      return;
    }
    JsonNode found = answer;
    if (found.isEmpty()) {
      out.println("no user is known yet");
      return;
    }
    TextTable table = new TextTable("USER", "NAME", "STATUS", "RESPONSES GO TO");
    found.forEach(each ->
        table.add(
            List.of(
                RequestsCommand.text(each, "id"),
                RequestsCommand.text(each, "name"),
                RequestsCommand.text(each, "status"),
                RequestsCommand.text(each, "receiver"))));
    table.print(out);
  }
}
