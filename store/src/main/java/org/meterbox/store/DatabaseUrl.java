// SPDX-License-Identifier: Apache-2.0
package org.meterbox.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a database URL apart, so that its password is kept out of whatever prints the URL. */
record DatabaseUrl(String url, Optional<String> user, Optional<Password> password) {
  private static final String FORM =
      "a database URL is postgresql://user:password@host:port/database";

  static DatabaseUrl parse(String text) {
    if (text.startsWith("jdbc:postgresql:")) {
      return parseDriverForm(text);
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      // Neither text nor cause go into the message: both may hold a password.
      throw new StoreException(FORM);
    }
    boolean wellFormed =
        ("postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme()))
            && uri.getHost() != null
            && uri.getPath() != null
            && uri.getPath().length() > 1;
    if (!wellFormed) {
      throw new StoreException(FORM);
    }
    String[] account = uri.getUserInfo() == null ? new String[0] : uri.getUserInfo().split(":", 2);
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return new DatabaseUrl(
        "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query,
        account.length > 0 ? Optional.of(account[0]) : Optional.empty(),
        account.length > 1 ? Optional.of(new Password(account[1])) : Optional.empty());
  }

  private static DatabaseUrl parseDriverForm(String text) {
    int query = text.indexOf('?');
    if (query < 0) {
      return new DatabaseUrl(text, Optional.empty(), Optional.empty());
    }
    List<String> kept = new ArrayList<>();
    Optional<String> user = Optional.empty();
    Optional<Password> password = Optional.empty();
    for (String parameter : text.substring(query + 1).split("&", -1)) {
      String value = parameter.substring(parameter.indexOf('=') + 1);
      if (parameter.startsWith("user=")) {
        user = Optional.of(URLDecoder.decode(value, StandardCharsets.UTF_8));
      } else if (parameter.startsWith("password=")) {
        password = Optional.of(new Password(URLDecoder.decode(value, StandardCharsets.UTF_8)));
      } else {
        kept.add(parameter);
      }
    }
    String base = text.substring(0, query);
    String url = kept.isEmpty() ? base : base + "?" + String.join("&", kept);
    return new DatabaseUrl(url, user, password);
  }

  StoreConfiguration configuration(int maxConnections, Consumer<String> progress) {
    return new StoreConfiguration.External(url, user, password, maxConnections, progress);
  }
}
