// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SameOriginTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  // An empty column is a header that was not sent.
  @ParameterizedTest
  @CsvSource({
    "https://localhost:8444, same-origin, localhost:8444, form, true",
    "https://localhost:8444, , localhost:8444, form, true",
    ", same-origin, localhost:8444, form, true",
    "https://localhost:8444, same-site, localhost:8444, form, false",
    "https://localhost:8444, cross-site, localhost:8444, form, false",
    "https://localhost:8444, none, localhost:8444, form, false",
    "https://localhost:9999, same-origin, localhost:8444, form, false",
    "http://localhost:8444, , localhost:8444, form, false",
    "https://evil.example, , localhost:8444, form, false",
    "null, , localhost:8444, form, false",
    "https://localhost:8444, , , form, false",
    ", , localhost:8444, form, false",
    // A program: no browser sends nothing at all about where a post comes from.
    ", , localhost:8444, application/json, true",
    ", , localhost:8444, text/plain, true",
    "https://evil.example, , localhost:8444, application/json, false",
    ", cross-site, localhost:8444, text/plain, false",
  })
  void allowsThePortalsOwnFormsAndPrograms(
      String origin, String fetchSite, String host, String type, boolean allowed) {
    assertThat(
            SameOrigin.allows(
                Optional.ofNullable(origin),
                Optional.ofNullable(fetchSite),
                Optional.ofNullable(host),
                type.equals("form") ? FORM : type))
        .isEqualTo(allowed);
  }
}
