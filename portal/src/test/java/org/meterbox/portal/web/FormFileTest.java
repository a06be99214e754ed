// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FormFileTest {
  private static final String TYPE = "multipart/form-data; boundary=edge";
  private static final String HEAD =
      "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n"
          + "Content-Type: text/plain\r\n\r\n";
  private static final String TAIL = "\r\n--edge--\r\n";

  private static String read(String type, String form) throws TurnedAwayException, IOException {
    byte[] octets = form.getBytes(StandardCharsets.ISO_8859_1);
    try (FormFile file = FormFile.open(type, new ByteArrayInputStream(octets), "file")) {
      return new String(file.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "one line",
        "two\r\nlines\r\n",
        "\r",
        "\r\r\r\n",
        "\r\n--edg",
        "\r\n--edg\r\n--edg",
        "\r\n-\r\n--\r\n--e",
        "--edge",
        "x\n--edge--\n",
      })
  void givesTheFileAsItWasSent(String content) throws Exception {
    assertThat(read(TYPE, HEAD + content + TAIL)).isEqualTo(content);
  }

  // Text over the letters of the delimiter: whatever nearly is one must come through.
  @Test
  void givesEveryFileThatHoldsNoDelimiter() throws Exception {
    long seed = 20260301;
    Random random = new Random(seed);
    String letters = "\r\n-edgx";
    for (int i = 0; i < 5000; i++) {
      StringBuilder content = new StringBuilder();
      int length = random.nextInt(40);
      for (int j = 0; j < length; j++) {
        content.append(letters.charAt(random.nextInt(letters.length())));
      }
      String text = content.toString();
      if (!("\r\n" + text + "\r\n").contains("\r\n--edge")) {
        assertThat(read(TYPE, HEAD + text + TAIL)).as("seed %d, %s", seed, text).isEqualTo(text);
      }
    }
  }

  @Test
  void takesAQuotedBoundary() throws Exception {
    assertThat(read("multipart/form-data; boundary=\"edge\"", HEAD + "x" + TAIL)).isEqualTo("x");
  }

  // Half a batch must never pass for a batch.
  @Test
  void refusesAFormThatBreaksOffAnywhere() {
    String form = HEAD + "content\r\nof the file" + "\r\n--edge--";
    for (int length = 0; length < form.length(); length++) {
      String broken = form.substring(0, length);
      assertThatThrownBy(() -> read(TYPE, broken))
          .as("cut to %d", length)
          .isInstanceOfAny(TurnedAwayException.class, BrokenFormException.class);
    }
  }

  @Test
  void refusesAFormOfMoreThanTheFile() {
    assertThatThrownBy(() -> read(TYPE, HEAD + "x\r\n" + HEAD + "y" + TAIL))
        .isInstanceOf(BrokenFormException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=a\u00e9",
        "multipart/form-data; boundary=other",
      })
  void refusesOtherTypes(String type) {
    assertThatThrownBy(() -> read(type, HEAD + "x" + TAIL)).isInstanceOf(TurnedAwayException.class);
  }

  @Test
  void refusesAnotherFieldAndEndlessHeaders() {
    assertThatThrownBy(() -> read(TYPE, HEAD.replace("\"file\";", "\"other\";") + "x" + TAIL))
        .isInstanceOf(TurnedAwayException.class);
    assertThatThrownBy(() -> read(TYPE, "--edge\r\nX: " + "y".repeat(5000) + "\r\n\r\nx" + TAIL))
        .isInstanceOf(TurnedAwayException.class);
  }
}
