// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.web;

import java.util.Optional;

/**
 * Keeps other sites from acting in a person's name: a browser adds the person's certificate to
 * whatever any page makes it send. Every browser says where a post comes from; what says nothing is
 * no browser, and then sends no forms.
 */
final class SameOrigin {
  private SameOrigin() {}

  /**
   * Whether a post may act.
   *
   * @param origin the Origin header (RFC 6454)
   * @param fetchSite the Sec-Fetch-Site header
   * @param host the Host header
   * @param contentType of the body
   */
  static boolean allows(
      Optional<String> origin,
      Optional<String> fetchSite,
      Optional<String> host,
      String contentType) {
    if (fetchSite.isPresent() && !fetchSite.get().equals("same-origin")) {
      return false;
    }
    if (origin.isPresent()) {
      return host.isPresent() && origin.get().equals("https://" + host.get());
    }
    return fetchSite.isPresent() || !isForm(contentType);
  }

  private static boolean isForm(String contentType) {
    return contentType.startsWith("application/x-www-form-urlencoded")
        || contentType.startsWith("multipart/form-data");
  }
}
