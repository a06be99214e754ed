// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.payment;

import java.util.List;
import java.util.Optional;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.Enumerated;
import org.meterbox.gbcs.dlms.DlmsValue.Structure;

/** How the consumer pays (SMETS payment mode; class 111, attribute 2). */
public enum PaymentMode {
  /** Afterwards, by a bill. */
  CREDIT(1),
  /** Beforehand, with top-ups. */
  PREPAYMENT(2);

  /** The status of an account that is commanded and not active yet. */
  private static final int NEW_ACCOUNT = 1;

  private static final int ACTIVE_ACCOUNT = 2;

  private final int number;

  PaymentMode(int number) {
    this.number = number;
  }

  /** The value that the active account reads back. */
  DlmsValue toValue() {
    return DlmsValue.structure(new Enumerated(number), new Enumerated(ACTIVE_ACCOUNT));
  }

  /** The mode in a value; empty where it is none. */
  static Optional<PaymentMode> of(DlmsValue value) {
    if (value instanceof Structure(List<DlmsValue> parts)
        && parts.size() == 2
        && parts.get(0) instanceof Enumerated(int mode)
        && parts.get(1) instanceof Enumerated(int status)
        && (status == NEW_ACCOUNT || status == ACTIVE_ACCOUNT)) {
      for (PaymentMode known : values()) {
        if (known.number == mode) {
          return Optional.of(known);
        }
      }
    }
    return Optional.empty();
  }
}
