// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.meterbox.kernel.DeviceType;

/** Every type of device x status x trigger, against a table that people have read. */
class SmiLifecycleTest {
  private static List<String> moves() {
    List<String> moves = new ArrayList<>();
    for (SmiTrigger trigger : SmiTrigger.values()) {
      for (SmiStatus from : SmiStatus.values()) {
        for (SmiStatus to : SmiStatus.values()) {
          List<String> types = new ArrayList<>();
          for (DeviceType type : DeviceType.values()) {
            if (SmiLifecycle.next(type, from, trigger).filter(to::equals).isPresent()) {
              types.add(type.name());
            }
          }
          if (!types.isEmpty()) {
            moves.add(
                String.format(
                    Locale.ROOT, "%s: %s -> %s (%s)", trigger, from, to, String.join(" ", types)));
          }
        }
      }
    }
    return moves;
  }

  @Test
  void everyMoveIsInTheTable() throws IOException {
    try (InputStream table = SmiLifecycleTest.class.getResourceAsStream("smi-moves.txt")) {
      List<String> expected =
          new String(table.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .toList();
      assertThat(moves()).isEqualTo(expected);
    }
  }

  // Nothing leads out of Decommissioned; out of Withdrawn only opting in does.
  @Test
  void theEndsAreEnds() {
    for (DeviceType type : DeviceType.values()) {
      for (SmiTrigger trigger : SmiTrigger.values()) {
        assertThat(SmiLifecycle.next(type, SmiStatus.DECOMMISSIONED, trigger)).isEmpty();
        if (trigger != SmiTrigger.OPTED_IN) {
          assertThat(SmiLifecycle.next(type, SmiStatus.WITHDRAWN, trigger)).isEmpty();
        }
      }
    }
  }

  // Every status of the schema can be reached by some device.
  @Test
  void everyStatusIsReached() {
    Set<SmiStatus> reached = EnumSet.of(SmiStatus.PENDING);
    boolean more = true;
    while (more) {
      Set<SmiStatus> before = EnumSet.copyOf(reached);
      for (SmiStatus from : before) {
        for (DeviceType type : DeviceType.values()) {
          for (SmiTrigger trigger : SmiTrigger.values()) {
            SmiLifecycle.next(type, from, trigger).ifPresent(reached::add);
          }
        }
      }
      more = !before.equals(reached);
    }
    assertThat(reached).containsExactlyInAnyOrder(SmiStatus.values());
  }

  // Type 2 devices have no status (DUIS 8.2).
  @Test
  void typeTwoDevicesHaveNone() {
    assertThat(SmiLifecycle.announced(DeviceType.CAD)).isEmpty();
    assertThat(SmiLifecycle.announced(DeviceType.IHD)).isEmpty();
    assertThat(SmiLifecycle.announced(DeviceType.PPMID)).contains(SmiStatus.PENDING);
  }
}
