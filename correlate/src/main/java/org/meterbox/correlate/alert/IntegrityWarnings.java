// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.alert;

import java.util.List;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.kernel.Octets;

/** What is wrong with a meter's integrity (alert 81A0). */
final class IntegrityWarnings {
  private static final List<String> WORDS =
      List.of(
          "Other",
          "Error Non Volatile Memory",
          "Error Program Execution",
          "Error Program Storage",
          "Error RAM",
          "Error Unexpected Hardware Reset",
          "Error Watchdog",
          "Error Metrology Firmware Verification Failure",
          "Error Measurement Fault",
          "Unspecified Smart Meter Operational Integrity Error");

  private IntegrityWarnings() {}

  static void write(Octets issue, MmcWriter out) throws UnexpectedContentException {
    write((issue.at(0) << 8) | issue.at(1), out);
  }

  static void write(int issue, MmcWriter out) throws UnexpectedContentException {
    if (issue >= WORDS.size()) {
      throw new UnexpectedContentException("expected an integrity issue from 0 to 9");
    }
    out.open("SmartMeterIntegrityIssueWarningDeviceAlert").leaf("Warning", WORDS.get(issue));
    out.close();
  }
}
