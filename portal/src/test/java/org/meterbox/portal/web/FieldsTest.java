// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.issuing.EuiRange;
import org.meterbox.smki.registration.RegistrationStep;

final class FieldsTest {
  private static Fields field(String value) {
    return new Fields(Map.of("x", List.of(value)));
  }

  @Test
  void readsAForm() throws Exception {
    Fields form = Fields.ofForm("a=1&b=x+y%26z&a=2&empty=&c");
    assertThat(form.all("a")).containsExactly("1", "2");
    assertThat(form.find("b")).contains("x y&z");
    assertThat(form.find("empty")).isEmpty();
    assertThat(form.find("c")).isEmpty();
    assertThat(Fields.ofForm("").find("a")).isEmpty();
  }

  @Test
  void refusesFormsThatAreNone() {
    assertThatThrownBy(() -> Fields.ofForm("a=%zz")).isInstanceOf(TurnedAwayException.class);
    assertThatThrownBy(() -> Fields.ofForm("a=1&".repeat(Fields.FIELDS_MAX) + "a=1"))
        .isInstanceOf(TurnedAwayException.class);
  }

  @Test
  void readsWhatAFieldShouldBe() throws Exception {
    assertThat(field(" 90-b3-d5-1f-30-01-00-00 ").getEui("x"))
        .isEqualTo(Eui64.parse("90B3D51F30010000"));
    assertThat(field("00:Ff 10").getSerial("x")).isEqualTo(BigInteger.valueOf(0xFF10));
    assertThat(field("network-operator").getOne("x", RemotePartyRole.class))
        .isEqualTo(RemotePartyRole.NETWORK_OPERATOR);
    assertThat(field("7").getNumber("x", 7, 7)).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "zz", "-", "::", "123456789012345678901234567890123456789012", "0x1"})
  void turnsAwayWhatIsNone(String value) {
    assertThatThrownBy(() -> field(value).getEui("x")).isInstanceOf(TurnedAwayException.class);
    assertThatThrownBy(() -> field(value).getSerial("x")).isInstanceOf(TurnedAwayException.class);
    assertThatThrownBy(() -> field(value).getOne("x", RemotePartyRole.class))
        .isInstanceOf(TurnedAwayException.class);
    assertThatThrownBy(() -> field(value).getNumber("x", 0, 9))
        .isInstanceOf(TurnedAwayException.class);
    assertThatThrownBy(() -> field(value).getUuid("x")).isInstanceOf(TurnedAwayException.class);
  }

  @Test
  void turnsAwayNumbersOutOfBounds() {
    assertThatThrownBy(() -> field("10").getNumber("x", 0, 9))
        .isInstanceOf(TurnedAwayException.class);
    assertThatThrownBy(() -> field("-1").getNumber("x", 0, 9))
        .isInstanceOf(TurnedAwayException.class);
  }

  @Test
  void readsRangesByLineAndByText() throws Exception {
    Eui64 first = Eui64.parse("00DB123456780000");
    Eui64 last = Eui64.parse("00DB12345678FFFF");
    assertThat(
            RegistrationFields.ranges(
                field("00DB123456780000 .. 00DB12345678FFFF\n\n00DB123456780000\n"), "x"))
        .containsExactly(new EuiRange(first, last), EuiRange.of(first));
    assertThatThrownBy(
            () -> RegistrationFields.ranges(field("00DB12345678FFFF..00DB123456780000"), "x"))
        .isInstanceOf(TurnedAwayException.class);
  }

  @Test
  void readsStepsByTheirNames() throws Exception {
    assertThat(
            RegistrationFields.step(
                new Fields(
                    Map.of(
                        "step",
                        List.of("verify-officer"),
                        "officer",
                        List.of("2"),
                        "evidence",
                        List.of("passport")))))
        .isEqualTo(new RegistrationStep.VerifyOfficer(2, "passport"));
    assertThatThrownBy(() -> RegistrationFields.step(field("authorise")))
        .isInstanceOf(TurnedAwayException.class);
    // Steps that the machine takes are no steps for people.
    assertThatThrownBy(
            () -> RegistrationFields.step(new Fields(Map.of("step", List.of("note-request")))))
        .isInstanceOf(TurnedAwayException.class);
  }
}
