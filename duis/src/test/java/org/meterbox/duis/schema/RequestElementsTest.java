// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which values the schema knows in which requests. */
final class RequestElementsTest {
  // Through a named type, a group, an anonymous type, an extension, a type in another file.
  @ParameterizedTest
  @CsvSource({
    "UpdateMeterBalance, AdjustMeterBalance",
    "UpdateImportTariffPrimaryElement, ExecutionDateTime",
    "UpdateImportTariffPrimaryElement, StartTime",
    "UpdateImportTariffPrimaryElement, BlockThreshold",
    "UpdatePricePrimaryElement, StandingCharge",
  })
  void aValueIsFoundWhereverItIsDeclared(String request, String element) {
    assertThat(RequestElements.hasValue(request, element)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    // Has elements, no value.
    "UpdateMeterBalance, CreditMode",
    // Says something by being there.
    "UpdateMeterBalance, ResetMeterBalance",
    // Of another request, of a response, of none.
    "UpdateMeterBalance, StandingCharge",
    "UpdateMeterBalance, GBCSPayload",
    "UpdateMeterBalance, Nonsense",
    "Nonsense, AdjustMeterBalance",
  })
  void whatIsNoValueOfTheRequestIsNotFound(String request, String element) {
    assertThat(RequestElements.hasValue(request, element)).isFalse();
  }

  @Test
  void theRequestItselfIsNoValue() {
    assertThat(RequestElements.hasValue("UpdateMeterBalance", "UpdateMeterBalance")).isFalse();
  }
}
