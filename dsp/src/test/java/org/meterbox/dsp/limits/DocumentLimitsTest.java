// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.meterbox.dsp.access.WebService;

/** Long documents wait for each other, never short ones for them. */
final class DocumentLimitsTest {
  private static final int MEBIBYTE = 1024 * 1024;

  private final DocumentLimits limits = new DocumentLimits();

  @Test
  void longDocumentsKeepShortOnesFromNothing() {
    for (int i = 0; i < DocumentLimits.FIRMWARE_PLACES; i++) {
      assertThat(limits.enter(2 * MEBIBYTE)).isPresent();
    }
    for (int i = 0; i < DocumentLimits.ONE_DEVICE_PLACES; i++) {
      assertThat(limits.enter(MEBIBYTE)).isPresent();
    }
    // A thread that may not wait gets a free place and no other.
    Thread.currentThread().interrupt();
    assertThat(limits.enter(MEBIBYTE)).isEmpty();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(limits.enter(DocumentLimits.SHORT_MAX)).isPresent();
  }

  @Test
  void aPlaceIsGivenBackOnce() {
    DocumentLimits.Place first = limits.enter(2 * MEBIBYTE).orElseThrow();
    first.close();
    first.close();
    for (int i = 0; i < DocumentLimits.FIRMWARE_PLACES; i++) {
      assertThat(limits.enter(2 * MEBIBYTE)).isPresent();
    }
    Thread.currentThread().interrupt();
    assertThat(limits.enter(2 * MEBIBYTE)).isEmpty();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void onlyFirmwareKeepsItsPlaceOnceItIsRead() {
    for (int i = 0; i < 2 * DocumentLimits.SHORT_PLACES; i++) {
      limits.enter(1_000).orElseThrow().documentRead();
    }
    for (int i = 0; i < DocumentLimits.FIRMWARE_PLACES; i++) {
      limits.enter(2 * MEBIBYTE).orElseThrow().documentRead();
    }
    Thread.currentThread().interrupt();
    assertThat(limits.enter(2 * MEBIBYTE)).isEmpty();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void onlyFirmwareMayBeLong() {
    assertThat(DocumentLimits.octetsMax(WebService.SEND_COMMAND)).isEqualTo(MEBIBYTE);
    assertThat(DocumentLimits.octetsMax(WebService.TRANSFORM)).isEqualTo(MEBIBYTE);
    assertThat(DocumentLimits.octetsMax(WebService.NON_DEVICE)).isEqualTo(16 * MEBIBYTE);
    assertThat(DocumentLimits.isLong(MEBIBYTE)).isFalse();
    assertThat(DocumentLimits.isLong(MEBIBYTE + 1)).isTrue();
    assertThat(DocumentLimits.mayBeLong("11.1")).isTrue();
    assertThat(DocumentLimits.mayBeLong("8.2")).isFalse();
  }
}
