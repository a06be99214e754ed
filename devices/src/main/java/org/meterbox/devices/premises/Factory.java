// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.premises;

import java.security.interfaces.ECPublicKey;
import org.meterbox.devices.security.DeviceKeys;
import org.meterbox.devices.security.KeyUse;
import org.meterbox.devices.security.SoftwareDeviceKeys;
import org.meterbox.devices.security.TrustAnchors;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;

/** What the manufacturer of devices gets from elsewhere. */
public interface Factory {
  /** Fresh private keys for a device. */
  SoftwareDeviceKeys makeKeys();

  /** Has the SMKI certify a device's public key; returns the certificate (DER). */
  Octets certify(Eui64 device, KeyUse use, ECPublicKey key);

  /** The certificates of the parties that a device of this type shall trust. */
  TrustAnchors anchors(DeviceType type, Eui64 device);

  /** How keys made here are read from a device's memory; new ones are made here too. */
  default DeviceKeys.Reader keysInMemory() {
    return SoftwareDeviceKeys.reader(this::makeKeys);
  }
}
