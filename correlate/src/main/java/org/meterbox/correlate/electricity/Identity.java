// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.electricity;

import static org.meterbox.correlate.content.DlmsContent.octets;

import java.util.Optional;
import org.meterbox.correlate.content.DlmsAnswers;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.dlms.DlmsValue;

/** What a device says of itself. */
public final class Identity {
  private static final int FIRMWARE_VERSION_OCTETS = 4;

  private Identity() {}

  /** The firmware version (ECS52): four octets, shown as eight hexadecimal digits. */
  public static void firmwareVersion(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(1);
    Optional<DlmsValue> version = answers.value(0);
    if (version.isPresent()) {
      out.leaf("FirmwareVersion", octets(version.get(), FIRMWARE_VERSION_OCTETS).hex());
    }
  }
}
