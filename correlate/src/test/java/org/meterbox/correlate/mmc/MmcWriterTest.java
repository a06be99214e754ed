// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.mmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.kernel.Octets;

class MmcWriterTest {
  @Test
  void writesNestedElementsWithoutWhiteSpaceBetweenThem() {
    MmcWriter out = new MmcWriter(0).open("A").attribute("index", 7).leaf("B", 12).empty("C");
    assertThat(text(out.close())).isEqualTo("<ra:A index=\"7\"><ra:B>12</ra:B><ra:C/></ra:A>");
  }

  @Test
  void declaresNamespaceAndVersionOnTheOutermostElement() {
    assertThat(text(new MmcWriter(0).document("D").close()))
        .isEqualTo(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<ra:D xmlns:ra=\"http://www.dccinterface.co.uk/ResponseAndAlert\""
                + " schemaVersion=\"5.4\"/>");
  }

  // A device chooses its texts: none of them may end the element or break the document.
  @Test
  void escapesMarkup() {
    assertThat(text(new MmcWriter(0).leaf("A", "<&>\"x\t\u00E9\uD83D\uDE00")))
        .isEqualTo("<ra:A>&lt;&amp;&gt;&quot;x&#9;\u00E9\uD83D\uDE00</ra:A>");
  }

  // Replaced by another character, two texts that differ would look alike.
  @ParameterizedTest
  @ValueSource(strings = {"\u0000", "\u001B", "\uD800", "\uFFFE", "\uFFFF"})
  void refusesWhatXmlCannotHold(String text) {
    assertThatThrownBy(() -> new MmcWriter(0).leaf("A", text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 9, 10, 4_294_967_295L, Long.MAX_VALUE, -1, Long.MIN_VALUE})
  void writesWholeNumbersLikeLongToString(long number) {
    assertThat(text(new MmcWriter(0).leaf("N", number))).isEqualTo("<ra:N>" + number + "</ra:N>");
  }

  @Test
  void writesCodesAndOctets() {
    MmcWriter out =
        new MmcWriter(0).open("A").hexLeaf("C", 0x8F).hexLeaf("O", Octets.ofHex("0a0B"));
    out.open("B").base64(Octets.ofHex("010203")).close();
    assertThat(text(out.close()))
        .isEqualTo("<ra:A><ra:C>008F</ra:C><ra:O>0A0B</ra:O><ra:B>AQID</ra:B></ra:A>");
  }

  @Test
  void forgetsWhatWasWrittenSinceTheMark() {
    MmcWriter out = new MmcWriter(0).open("A");
    MmcWriter.Mark mark = out.mark();
    out.open("B").leaf("C", 1).rewind(mark);
    assertThat(text(out.leaf("D", 2).close())).isEqualTo("<ra:A><ra:D>2</ra:D></ra:A>");
  }

  @Test
  void refusesAnUnfinishedDocument() {
    MmcWriter out = new MmcWriter(0).open("A");
    assertThatThrownBy(out::toOctets).isInstanceOf(IllegalStateException.class);
  }

  private static String text(MmcWriter out) {
    return new String(out.toOctets().toArray(), StandardCharsets.UTF_8);
  }
}
