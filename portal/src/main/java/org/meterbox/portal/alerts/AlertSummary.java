// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.alerts;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.meterbox.gbcs.decode.DecodedMessage;
import org.meterbox.gbcs.decode.Payload;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;

/**
 * An alert of a device.
 *
 * @param device who sent it
 * @param digest SHA-256 of its octets in hexadecimal, which names it
 * @param received when the data systems received it
 * @param happened when it happened, by the device
 * @param code the alert code, four hexadecimal digits
 * @param title the alert in words
 * @param disposition what the data systems did with it
 */
public record AlertSummary(
    Eui64 device,
    String digest,
    Instant received,
    Optional<Instant> happened,
    Optional<String> code,
    String title,
    String disposition) {
  static AlertSummary of(
      Eui64 device, Octets digest, Instant received, String disposition, Octets octets) {
    try {
      if (DecodedMessage.decode(octets).payload() instanceof Payload.Alert(var alert)) {
        OptionalInt code = alert.alertCode();
        return new AlertSummary(
            device,
            digest.hex(),
            received,
            alert.time(),
            code.isPresent()
                ? Optional.of(String.format(Locale.ROOT, "%04X", code.getAsInt()))
                : Optional.empty(),
            alert.title().orElse("not in the catalogue of alerts"),
            disposition);
      }
    } catch (DecodeException unreadable) {
      // Shown all the same: its octets are kept, and its page says what is wrong with them.
    }
    return new AlertSummary(
        device,
        digest.hex(),
        received,
        Optional.empty(),
        Optional.empty(),
        "cannot be read",
        disposition);
  }

  /** What the data systems did with it, in words. */
  public String dispositionText() {
    return switch (disposition) {
      case "ALERT" -> "handed to the user";
      case "FUTURE_DATED_OUTCOME" -> "outcome of a future dated command";
      case "ALERT_FOR_DSP" -> "for the DCC itself";
      default -> disposition.toLowerCase(Locale.ROOT).replace('_', ' ');
    };
  }
}
