// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A request that the meter refuses with an alert and no response: a handover (6.21) goes out in the
 * name of the DCC, and the meter's supplier cell is the supplier's, not the DCC's.
 */
public final class RefusedHandover {
  private RefusedHandover() {}

  /** Writes the request to the first home's meter, with a certificate of a running system's. */
  public static Path write(Path folder, Path data) throws IOException {
    Path keys = folder.resolve("keys-for-handover");
    CommandRun export = CommandRun.of("keys", "export", keys.toString(), "--data", data.toString());
    if (export.exitCode() != 0) {
      throw new IOException(export.errors());
    }
    String certificate = certificate(keys);
    String example =
        Files.readString(Path.of("../docs/examples/read-supply-status.xml"))
            .replace(">7.4<", ">6.21<")
            .replace(
                "<sr:ReadSupplyStatus/>",
                "<sr:RequestHandoverOfDCCControlledDevice>"
                    + "<sr:RemotePartyRole>Supplier</sr:RemotePartyRole>"
                    + "<sr:RemotePartyFloorSeqNumber>1</sr:RemotePartyFloorSeqNumber>"
                    + "<sr:ReplacementCertificates><sr:DigitalSigningCertificate>"
                    + certificate
                    + "</sr:DigitalSigningCertificate></sr:ReplacementCertificates>"
                    + "<sr:CertificationPathCertificates><sr:Certificate>"
                    + certificate
                    + "</sr:Certificate></sr:CertificationPathCertificates>"
                    + "<sr:ApplyTimeBasedCPVChecks>false</sr:ApplyTimeBasedCPVChecks>"
                    + "</sr:RequestHandoverOfDCCControlledDevice>");
    return Files.writeString(folder.resolve("handover.xml"), example);
  }

  private static String certificate(Path keys) throws IOException {
    try (Stream<Path> files = Files.list(keys)) {
      Path first =
          files
              .filter(file -> file.getFileName().toString().endsWith(".pem"))
              .sorted()
              .findFirst()
              .orElseThrow();
      return Files.readString(first)
          .lines()
          .filter(line -> !line.startsWith("-"))
          .collect(Collectors.joining());
    }
  }
}
