// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.security;

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

  /** Writes the keys for a memory image, and for nothing else. */
  void write(OctetWriter image);

  /** Reads keys from a memory image. */
  @FunctionalInterface
  interface Reader {
    /** Reads what {@link DeviceKeys#write} wrote. */
    DeviceKeys read(OctetReader image) throws DecodeException;
  }
}
