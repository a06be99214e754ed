// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.parse;

import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;

/** Reads payloads and decrypted parts so that a fault is found where it says that it is. */
final class PayloadReading {
  private PayloadReading() {}

  /** Reads octets in one language. */
  @FunctionalInterface
  interface Decoding<T> {
    T decode(Octets octets) throws DecodeException;
  }

  /** Reads the payload of a message; offsets count from the start of the message. */
  static <T> T payload(GbcsMessage message, Decoding<T> decoding) throws DecodeException {
    try {
      return decoding.decode(message.content().payload());
    } catch (DecodeException inPayload) {
      throw message.inPayload(inPayload);
    }
  }

  /** Reads what was decrypted; offsets count from the start of the plain text. */
  static <T> T plainText(Octets plainText, Decoding<T> decoding) throws DecodeException {
    try {
      return decoding.decode(plainText);
    } catch (DecodeException inPlainText) {
      throw inPlainText.apart("decrypted part");
    }
  }
}
