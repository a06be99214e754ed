// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.intake;

import java.util.List;
import java.util.Optional;
import org.meterbox.dsp.delivery.Notice;
import org.meterbox.dsp.requests.CommandForDevice;
import org.meterbox.dsp.requests.RequestState;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.UserRole;
import org.meterbox.kernel.catalogue.ResponseCode;

/** What the DSP makes of an authentic request. */
sealed interface Outcome {
  /**
   * It goes on, or is answered already.
   *
   * @param code the synchronous answer's response code
   * @param data the synchronous answer's content
   * @param state where the request stands from now on
   * @param command what was made for the device
   * @param notices what is pushed to the user beside the answer
   */
  record Accepted(
      ResponseCode code,
      ResponseData data,
      RequestState state,
      Optional<UserRole> role,
      Optional<DeviceType> deviceType,
      Optional<CommandForDevice> command,
      List<Notice> notices)
      implements Outcome {}

  /**
   * It is turned down.
   *
   * @param rule why, for audit and operators; no personal data
   */
  record Refused(ResponseCode code, String rule) implements Outcome {}

  /**
   * The code for refusals for which no public document names one. The schema has it; its meaning is
   * not public.
   */
  ResponseCode UNNAMED = ResponseCode.find("E100").orElseThrow();

  /** A refusal for which no public document names a code. */
  static Refused unnamed(String rule) {
    return new Refused(UNNAMED, rule);
  }
}
