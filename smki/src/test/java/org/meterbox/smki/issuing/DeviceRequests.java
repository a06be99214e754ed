// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.issuing;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Base64;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.profile.CertificateSubject;
import org.meterbox.smki.profile.KeyUse;

/** Requests as a factory line makes them: one key and request for each device and use. */
public final class DeviceRequests {
  private DeviceRequests() {}

  /** A device's request, signed by the key that it presents. */
  public static Octets csr(Eui64 device, KeyUse use, KeyPair pair) {
    return SigningRequests.write(
        new CertificateSubject.Device(device), use, SoftwareSigningKey.of(pair));
  }

  /** A batch file for this many devices from the first one on, two requests each. */
  public static void writeFile(Path file, Eui64 first, int devices, SecureRandom random)
      throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
      writer.write("# " + devices + " devices\n");
      for (int i = 0; i < devices; i++) {
        Eui64 device = new Eui64(first.value() + i);
        for (KeyUse use : new KeyUse[] {KeyUse.DIGITAL_SIGNATURE, KeyUse.KEY_AGREEMENT}) {
          Octets csr = csr(device, use, P256.generate(random));
          writer.write(Base64.getEncoder().encodeToString(csr.toArray()));
          writer.write('\n');
        }
      }
    }
  }
}
