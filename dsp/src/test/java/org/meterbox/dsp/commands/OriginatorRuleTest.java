// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.commands;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterbox.dsp.commands.OriginatorRule.Decision;
import org.meterbox.gbcs.catalogue.UseCase;
import org.meterbox.gbcs.catalogue.UseCaseCatalogue;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.UserRole;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;

final class OriginatorRuleTest {
  // Message codes: 0027 ECS17b, 0034 ECS21b, 0035 ECS21c (broker only), 004F ECS42, 000E CS03B,
  // 00AB CS03A2 and 000F CS04AC (critical), 0001 CCS01 and 0058 ECS50 (broker only), 0102 CS02b.
  @ParameterizedTest
  @CsvSource({
    // A Known Remote Party sends what its role may send.
    "4.1.1, 0027, IS, true, User",
    "4.1.1, 0027, ED, true, User",
    "8.7.2, 000E, GS, true, User",
    "7.1, 004F, IS, true, User",
    // For others the broker sends.
    "4.1.1, 0027, IS, false, BrokerForUser",
    "4.6.2, 0035, ES, true, BrokerForUser",
    "8.11, 0001, IS, true, BrokerForUser",
    "9.1, 0058, OU, false, BrokerForUser",
    // What its use case wants signed the broker signs, where the request does not ask its user to.
    "8.7.2, 00AB, IS, true, BrokerForUser",
    "8.8.2, 000F, IS, true, BrokerForUser",
    // The DCC's own commands.
    "6.21, 0102, IS, true, DccParty[role=ACCESS_CONTROL_BROKER]",
    "6.24.1, 0008, ED, false, DccParty[role=ACCESS_CONTROL_BROKER]",
    "8.5, 0104, IS, true, DccParty[role=ACCESS_CONTROL_BROKER]",
    "8.12.2, 008C, GS, true, DccParty[role=ACCESS_CONTROL_BROKER]",
    "6.23, 0107, IS, false, DccParty[role=TRANSITIONAL_COS]",
    // Nobody has a critical command whose certificates the device does not hold, in its role.
    "7.1, 004F, IS, false, E4",
    "8.7.1, 00AB, IS, false, E4",
    "7.1, 004F, ED, true, E2",
    "6.15.1, 0103, IS, true, E2",
    "6.15.1, 0103, ED, true, User",
  })
  void theOriginatorFollowsFromRequestUseCaseRoleAndCells(
      String variant, String code, UserRole role, boolean deviceHoldsUser, String expected) {
    ServiceRequestEntry entry =
        ServiceRequestCatalogue.current().find(new ServiceReferenceVariant(variant)).orElseThrow();
    UseCase useCase =
        UseCaseCatalogue.standard().find(new MessageCode(Integer.parseInt(code, 16))).orElseThrow();

    assertThat(described(OriginatorRule.decide(entry, useCase, role, deviceHoldsUser)))
        .isEqualTo(expected);
  }

  private static String described(Decision decision) {
    return switch (decision) {
      case Decision.Refused(var code, String _) -> code.code();
      case Decision.User() -> "User";
      case Decision.BrokerForUser() -> "BrokerForUser";
      case Decision.DccParty party -> party.toString();
    };
  }
}
