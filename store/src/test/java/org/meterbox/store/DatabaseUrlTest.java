// SPDX-License-Identifier: Apache-2.0
package org.meterbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseUrlTest {
  // Both forms that operators have at hand, with the account taken out of what gets printed.
  @ParameterizedTest
  @CsvSource({
    "postgresql://u:p@db.example:5433/meterbox, jdbc:postgresql://db.example:5433/meterbox, u, p",
    "postgres://u:p%40%2F@db/meterbox?sslmode=require, jdbc:postgresql://db/meterbox?sslmode=require, u, p@/",
    "postgresql://u:a:b@db/m, jdbc:postgresql://db/m, u, a:b",
    "postgresql://db/m, jdbc:postgresql://db/m, ,",
    "postgresql://u@db/m, jdbc:postgresql://db/m, u,",
    "jdbc:postgresql://db/m, jdbc:postgresql://db/m, ,",
    "jdbc:postgresql://db/m?user=u&password=p%26q, jdbc:postgresql://db/m, u, p&q",
    "jdbc:postgresql://db/m?ssl=true&password=p&user=u&x=1, jdbc:postgresql://db/m?ssl=true&x=1, u, p"
  })
  void takesTheAccountOutOfTheUrl(String text, String url, String user, String password) {
    DatabaseUrl read = DatabaseUrl.parse(text);
    assertThat(read.url()).isEqualTo(url);
    assertThat(read.user().orElse(null)).isEqualTo(user);
    assertThat(read.password().map(Password::reveal).orElse(null)).isEqualTo(password);
  }

  // A typing error must not print the password that stands beside it.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "geheim",
        "mysql://u:geheim@db/m",
        "postgresql://u:geheim@db",
        "postgresql://u:geheim@db/",
        "postgresql://u:geheim with blank@db/m",
        "postgresql:u:geheim"
      })
  void refusesAnythingElseWithoutQuotingIt(String text) {
    assertThatThrownBy(() -> DatabaseUrl.parse(text))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("a database URL is")
        .hasMessageNotContaining("geheim");
  }

  @Test
  void printsNoPassword() {
    assertThat(DatabaseUrl.parse("postgresql://u:geheim@db/m").toString())
        .doesNotContain("geheim")
        .contains("redacted");
    assertThat(StoreConfiguration.external("postgresql://u:geheim@db/m", step -> {}).toString())
        .doesNotContain("geheim");
  }
}
