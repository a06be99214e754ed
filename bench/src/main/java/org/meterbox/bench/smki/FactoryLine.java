// SPDX-License-Identifier: Apache-2.0
package org.meterbox.bench.smki;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.kernel.Eui64;
import org.meterbox.smki.issuing.SigningRequests;
import org.meterbox.smki.profile.CertificateSubject;
import org.meterbox.smki.profile.KeyUse;

/** Writes the batch file of a factory line: two requests for each device. */
final class FactoryLine {
  private static final int DEVICES_AT_ONCE = 1000;

  private FactoryLine() {}

  static void write(Path file, Eui64 first, int devices, SecureRandom random) throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
      for (int from = 0; from < devices; from += DEVICES_AT_ONCE) {
        List<String> lines =
            IntStream.range(from, Math.min(devices, from + DEVICES_AT_ONCE))
                .parallel()
                .mapToObj(i -> lines(new Eui64(first.value() + i), random))
                .toList();
        for (String line : lines) {
          writer.write(line);
        }
      }
    }
  }

  private static String lines(Eui64 device, SecureRandom random) {
    return line(device, KeyUse.DIGITAL_SIGNATURE, random)
        + line(device, KeyUse.KEY_AGREEMENT, random);
  }

  private static String line(Eui64 device, KeyUse use, SecureRandom random) {
    byte[] csr =
        SigningRequests.write(
                new CertificateSubject.Device(device),
                use,
                SoftwareSigningKey.of(P256.generate(random)))
            .toArray();
    return Base64.getEncoder().encodeToString(csr) + "\n";
  }
}
