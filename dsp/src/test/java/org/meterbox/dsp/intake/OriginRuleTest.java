// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterbox.dsp.inventory.Device;
import org.meterbox.dsp.inventory.DeviceModel;
import org.meterbox.dsp.inventory.MeterPoints;
import org.meterbox.dsp.inventory.SmiStatus;
import org.meterbox.gbcs.catalogue.UseCase;
import org.meterbox.gbcs.catalogue.UseCaseCatalogue;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.kernel.UserRole;

final class OriginRuleTest {
  private static final Eui64 SUPPLIER = Eui64.parse("90B3D51F30010000");
  private static final Eui64 OPERATOR = Eui64.parse("90B3D51F30020000");
  private static final Eui64 STRANGER = Eui64.parse("00DB123456780004");

  private static final Device METER =
      new Device(
          Eui64.parse("00DB1234567890A0"),
          DeviceType.ESME,
          Optional.empty(),
          Optional.of(SmiStatus.COMMISSIONED),
          new DeviceModel(
              "m", "m", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
          MeterPoints.NONE,
          Map.of(RemotePartyRole.SUPPLIER, SUPPLIER, RemotePartyRole.NETWORK_OPERATOR, OPERATOR));

  // ECS17b (0027) may be sent by suppliers and network operators, ECS43 (0050) by suppliers only.
  @ParameterizedTest
  @CsvSource({
    "SUPPLIER, IS, 0027, true",
    "OPERATOR, ED, 0027, true",
    "SUPPLIER, IS, 0050, true",
    "OPERATOR, ED, 0050, false",
    // The party's own certificates in its own role are needed, not somebody's.
    "STRANGER, IS, 0027, false",
    "OPERATOR, IS, 0027, false",
    "SUPPLIER, ED, 0027, false",
    "STRANGER, OU, 0027, false",
    "SUPPLIER, RSA, 0027, false",
  })
  void aPartyIsKnownInTheRoleOfItsCertificates(
      String party, UserRole role, String code, boolean known) {
    Eui64 user =
        switch (party) {
          case "SUPPLIER" -> SUPPLIER;
          case "OPERATOR" -> OPERATOR;
          default -> STRANGER;
        };
    UseCase useCase =
        UseCaseCatalogue.standard().find(new MessageCode(Integer.parseInt(code, 16))).orElseThrow();
    assertThat(OriginRule.isKnownRemoteParty(user, role, METER, useCase.roles())).isEqualTo(known);
  }
}
