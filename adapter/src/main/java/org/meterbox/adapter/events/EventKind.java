// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.events;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an event tells. */
public enum EventKind {
  /** A request reached a state of interest. */
  REQUEST,
  /** A device's or the DSP's answer beside the end of a request, such as a schedule's run. */
  RESPONSE,
  /** A device's alert. */
  DEVICE_ALERT,
  /** An alert of the DSP. */
  DCC_ALERT;

  /** As clients read it, for example {@code device-alert}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The kind written so. */
  public static Optional<EventKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }
}
