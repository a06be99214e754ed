// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterbox.conformance.ReferenceData;
import org.meterbox.correlate.ParseAndCorrelate;
import org.meterbox.correlate.ParseResult.Parsed;
import org.meterbox.correlate.keys.KeyDirectory;
import org.meterbox.kernel.DecodeException;
import org.xml.sax.SAXException;

/**
 * Messages with a value that is none, or a text that is no text: the document is valid under the
 * official schema, shows no reading and keeps the octets.
 */
class LostValuesTest {
  private ParseAndCorrelate parser;
  private MmcSchema schema;
  private Path cases;

  @BeforeEach
  void readOfficialData() throws IOException, SAXException {
    cases = ReferenceData.path("cases");
    Assumptions.assumeTrue(Files.isDirectory(cases), "skipped: there are no cases of found faults");
    schema = new MmcSchema();
    parser = new ParseAndCorrelate(KeyDirectory.read(ReferenceData.path("rtds/keystore")));
  }

  @ParameterizedTest(name = "{0}: no {1}")
  @CsvSource({
    "F2-zcl-non-value/A07g_gbz_alert_time_FFFFFFFF.HEX, 2136-",
    "F2-zcl-non-value/A09a_GCS13a_invalid_summation.HEX, 281474976710.655",
    "F2-zcl-non-value/A11c_GCS21f_active_price_invalid.HEX, 4294967295",
    "F2-zcl-non-value/A12a_GCS17_gaps.HEX, 16777.215",
    "F3-text-lost/A08d_GCS46_mprn_nul_padded.HEX, MPRN",
    "F3-text-lost/A08f_GCS46_latin1.HEX, MPRN",
    "F4-null-string/A08a_GCS38_string_FF.HEX, <ra:FirmwareVersion>",
  })
  void showsNoReadingAndKeepsTheOctets(String file, String reading) throws Exception {
    Parsed parsed = (Parsed) parser.parse(ReferenceData.hex(cases.resolve(file)));
    schema.validate(parsed.document());
    assertThat(new String(parsed.document().toArray(), StandardCharsets.UTF_8))
        .doesNotContain(reading)
        .contains("<ra:GBCSData format=\"plain\"");
  }

  @Test
  void twoTextsNeverGiveOneDocument() throws IOException, DecodeException {
    Set<String> documents = new HashSet<>();
    List<Path> messages;
    try (Stream<Path> files = Files.list(cases.resolve("F3-text-lost"))) {
      messages = files.toList();
    }
    for (Path message : messages) {
      Parsed parsed = (Parsed) parser.parse(ReferenceData.hex(message));
      documents.add(new String(parsed.document().toArray(), StandardCharsets.UTF_8));
    }
    assertThat(documents).hasSameSizeAs(messages);
  }

  // A message that came in blocks is the message.
  @Test
  void readsABlockTransfer() throws Exception {
    Parsed parsed =
        (Parsed)
            parser.parse(ReferenceData.hex(cases.resolve("F7-decode-gbt/ECS24_G01_in_order.HEX")));
    schema.validate(parsed.document());
  }
}
