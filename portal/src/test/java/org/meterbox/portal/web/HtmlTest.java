// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HtmlTest {
  @Test
  void escapesWhateverIsNotAPiece() {
    Html link = Html.of("<a title=\"{}\">{}</a>", "\"><script>'", "a & b < c");
    assertThat(link.toString())
        .isEqualTo("<a title=\"&quot;&gt;&lt;script&gt;&#39;\">a &amp; b &lt; c</a>");
    assertThat(Html.of("<p>{}</p>", link).toString()).isEqualTo("<p>" + link + "</p>");
  }

  // What fills one hole is never read as a template.
  @Test
  void leavesBracesAndDollarsInValuesAlone() {
    assertThat(Html.of("{}-{}", "{}", "$1\\").toString()).isEqualTo("{}-$1\\");
  }

  @Test
  void showsControlCharactersAsReplacementAndKeepsLines() {
    assertThat(Html.of("{}", "a\u0000b\u001b\tc\nd").toString()).isEqualTo("a\ufffdb\ufffd\tc\nd");
  }

  @Test
  void refusesTooFewAndTooManyValues() {
    assertThatThrownBy(() -> Html.of("{} {}", "one")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Html.of("{}", "one", "two"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void joinsPieces() {
    assertThat(Html.each(List.of(1, 2), n -> Html.of("<b>{}</b>", n)).toString())
        .isEqualTo("<b>1</b><b>2</b>");
    assertThat(Html.of("[{}{}]", Optional.empty(), Optional.of(Html.of("<i>x</i>"))).toString())
        .isEqualTo("[<i>x</i>]");
    assertThat(Html.when(false, Html.of("x")).toString()).isEmpty();
  }
}
