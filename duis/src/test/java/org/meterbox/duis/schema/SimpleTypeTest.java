// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.meterbox.duis.schema.SimpleType.Base;

/** Values and what is wrong with them. */
final class SimpleTypeTest {
  private static final SimpleType DATE = SimpleType.of(Base.DATE);

  @Test
  void aDateMayHaveAYearOfFiveDigits() {
    assertThat(DATE.fault("65535-04-29Z")).isEmpty();
    assertThat(DATE.fault("2027-01-31")).isEmpty();
    assertThat(DATE.fault("65536-02-29Z")).isEmpty();
    assertThat(DATE.fault("65535-02-29Z")).isPresent();
    assertThat(DATE.fault("65535-13-01")).isPresent();
    assertThat(DATE.fault("65535")).isPresent();
    assertThat(DATE.fault("2027-02-29")).isPresent();
  }

  @Test
  void aNumberOutsideItsRangeIsNamedWithTheRange() {
    SimpleType upTo7 = SimpleType.integer(1, 7);
    assertThat(upTo7.fault("7")).isEmpty();
    assertThat(upTo7.fault("8")).hasValue("is not from 1 to 7");
    assertThat(upTo7.fault("seven")).hasValue("is not a whole number");
  }
}
