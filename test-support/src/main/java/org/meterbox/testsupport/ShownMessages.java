// SPDX-License-Identifier: Apache-2.0
package org.meterbox.testsupport;

import org.meterbox.gbcs.alert.AlertPayload;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;

/** What a message shows that a virtual device has sent. */
public final class ShownMessages {
  private ShownMessages() {}

  /** A response shows its use case, an alert its code too. */
  public static void fromDevice(Octets message) {
    try {
      GbcsMessage decoded = GbcsMessage.decode(message);
      switch (decoded) {
        case GbcsMessage.Response response ->
            Shown.useCase(response.header().messageCode().value());
        case GbcsMessage.Alert alert -> {
          Shown.useCase(alert.header().messageCode().value());
          AlertPayload.decode(alert.content().payload(), alert.header().messageCode())
              .alertCode()
              .ifPresent(Shown::deviceAlert);
        }
        case GbcsMessage.PreCommand _,
            GbcsMessage.SignedPreCommand _,
            GbcsMessage.UnsecuredCommand _,
            GbcsMessage.Command _,
            GbcsMessage.DirectCommand _ ->
            throw new AssertionError("a device sends no command to the DSP");
      }
    } catch (DecodeException e) {
      throw new AssertionError("what a virtual device sends can be read", e);
    }
  }
}
