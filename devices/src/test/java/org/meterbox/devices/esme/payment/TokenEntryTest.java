// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.devices.esme.state.FactorySettings;
import org.meterbox.devices.esme.state.ProductSetting;
import org.meterbox.devices.esme.state.Settings;
import org.meterbox.gbcs.utrn.TokenCounter;
import org.meterbox.gbcs.utrn.TokenHistory;
import org.meterbox.kernel.Eui64;

/** What a meter remembers of tokens when suppliers, certificates and settings change. */
class TokenEntryTest {
  private static final Eui64 SUPPLIER = Eui64.parse("90B3D51F00000010");
  private static final Eui64 OTHER = Eui64.parse("90B3D51F00000040");
  private static final Instant NOW = Instant.parse("2026-02-14T18:47:11Z");

  private final TokenEntry taken =
      new TokenEntry(
          Optional.of(SUPPLIER),
          new TokenHistory(new TokenCounter(5), List.of(new TokenCounter(8), new TokenCounter(30))),
          0,
          Optional.empty());

  @Test
  void anotherSuppliersTokensBeginAboveTheFloorOfItsCertificate() {
    TokenEntry after = taken.forIssuer(OTHER, Optional.of(new TokenCounter(20)));
    assertThat(after.history()).isEqualTo(TokenHistory.startingAbove(new TokenCounter(20)));
    assertThat(taken.forIssuer(OTHER, Optional.empty()).history().floor())
        .isEqualTo(new TokenCounter(0));
  }

  /** A floor must not make the meter forget a token that it has taken. */
  @Test
  void theSameSuppliersFloorOnlyRises() {
    TokenEntry after = taken.forIssuer(SUPPLIER, Optional.of(new TokenCounter(20)));
    assertThat(after.history())
        .isEqualTo(new TokenHistory(new TokenCounter(20), List.of(new TokenCounter(30))));
    assertThat(taken.forIssuer(SUPPLIER, Optional.of(new TokenCounter(3)))).isEqualTo(taken);
  }

  @Test
  void theProductSaysHowManyWrongTokensSuspendForHowLong() {
    Settings settings = FactorySettings.of(EsmeVariant.SINGLE_ELEMENT);
    settings = ProductSetting.WRONG_TOKENS_BEFORE_SUSPENSION.with(settings, 2);
    settings = ProductSetting.FIRST_SUSPENSION.with(settings, 90);
    TokenEntry once = taken.withWrongEntry(NOW, EntrySuspension.of(settings));
    assertThat(once.isSuspended(NOW)).isFalse();
    TokenEntry twice = once.withWrongEntry(NOW, EntrySuspension.of(settings));
    assertThat(twice.suspendedUntil()).contains(NOW.plusSeconds(90));
    assertThat(twice.withWrongEntry(NOW, EntrySuspension.of(settings)).suspendedUntil())
        .contains(NOW.plusSeconds(180));
  }
}
