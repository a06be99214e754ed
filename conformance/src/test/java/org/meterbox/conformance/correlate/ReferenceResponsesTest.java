// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterbox.conformance.ReferenceData;
import org.meterbox.correlate.Outcome;
import org.meterbox.correlate.ParseAndCorrelate;
import org.meterbox.correlate.ParseResult;
import org.meterbox.correlate.ParseResult.Parsed;
import org.meterbox.correlate.keys.KeyDirectory;
import org.meterbox.kernel.DecodeException;
import org.xml.sax.SAXException;

/** The reference responses under the official MMC schema, verified with the reference keys. */
class ReferenceResponsesTest {
  private ParseAndCorrelate parser;
  private MmcSchema schema;

  @BeforeEach
  void readOfficialData() throws IOException, SAXException {
    schema = new MmcSchema();
    parser = new ParseAndCorrelate(KeyDirectory.read(ReferenceData.path("rtds/keystore")));
  }

  // The values were worked out by hand from the decrypted octets.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4.1.1_ECS17b/ECS17b_4.1.1_SINGLE_SUCCESS|<ra:ActiveImportRegister><ra:Value>10</ra:Value>",
        "11.2_ECS52/ECS52_11.2_SUCCESS|<ra:FirmwareVersion>0123ABCD</ra:FirmwareVersion>",
        "7.4_ECS45/ECS45_7.4_SUCCESS|<ra:SupplyState>Enabled</ra:SupplyState>",
        "7.1_ECS42/ECS42_7.1_SUCCESS|<ra:EnableSupplyRsp MessageSuccess=\"true\"/>",
        "7.2_ECS43/ECS43_7.2_SUCCESS|<ra:DisableSupplyRsp MessageSuccess=\"true\"/>",
        "7.3_ECS44/ECS44_7.3_SUCCESS|<ra:ArmSupplyRsp MessageSuccess=\"true\"/>",
        "4.6.1_ECS21a/ECS21a_4.6.1_TWIN_SUCCESS|<ra:SecondaryTariffTOURegisterMatrixValue index=\"4\">"
      })
  void isValidAndSaysWhatTheDeviceSaid(String name, String fragment)
      throws DecodeException, SAXException, IOException {
    Parsed parsed = parse(name);
    schema.validate(parsed.document());
    assertThat(parsed.authentic()).isTrue();
    assertThat(parsed.outcome()).isEqualTo(Outcome.SUCCESS);
    assertThat(text(parsed)).contains(fragment);
  }

  @Test
  void showsTheErrorOfTheDevice() throws DecodeException, SAXException, IOException {
    Parsed parsed = parse("4.1.1_ECS17b/ECS17b_4.1.1_ERROR");
    schema.validate(parsed.document());
    assertThat(parsed.outcome()).isEqualTo(Outcome.FAILURE);
    assertThat(text(parsed)).contains("<ra:ActionResult>hardware-fault</ra:ActionResult>");
  }

  private Parsed parse(String name) throws DecodeException {
    ParseResult result = parser.parse(ReferenceData.message(name + "_RESPONSE_GBCS.HEX"));
    return (Parsed) result;
  }

  private static String text(Parsed parsed) {
    return new String(parsed.document().toArray(), StandardCharsets.UTF_8);
  }
}
