// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.operations;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.meterbox.app.system.Participant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lists the requests of a running system, shows the way of one, or follows what happens. */
@Command(
    name = "requests",
    mixinStandardHelpOptions = true,
    description = {
      "List the requests of a running system; show one; follow.",
      "The newest come first. With a Request ID the way of that one is shown; with --follow what",
      "happens to requests is printed until Ctrl-C.",
      ""
    },
    footerHeading = "%nExample:%n",
    footer = "  ./meterbox requests --user supplier1 --state failed")
public final class RequestsCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "REQUEST-ID", description = "originator:target:counter")
  private String request = "";

  @Mixin private ListOptions list = new ListOptions();

  @Option(
      names = "--user",
      paramLabel = "USER",
      description = "who sent them: a name such as supplier1, or an EUI-64")
  private String user = "";

  @Option(names = "--device", paramLabel = "EUI-64", description = "the device they go to")
  private String device = "";

  @Option(names = "--service", paramLabel = "SRV", description = "the service, such as 4.1.1")
  private String service = "";

  @Option(names = "--state", paramLabel = "STATE", description = "in-flight, answered, failed ...")
  private String state = "";

  @Option(names = "--from", paramLabel = "TIME", description = "received since, in UTC")
  private String from = "";

  @Option(names = "--to", paramLabel = "TIME", description = "received before, in UTC")
  private String to = "";

  @Option(names = "--follow", description = "print what happens from now on")
  private boolean follow;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (OperationsClient client = list.client()) {
      if (follow) {
        client.follow(event -> {
          out.println(list.json() ? event : line(JsonMapper.shared().readTree(event)));
          out.flush();
          return !out.checkError();
        });
      } else if (request.isEmpty()) {
        show(client.get(list.path("requests", parameters())), out);
      } else {
        showWay(client.get(ListOptions.path("requests", request)), out);
      }
    }
    out.flush();
    return 0;
  }

  private Map<String, String> parameters() {
    return Map.of(
        "user",
        Participant.named(user).map(participant -> participant.id().dashed()).orElse(user),
        "device",
        device,
        "service",
        service,
        "state",
        state,
        "from",
        from,
        "to",
        to);
  }

  private void show(JsonNode answer, PrintWriter out) {
    if (list.json()) {
      out.println(answer);
      return;
    }
    TextTable table = new TextTable("RECEIVED", "SRV", "STATE", "USER", "REQUEST ID");
    answer
        .get("requests")
        .forEach(each ->
            table.add(
                List.of(
                    text(each, "received"),
                    text(each, "service"),
                    text(each, "state"),
                    text(each, "userName"),
                    text(each, "id"))));
    if (answer.get("requests").isEmpty()) {
      out.println("no request is like that; send one with ./meterbox send");
    } else {
      table.print(out);
    }
  }

  private void showWay(JsonNode trace, PrintWriter out) {
    if (list.json()) {
      out.println(trace);
      return;
    }
    TextTable table = new TextTable("TIME", "FROM", "TO", "WHAT", "DETAIL");
    trace
        .get("steps")
        .forEach(step ->
            table.add(
                List.of(
                    text(step, "at"),
                    word(step, "from"),
                    step.path("message").asBoolean() ? word(step, "to") : "",
                    text(step, "title"),
                    text(step, "detail"))));
    table.print(out);
  }

  private static String line(JsonNode event) {
    return String.format(
        Locale.ROOT,
        "%s  %-6s %-24s %s",
        text(event, "at"),
        text(event, "service"),
        text(event, "state"),
        text(event, "request"));
  }

  private static String word(JsonNode node, String field) {
    return text(node, field).toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isMissingNode() || value.isNull() ? "" : value.asString();
  }
}
