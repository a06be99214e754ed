// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.xml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultTextTest {
  @Test
  void namesStandWithoutTheirNamespace() {
    assertThat(
            FaultText.readable(
                "Invalid content was found starting with element '{\"http://a.b/C\":Foo}'. One of"
                    + " '{\"http://a.b/C\":One, \"http://a.b/C\":Two}' is expected."))
        .isEqualTo(
            "Invalid content was found starting with element 'Foo'. One of '{One, Two}' is"
                + " expected.");
  }

  @Test
  void aLongChoiceIsNamedByItsSize() {
    String choice =
        IntStream.range(0, 30).mapToObj(i -> "\"urn:x\":E" + i).collect(Collectors.joining(", "));
    assertThat(FaultText.readable("One of '{" + choice + "}' is expected."))
        .isEqualTo("One of '{E0, E1, E2, E3, E4, E5, E6, E7 and 22 more}' is expected.");
  }

  @Test
  void valuesAreLeftAlone() {
    String sentence = "Value 'a{1}' is not facet-valid with respect to pattern '[0-9]{4,6}'.";
    assertThat(FaultText.readable(sentence)).isEqualTo(sentence);
  }

  @Test
  void aPatternWithALongListIsLeftAlone() {
    String sentence = "Value 'x' is not facet-valid with respect to enumeration '[A, B, C]'.";
    assertThat(FaultText.readable(sentence)).isEqualTo(sentence);
  }
}
