// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterbox.dsp.registration.Registration;
import org.meterbox.dsp.uplink.AlertRules.DeviceReport;
import org.meterbox.dsp.uplink.AlertRules.Told;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Mpxn;
import org.meterbox.kernel.UserRole;

final class AlertRulesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Eui64 DEVICE = Eui64.parse("00DB1234567890A0");
  private static final Eui64 ELECTRICITY = Eui64.parse("90B3D51F30010000");
  private static final Eui64 GAS = Eui64.parse("90B3D51F30010001");
  private static final Eui64 FORMER = Eui64.parse("90B3D51F30010002");
  private static final Eui64 OPERATOR = Eui64.parse("90B3D51F30020000");

  private static Registration registration(UserRole role, Eui64 party, Optional<Instant> until) {
    return new Registration(new Mpxn("1234567890123"), role, party, NOW.minusSeconds(1000), until);
  }

  private static final List<Registration> PREMISES =
      List.of(
          registration(UserRole.IS, ELECTRICITY, Optional.empty()),
          registration(UserRole.GS, GAS, Optional.empty()),
          registration(UserRole.IS, FORMER, Optional.of(NOW.minusSeconds(1))),
          registration(UserRole.ED, OPERATOR, Optional.empty()));

  private static Optional<Told> tell(DeviceType type, int code) {
    return AlertRules.tell(new DeviceReport(DEVICE, type, code, Optional.of(NOW)), PREMISES, NOW);
  }

  // Both suppliers of today; not that of yesterday, not the network operator.
  @Test
  void theSuppliersOfBothFuelsAreTold() {
    assertThat(tell(DeviceType.PPMID, 0x8F3F).orElseThrow().recipients())
        .containsExactlyInAnyOrder(ELECTRICITY, GAS);
  }

  @ParameterizedTest
  @CsvSource({
    "PPMID, 8F3F, N39, PPMIDAlert", "CHF, 8F20, N54, DualBandCHAlert",
    "CHF, 8F2D, N54, DualBandCHAlert", "CHF, 8F89, N61, CommsHubAlert",
    "CHF, 8F8A, N61, CommsHubAlert"
  })
  void eachAlertBecomesItsDccAlert(DeviceType type, String code, String alert, String element) {
    Told told = tell(type, Integer.parseInt(code, 16)).orElseThrow();
    assertThat(told.code().code()).isEqualTo(alert);
    assertThat(told.alert().localName()).isEqualTo(element);
    assertThat(told.alert().children())
        .anySatisfy(child -> assertThat(child.token()).isEqualTo(code));
  }

  @ParameterizedTest
  @CsvSource({"CHF, 8F1F", "CHF, 8F2E", "CHF, 8F12", "ESME, 8F20", "GPF, 8071"})
  void otherAlertsAreTheDccsOwnBusiness(DeviceType type, String code) {
    assertThat(tell(type, Integer.parseInt(code, 16))).isEmpty();
  }
}
