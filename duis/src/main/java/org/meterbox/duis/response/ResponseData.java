// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.response;

import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.Octets;

/** What a ResponseMessage carries beside the reference of the service (DUIS, ResponseMessage). */
public sealed interface ResponseData {

  /** Nothing: an acknowledgement, a refusal, or success without a result. */
  record Nothing() implements ResponseData {}

  /**
   * A device's answer.
   *
   * @param gbcsPayload the whole GBCS response as the device sent it
   */
  record DeviceResponse(Octets gbcsPayload) implements ResponseData {}

  /**
   * The translation of a critical request, for the user to check and sign.
   *
   * @param gbcsVersion the GBCS version of the command, for example 4.2
   * @param gbcsPayload the GBCS command without signature and MAC
   */
  record PreCommand(String gbcsVersion, Octets gbcsPayload) implements ResponseData {}

  /**
   * A command for local delivery.
   *
   * @param gbcsPayload the GBCS command, ready to be given to the device
   */
  record LocalCommand(Octets gbcsPayload) implements ResponseData {}

  /**
   * What a device reports when the time of a future dated command has come.
   *
   * @param alertCode 8F66 (carried out) or 8F67 (failed)
   * @param gbcsPayload the GBCS alert
   * @param instructionNumber which instruction of the command, from 1 to 65535
   * @param totalInstructions how many instructions the command has, up to 65535
   */
  record FutureDatedDeviceAlert(
      int alertCode, Octets gbcsPayload, int instructionNumber, int totalInstructions)
      implements ResponseData {}

  /**
   * A device's answer to a run of a DSP schedule.
   *
   * @param gbcsPayload the whole GBCS response
   * @param scheduleId the schedule
   */
  record ScheduledResponse(Octets gbcsPayload, long scheduleId) implements ResponseData {}

  /**
   * The DSP made a schedule.
   *
   * @param scheduleId its identifier
   */
  record ScheduleCreated(long scheduleId) implements ResponseData {}

  /**
   * A device's answer with the number that its display shows.
   *
   * @param gbcsPayload the whole GBCS response
   * @param customerIdentificationNumber four digits
   */
  record CustomerIdentification(Octets gbcsPayload, String customerIdentificationNumber)
      implements ResponseData {
    /** The number identifies a customer and is not shown. */
    @Override
    public String toString() {
      return "CustomerIdentification";
    }
  }

  /**
   * The result of a non-device request as the schema lays it out: DSPInventory, DSPSchedulesRead,
   * DSPOptIn, DSPWANMatrix, DSPUpdateFirmwareWarning or DSPUpdatePPMIDFirmwareWarning.
   *
   * @param element that element
   */
  record DspResult(XmlElement element) implements ResponseData {}
}
