// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.smki.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.portal.smki.service.RunningService;
import org.meterbox.portal.web.Route;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The document says what the code does, and nothing else. */
final class OpenApiTest {
  private static final Pattern HOLE = Pattern.compile("\\{([a-z]+)}");

  private final JsonNode document = JsonMapper.shared().readTree(Api.document().toArray());

  private static Set<String> served(Path folder) throws Exception {
    try (RunningService running = new RunningService(folder)) {
      return running.apiRoutes().stream()
          .map(route -> call(route) + (route.forEverybody() ? " for everybody" : ""))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static String call(Route route) {
    return route.verb().name().toLowerCase(Locale.ROOT) + " " + route.path();
  }

  @Test
  void documentAndRoutesAgree(@TempDir Path folder) throws Exception {
    Set<String> documented = new TreeSet<>();
    document
        .get("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(operation -> {
                  boolean open = operation.getValue().has("security");
                  documented.add(
                      operation.getKey() + " " + path.getKey() + (open ? " for everybody" : ""));
                }));
    assertThat(documented).isEqualTo(served(folder));
  }

  @Test
  void everyPlaceInAPathIsAParameter() {
    document
        .get("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .forEach(operation -> {
                  Set<String> declared = new TreeSet<>();
                  if (operation.has("parameters")) {
                    operation
                        .get("parameters")
                        .forEach(parameter -> {
                          if (parameter.get("in").asString().equals("path")) {
                            declared.add(parameter.get("name").asString());
                          }
                        });
                  }
                  Set<String> used = new TreeSet<>();
                  Matcher hole = HOLE.matcher(path.getKey());
                  while (hole.find()) {
                    used.add(hole.group(1));
                  }
                  assertThat(declared).as(path.getKey()).isEqualTo(used);
                }));
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    Matcher reference =
        Pattern.compile("\"\\$ref\":\"#/components/schemas/([A-Za-z0-9]+)\"")
            .matcher(document.toString());
    int references = 0;
    while (reference.find()) {
      references++;
      assertThat(document.at("/components/schemas/" + reference.group(1)).isMissingNode())
          .as(reference.group(1))
          .isFalse();
    }
    assertThat(references).isPositive();
  }
}
