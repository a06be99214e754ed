// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.operations;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.meterbox.app.system.DataDirectory;
import org.meterbox.app.system.DataOption;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that lists something. */
final class ListOptions {
  @Mixin private DataOption data = new DataOption();

  @Option(names = "--json", description = "print the answer of the API as one line of JSON")
  private boolean json;

  @Option(
      names = "--size",
      paramLabel = "N",
      defaultValue = "50",
      description = "lines at most, 1 to 500 (default: ${DEFAULT-VALUE})")
  private int size = 50;

  boolean json() {
    return json;
  }

  OperationsClient client() throws IOException {
    DataDirectory directory = data.directory("up");
    return OperationsClient.find(directory);
  }

  /** The address of one entry of a list, whatever was typed as its identifier. */
  static String path(String list, String id) {
    return "/api/v1/" + list + "/" + encode(id).replace("+", "%20");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** A list's address with these parameters; blank ones are left out. */
  String path(String list, Map<String, String> parameters) {
    String query =
        parameters.entrySet().stream()
            .filter(each -> !each.getValue().isBlank())
            .map(each -> each.getKey() + "=" + encode(each.getValue()))
            .sorted()
            .map(each -> "&" + each)
            .collect(Collectors.joining());
    return "/api/v1/" + list + "?size=" + size + query;
  }
}
