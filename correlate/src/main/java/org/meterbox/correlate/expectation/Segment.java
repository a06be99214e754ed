// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.expectation;

import org.meterbox.kernel.Octets;

/** A run of octets of a Pre-Command, and whose words they are. */
public sealed interface Segment {
  /** The path of the request's element, or what the use case prescribes. */
  String field();

  /** How many octets. */
  int length();

  /**
   * Octets that must stand there.
   *
   * @param requested the value as the request writes it, or the octets where the use case
   *     prescribes them
   * @param wording how to say what stands there instead
   */
  record Fixed(String field, String requested, Octets octets, Wording wording) implements Segment {
    @Override
    public int length() {
      return octets.length();
    }
  }

  /**
   * The sender's time in seconds since 2000-01-01T00:00:00Z, least significant octet first: free,
   * but plausible and the same wherever it stands in one Pre-Command (GBCS uses it as Issuer Event
   * Id and Issuer Calendar Id).
   */
  record SenderTime(String field) implements Segment {
    /** How many octets a ZigBee UTCTime has. */
    static final int OCTETS = 4;

    @Override
    public int length() {
      return OCTETS;
    }
  }

  /** Octets that the request asks for. */
  static Fixed requested(String field, String words, Octets octets) {
    return new Fixed(field, words, octets, Wording.HEX);
  }

  /** What no request can change. */
  static Fixed prescribed(String what, Octets octets) {
    return new Fixed(what, octets.hex(), octets, Wording.HEX);
  }
}
