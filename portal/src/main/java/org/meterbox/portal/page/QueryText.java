// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What stands behind the question mark of a link to the same list. Never changes.
 *
 * @param parameters by name, in order
 */
public record QueryText(Map<String, String> parameters) {
  /** Nothing. */
  public static final QueryText NONE = new QueryText(Map.of());

  /** Keeps the order. */
  public QueryText {
    parameters = new LinkedHashMap<>(parameters);
  }

  /** With this parameter, in place of one of the same name. */
  public QueryText with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(name, value);
    return new QueryText(more);
  }

  /** With this parameter where it has a value. */
  public QueryText with(String name, Optional<String> value) {
    return value.map(given -> with(name, given)).orElse(this);
  }

  /** The address of a page with these parameters. */
  public String on(String path) {
    return parameters.isEmpty()
        ? path
        : path
            + parameters.entrySet().stream()
                .map(each -> encode(each.getKey()) + "=" + encode(each.getValue()))
                .collect(Collectors.joining("&", "?", ""));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
