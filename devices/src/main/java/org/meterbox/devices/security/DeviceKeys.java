// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.security;

import java.util.Optional;
import org.meterbox.crypto.SharedSecrets;
import org.meterbox.crypto.SigningKey;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/** A device's own private keys. They leave the device for its memory only. */
public interface DeviceKeys {
  /** Parties with whom a device shares secrets: those in its cells and some unknown ones. */
  int MAX_PEERS = 32;

  /** Signs responses to critical commands, and critical alerts. */
  SigningKey signing();

  /** The secrets for MACs and encryption, agreed on with the private agreement key. */
  SharedSecrets secrets();

  /**
   * The new pair for this use that waits for its certificate; signs its own certification request
   * (GBCS CS02c). Empty where none was made since the last one was taken into use.
   */
  Optional<SigningKey> pending(KeyUse use);

  /**
   * With a new pair for this use, which waits for its certificate. A pair that waited before is
   * forgotten.
   *
   * @param use digital signature or key agreement
   */
  DeviceKeys withNewPair(KeyUse use);

  /**
   * With the pair that waits in use, and the one before it forgotten (GBCS CS02d).
   *
   * @throws IllegalStateException where none waits
   */
  DeviceKeys withPendingInUse(KeyUse use);

  /** Writes the keys in use for a memory image, and for nothing else. */
  void write(OctetWriter image);

  /** Writes the pairs that wait for their certificates, for a memory image and nothing else. */
  void writePending(OctetWriter image);

  /** With the pairs that {@link #writePending} wrote. */
  DeviceKeys readPending(OctetReader image) throws DecodeException;

  /** Reads keys from a memory image. */
  @FunctionalInterface
  interface Reader {
    /** Reads what {@link DeviceKeys#write} wrote. */
    DeviceKeys read(OctetReader image) throws DecodeException;
  }
}
