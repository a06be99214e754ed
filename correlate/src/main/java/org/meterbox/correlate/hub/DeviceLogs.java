// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.hub;

import static org.meterbox.correlate.content.DlmsContent.array;
import static org.meterbox.correlate.content.DlmsContent.integer;
import static org.meterbox.correlate.content.DlmsContent.octets;
import static org.meterbox.correlate.content.DlmsContent.structure;

import java.util.List;
import java.util.Optional;
import org.meterbox.correlate.content.DlmsAnswers;
import org.meterbox.correlate.content.DlmsTimes;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.kernel.Eui64;

/** Which devices are on the hub's home network. */
public final class DeviceLogs {
  private DeviceLogs() {}

  /**
   * The communications of each device (CCS06, and CCS05/CCS04 of older hubs): fourteen parts, of
   * which MMC shows address, last communication and average signal strength.
   */
  public static void communications(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(1);
    out.open("CHFDeviceLog");
    Optional<DlmsValue> read = answers.value(0);
    if (read.isPresent()) {
      for (DlmsValue device : array(read.get())) {
        List<DlmsValue> parts = structure(device, 14);
        out.open("CHFDeviceLogEntry").leaf("DeviceID", eui(parts.get(0)));
        out.leaf("LastCommunicationsDateTime", DlmsTimes.dateTime(parts.get(8)));
        out.leaf("SubGHzLinkQuality", integer(parts.get(3))).close();
      }
    }
    out.close();
  }

  /** The devices connected now and before (CCS07): two backups of the network. */
  public static void connected(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(2);
    out.open("CHFConnectedDeviceLog");
    backup(answers.value(0), "CHFCurrentConnectedDeviceLogEntry", out);
    backup(answers.value(1), "CHFHistoricConnectedDeviceLogEntry", out);
    out.close();
  }

  /** Time, identifier of the network, and each device with the hash of its link key. */
  private static void backup(Optional<DlmsValue> read, String element, MmcWriter out)
      throws UnexpectedContentException {
    if (read.isPresent()) {
      for (DlmsValue device : array(structure(read.get(), 3).get(2))) {
        List<DlmsValue> parts = structure(device, 2);
        out.open(element).leaf("DeviceID", eui(parts.get(0)));
        out.leaf("DeviceSecurityDetails", octets(parts.get(1)).hex()).close();
      }
    }
  }

  private static String eui(DlmsValue value) throws UnexpectedContentException {
    return Eui64.parse(octets(value, Eui64.OCTETS).hex()).dashed();
  }
}
