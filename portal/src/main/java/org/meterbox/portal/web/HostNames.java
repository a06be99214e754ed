// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.web;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The names under which the service is reached, as its TLS certificate has them. A request with
 * another Host header comes from a page whose own name was pointed at this machine (DNS rebinding),
 * or was sent to the wrong server (RFC 9110, 15.5.20).
 */
public final class HostNames {
  private final Set<String> names;

  /**
   * These names.
   *
   * @param names host names and addresses, an IPv6 address without brackets
   */
  public HostNames(Collection<String> names) {
    this.names =
        names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  /**
   * Whether a request is for one of them. The port is not compared: behind a forwarder the browser
   * knows another one.
   *
   * @param authority the Host header, with or without a port
   */
  boolean has(String authority) {
    return names.contains(host(authority).toLowerCase(Locale.ROOT));
  }

  private static String host(String authority) {
    if (authority.startsWith("[")) {
      int end = authority.indexOf(']');
      return end < 0 ? "" : authority.substring(1, end);
    }
    int colon = authority.indexOf(':');
    return colon < 0 ? authority : authority.substring(0, colon);
  }
}
