// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.duis.TestDocuments;
import org.meterbox.kernel.Octets;

/** Values are read as XML Schema writes them; what is not such a value is refused with its path. */
class XmlElementTest {

  @Test
  void childrenAreFoundByName() throws Exception {
    XmlElement element =
        XmlElement.of(
            "Prices",
            XmlElement.leaf("Price", "1"),
            XmlElement.leaf("Scale", "-3"),
            XmlElement.leaf("Price", "2"));

    assertThat(element.children("Price")).extracting(XmlElement::text).containsExactly("1", "2");
    assertThat(element.child("Scale").integer()).isEqualTo(-3);
    assertThat(element.has("Scale")).isTrue();
    assertThat(element.find("Tariff")).isEmpty();
    assertRefused(() -> element.child("Price"), "Prices/Price", "more than once");
    assertRefused(() -> element.child("Tariff"), "Prices/Tariff", "missing");
    assertRefused(element::onlyChild, "Prices", "3 elements");
  }

  @Test
  void pathOfAReadElementStartsAtTheDocumentsRoot() {
    XmlElement body =
        TestDocuments.request(
                TestDocuments.signedReadRegisters()
                    .replace(
                        "</sr:ReadInstantaneousImportRegisters>",
                        "<sr:ExecutionDateTime>2026-01-15T00:00:00Z</sr:ExecutionDateTime>"
                            + "</sr:ReadInstantaneousImportRegisters>"))
            .body();

    assertThat(body.find("ExecutionDateTime").map(XmlElement::path))
        .contains("Request/Body/ReadInstantaneousImportRegisters/ExecutionDateTime");
  }

  @ParameterizedTest
  @CsvSource({"1,1", "+1,1", "-0.50,-0.50", ".5,0.5", "5.,5", "007,7"})
  void decimalsOfEveryFormAreRead(String text, BigDecimal value) throws Exception {
    assertThat(leaf(text).decimal()).isEqualByComparingTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "1e3", "1,5", "0x1", "INF", "1 2", "--1", "１"})
  void otherTextIsNoDecimal(String text) {
    assertRefused(() -> leaf(text).decimal(), "Value", "decimal");
  }

  @Test
  void integersOf64BitsAreRead() throws Exception {
    assertThat(leaf("+9223372036854775807").integer()).isEqualTo(Long.MAX_VALUE);
    assertThat(leaf(" -1\n").integer()).isEqualTo(-1);
    assertRefused(() -> leaf("9223372036854775808").integer(), "Value", "whole number");
    assertRefused(() -> leaf("1.0").integer(), "Value", "whole number");
  }

  @ParameterizedTest
  @CsvSource({"true,true", "1,true", "false,false", "0,false"})
  void booleansOfBothSpellingsAreRead(String text, boolean value) throws Exception {
    assertThat(leaf(text).bool()).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-15T12:00:00.25Z,2026-01-15T12:00:00.250Z",
    "3000-12-31T00:00:00.00Z,3000-12-31T00:00:00Z",
    "2026-01-15T12:00:00+01:00,2026-01-15T11:00:00Z",
    "2026-01-15T12:00:00,2026-01-15T12:00:00Z",
    "2026-12-31T24:00:00Z,2027-01-01T00:00:00Z"
  })
  void momentsAreReadWithAndWithoutZone(String text, Instant value) throws Exception {
    assertThat(leaf(text).dateTime()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2026-01-15", "2026-02-30T00:00:00Z", "2026-01-15T25:00:00Z", "now"})
  void otherTextIsNoMoment(String text) {
    assertRefused(() -> leaf(text).dateTime(), "Value", "date and time");
  }

  @Test
  void datesAndTimesOfDayAreReadWithAndWithoutZone() throws Exception {
    assertThat(leaf("2028-02-29").date()).isEqualTo(LocalDate.of(2028, 2, 29));
    assertThat(leaf("2026-01-15Z").date()).isEqualTo(LocalDate.of(2026, 1, 15));
    assertThat(leaf("23:59:59.99Z").time()).isEqualTo(LocalTime.parse("23:59:59.99"));
    assertThat(leaf("00:30:00+01:00").time()).isEqualTo(LocalTime.of(0, 30));
    assertRefused(() -> leaf("15.01.2026").date(), "Value", "date");
    assertRefused(() -> leaf("24").time(), "Value", "time of day");
  }

  @Test
  void octetsAreReadFromBothForms() throws Exception {
    assertThat(leaf("8f66").hex()).isEqualTo(Octets.ofHex("8F66"));
    assertThat(leaf("AQ\n ID").base64()).isEqualTo(Octets.ofHex("010203"));
    assertThat(leaf("").base64()).isEqualTo(Octets.EMPTY);
    assertRefused(() -> leaf("8F6").hex(), "Value", "hexadecimal");
    assertRefused(() -> leaf("A=B").base64(), "Value", "base64");
  }

  @Test
  void identifiersAreReadInEitherCase() throws Exception {
    assertThat(leaf("00-db-12-34-56-78-90-a0").eui64().dashed())
        .isEqualTo("00-DB-12-34-56-78-90-A0");
    assertThat(leaf(TestDocuments.REQUEST_ID.toString()).messageId())
        .isEqualTo(TestDocuments.REQUEST_ID);
    assertRefused(() -> leaf("00-DB").eui64(), "Value", "EUI-64");
    assertRefused(() -> leaf("1:2:3").messageId(), "Value", "message identifier");
  }

  @Test
  void momentsAreWrittenInHundredthsOfASecond() {
    assertThat(XmlValues.dateTime(Instant.parse("2026-01-15T12:00:00.259Z")))
        .isEqualTo("2026-01-15T12:00:00.25Z");
    assertThat(XmlValues.dateTime(Instant.parse("3000-12-31T00:00:00Z")))
        .isEqualTo("3000-12-31T00:00:00.00Z");
  }

  @Test
  void elementHasEitherTextOrElements() {
    assertThatThrownBy(() ->
            XmlElement.builder(DuisNames.DUIS, "Both").text("text").leaf("Child", "1").build())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void contentStaysOutOfLogs() {
    assertThat(leaf("1234567890123").toString()).isEqualTo("Value");
  }

  @Test
  void attributesAreReadByName() {
    XmlElement element =
        XmlElement.builder(DuisNames.DUIS, "BlockPrice").attribute("index", "1").text("7").build();

    assertThat(element.attribute("index")).contains("1");
    assertThat(element.attribute("other")).isEqualTo(Optional.empty());
  }

  private static XmlElement leaf(String text) {
    return XmlElement.leaf("Value", text);
  }

  private static void assertRefused(ThrowingCallable reading, String path, String reason) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(
            ElementException.class,
            refused -> {
              assertThat(refused.path()).isEqualTo(path);
              assertThat(refused).hasMessageContaining(reason);
            });
  }

  // XML Schema part 2, 3.2.8: a day may end at 24:00:00, the midnight of the next one.
  @ParameterizedTest
  @ValueSource(
      strings = {"24:00:00Z", "24:00:00", "24:00:00.000Z", "24:00:00+01:00", "00:00:00.00Z"})
  void theEndOfADayIsMidnight(String text) throws ElementException {
    assertThat(XmlElement.leaf("EndTime", text).time()).isEqualTo(LocalTime.MIDNIGHT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"24:00:01Z", "24:01:00Z", "24:00:00.001Z", "25:00:00Z", "24:00Z"})
  void nothingIsLaterThanTheEndOfADay(String text) {
    XmlElement element = XmlElement.leaf("EndTime", text);
    assertThatThrownBy(element::time).isInstanceOf(ElementException.class);
  }
}
