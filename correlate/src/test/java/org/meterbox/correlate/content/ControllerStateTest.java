// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.correlate.mmc.MmcWriter;

class ControllerStateTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"outputState\":\"100\",\"inputState\":\"0\",\"other-data\":\"\"}; 100; 0",
        "{\"outputState\": 7, \"inputState\": 42}; 7; 42",
        "{\"inputState\":1}; ; 1",
        "{\"other\":{\"outputState\":5},\"outputState\":3}; 3; ",
        "{\"outputState\":101,\"inputState\":-1}; ; ",
        "{\"outputState\":1.5,\"inputState\":null}; ; ",
        "{\"outputState\":\"one\",\"inputState\":[1]}; ; "
      })
  void showsTheLevelsThatTheOuterObjectNames(
      String json, @Nullable String output, @Nullable String input) {
    String document = rendered(json);
    assertThat(level(document, "OutputState")).isEqualTo(output);
    assertThat(level(document, "InputState")).isEqualTo(input);
  }

  // A level from a text that breaks off would be a guess.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "[1]",
        "{\"outputState\":5",
        "{\"outputState\":99999999999999999999}"
      })
  void showsTheTextAloneWhereItIsNoWholeJson(String text) {
    String document = rendered(text);
    assertThat(document).doesNotContain(":OutputState>").doesNotContain(":InputState>");
    assertThat(document).contains("StateAndAssociatedInformation");
  }

  // As deep as a hostile meter likes: no stack overflow, the text is still there.
  @Test
  void survivesDeepNesting() {
    String deep = "{\"a\":" + "[".repeat(20_000) + "]".repeat(20_000) + ",\"outputState\":1}";
    assertThat(rendered(deep)).contains("StateAndAssociatedInformation");
  }

  private static @Nullable String level(String document, String name) {
    int start = document.indexOf("<ra:" + name + ">");
    return start < 0
        ? null
        : document.substring(
            start + name.length() + 5, document.indexOf("</ra:" + name + ">", start));
  }

  private static String rendered(String text) {
    MmcWriter out = new MmcWriter(64).document("Test");
    ControllerState.render(text, out);
    return new String(out.close().toOctets().toArray(), StandardCharsets.UTF_8);
  }
}
