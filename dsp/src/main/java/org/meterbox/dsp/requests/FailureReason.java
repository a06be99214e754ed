// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

import java.util.Optional;
import org.meterbox.dsp.requests.CommandState.CommandFailure;
import org.meterbox.kernel.catalogue.DccAlertCode;
import org.meterbox.kernel.catalogue.ResponseCode;

/**
 * How a request that was accepted can come to nothing, with what its sender is told. Which of E42
 * to E48 goes with which alert is not public: they are paired in the order of their numbers.
 */
public enum FailureReason {
  /** The SM WAN could not bring the command to the device. */
  NOT_DELIVERED("E20", "N12"),
  /** The device had the command and did not answer. */
  NO_RESPONSE("E21", "N13"),
  /** Not every alert about a future dated command came in time. */
  OUTCOME_MISSING("E30", "N10"),
  /** What the DSP held or scheduled was carried out and failed. */
  HELD_REQUEST_FAILED("E31", "N11"),
  /** The request before it in its sequence came to nothing. */
  PREDECESSOR_FAILED("E40", "N14"),
  /** The request before it in its sequence did not come, or was out of order. */
  PREDECESSOR_MISSING("E41", "N15"),
  /** When a DSP schedule ran, its owner was not entitled any more. */
  SCHEDULE_NOT_ENTITLED("E46", "N35"),
  /** When a held request's time came, its sender was not entitled any more. */
  HELD_NOT_ENTITLED("E47", "N36"),
  /** The device does not know the command. Its own alert (8F85) tells the sender. */
  UNSUPPORTED_BY_DEVICE;

  private final String code;
  private final String alert;

  FailureReason() {
    this("", "");
  }

  FailureReason(String code, String alert) {
    this.code = code;
    this.alert = alert;
  }

  /** What the sender is told by a DCC Alert; none where something else tells it. */
  public Optional<FailureReport> report() {
    return FailureReport.of(code, alert);
  }

  /**
   * The reason when a command of a request has failed.
   *
   * @param heldByDsp whether the DSP held the request until a time or a schedule made it
   */
  public static FailureReason of(CommandFailure failure, boolean heldByDsp) {
    if (heldByDsp) {
      return HELD_REQUEST_FAILED;
    }
    return switch (failure) {
      case NOT_DELIVERED -> NOT_DELIVERED;
      case NO_RESPONSE -> NO_RESPONSE;
    };
  }

  /**
   * What a DCC Alert of the category Command Failure says.
   *
   * @param code the response code in its header
   * @param alert its own code
   */
  public record FailureReport(ResponseCode code, DccAlertCode alert) {
    /** Empty where the codes are. */
    static Optional<FailureReport> of(String code, String alert) {
      return code.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new FailureReport(
                  ResponseCode.find(code).orElseThrow(), DccAlertCode.find(alert).orElseThrow()));
    }
  }
}
