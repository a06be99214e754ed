// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.supply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.devices.esme.supply.SupplyState.Cause;
import org.meterbox.devices.esme.supply.SupplyState.Position;

class SupplySwitchTest {
  /** The table of SMETS' supply states; an empty last column means that nothing is logged. */
  @ParameterizedTest
  @CsvSource({
    // before,          event,                   after,             accepted, event codes
    "ENABLED,           DISABLED_REMOTELY,       DISABLED REMOTE,         true,  ''",
    "ARMED REMOTE,      DISABLED_REMOTELY,       DISABLED REMOTE,         true,  ''",
    "DISABLED CREDIT,   DISABLED_REMOTELY,       DISABLED REMOTE CREDIT,  true,  ''",
    "ENABLED,           ENABLED_REMOTELY,        ENABLED,                 true,  ''",
    "DISABLED REMOTE,   ENABLED_REMOTELY,        ENABLED,                 true,  ''",
    "ARMED REMOTE,      ENABLED_REMOTELY,        ENABLED,                 true,  ''",
    "ARMED LOAD_LIMIT,  ENABLED_REMOTELY,        ENABLED,                 true,  ''",
    "ARMED CREDIT,      ENABLED_REMOTELY,        ENABLED,                 true,  ''",
    "DISABLED LOAD_LIMIT CREDIT, CREDIT_RESTORED, ARMED LOAD_LIMIT,       true,  8F32",
    "DISABLED CREDIT,   ENABLED_REMOTELY,        DISABLED CREDIT,         false, ''",
    "DISABLED REMOTE CREDIT, ENABLED_REMOTELY,   DISABLED REMOTE CREDIT,  false, ''",
    "DISABLED TAMPER_LOCK, ENABLED_REMOTELY,     DISABLED TAMPER_LOCK,    false, ''",
    "ENABLED,           ARMED_REMOTELY,          ENABLED,                 false, ''",
    "DISABLED REMOTE,   ARMED_REMOTELY,          ARMED REMOTE,            true,  8F32",
    "ARMED REMOTE,      ARMED_REMOTELY,          ARMED REMOTE,            true,  ''",
    "DISABLED CREDIT,   ARMED_REMOTELY,          DISABLED CREDIT,         false, ''",
    "DISABLED TAMPER_LOCK, ARMED_REMOTELY,       DISABLED TAMPER_LOCK,    false, ''",
    "ARMED REMOTE,      ENABLED_AT_METER,        ENABLED,                 true,  8161",
    "DISABLED REMOTE,   ENABLED_AT_METER,        DISABLED REMOTE,         false, 8162",
    "ENABLED,           ENABLED_AT_METER,        ENABLED,                 false, 8162",
    "ENABLED,           CREDIT_USED_UP,          DISABLED CREDIT,         true,  ''",
    "ARMED REMOTE,      CREDIT_USED_UP,          DISABLED REMOTE CREDIT,  true,  ''",
    "DISABLED CREDIT,   CREDIT_RESTORED,         ARMED CREDIT,            true,  8F32",
    "DISABLED REMOTE CREDIT, CREDIT_RESTORED,    DISABLED REMOTE,         true,  ''",
    "ENABLED,           CREDIT_RESTORED,         ENABLED,                 false, ''",
    "ENABLED,           LOAD_ABOVE_LIMIT,        ARMED LOAD_LIMIT,        true,  8F01 8F33",
    "DISABLED REMOTE,   LOAD_ABOVE_LIMIT,        DISABLED REMOTE,         false, ''",
    "ARMED LOAD_LIMIT,  RESTORATION_PERIOD_OVER, ENABLED,                 true,  8F34",
    "ARMED REMOTE,      RESTORATION_PERIOD_OVER, ARMED REMOTE,            false, ''",
    "ARMED REMOTE LOAD_LIMIT, RESTORATION_PERIOD_OVER, ARMED REMOTE LOAD_LIMIT, false, ''",
    "ENABLED,           TAMPERED_WHILE_LOCKED,   DISABLED TAMPER_LOCK,    true,  81BE",
    "DISABLED TAMPER_LOCK, TAMPER_LOCK_RELEASED, DISABLED REMOTE,         true,  ''",
    "ENABLED,           TAMPER_LOCK_RELEASED,    ENABLED,                 false, ''",
  })
  void movesAsTheTableSays(
      String before, SupplyEvent event, String after, boolean accepted, String codes) {
    SupplySwitch.Outcome outcome = SupplySwitch.apply(state(before), event);
    assertThat(outcome.state()).isEqualTo(state(after));
    assertThat(outcome.accepted()).isEqualTo(accepted);
    assertThat(
            outcome.codes().stream()
                .map(code -> String.format(Locale.ROOT, "%04X", code))
                .reduce((a, b) -> a + " " + b))
        .isEqualTo(codes.isEmpty() ? Optional.empty() : Optional.of(codes));
  }

  /** Whatever happens in whatever order. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void neverClosesOverALockOrMissingCreditAndNeverLosesACause(long seed) {
    Random random = new Random(seed);
    List<SupplyEvent> events = List.of(SupplyEvent.values());
    SupplyState state = SupplyState.ENABLED;
    for (int i = 0; i < 5_000; i++) {
      SupplyEvent event = events.get(random.nextInt(events.size()));
      SupplySwitch.Outcome outcome = SupplySwitch.apply(state, event);
      if (outcome.state().isEnabled() && !state.isEnabled()) {
        boolean armedBySomethingElse = state.position() == Position.ARMED;
        assertThat(armedBySomethingElse || !state.causes().contains(Cause.CREDIT)).isTrue();
        assertThat(state.causes()).doesNotContain(Cause.TAMPER_LOCK);
      }
      if (!outcome.accepted()) {
        assertThat(outcome.state()).isEqualTo(state);
      }
      state = outcome.state();
    }
  }

  @Test
  void aStateWithoutReasonOrWithAReasonTooManyIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SupplyState(Position.DISABLED, Set.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SupplyState(Position.ENABLED, Set.of(Cause.REMOTE)));
  }

  private static SupplyState state(String text) {
    String[] words = text.split(" ", -1);
    Set<Cause> causes = EnumSet.noneOf(Cause.class);
    for (int i = 1; i < words.length; i++) {
      causes.add(Cause.valueOf(words[i]));
    }
    return new SupplyState(Position.valueOf(words[0]), causes);
  }
}
