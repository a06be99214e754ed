// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.requests;

import java.util.Map;
import java.util.Optional;
import org.meterbox.kernel.catalogue.DccAlertCode;
import org.meterbox.kernel.catalogue.ResponseCode;

/** What a code of DUIS means, and what a user does next. */
public final class NextStep {
  /** The code for a device that answered and did not do what was asked. */
  public static final String DEVICE_REFUSED = "DEVICE-REFUSED";

  /** The code for a device's message that MAC or signature refute. */
  public static final String NOT_AUTHENTIC = "NOT-AUTHENTIC";

  /** The code for a Pre-Command that is not what was asked. */
  public static final String PRE_COMMAND_MISMATCH = "PRE-COMMAND-MISMATCH";

  /** The code for a gateway that could not be reached for too long. */
  public static final String GATEWAY_UNREACHABLE = "GATEWAY-UNREACHABLE";

  /** The code for an answer of the gateway that is no signed DUIS response. */
  public static final String GATEWAY_ANSWER = "GATEWAY-ANSWER";

  /** The code for a message of the DSP that could not be read in all attempts. */
  public static final String UNREADABLE = "UNREADABLE";

  private static final String READ_BACK =
      "Whether the device did it is not known: read the value back, then repeat only if it was not"
          + " done.";

  private static final String CHECK_DELIVERY =
      "Wait (a gas meter sleeps up to 30 minutes), check the hub with 8.2, then repeat; after three"
          + " times in 48 hours raise an incident.";

  private static final String FOLLOW_HELD =
      "This is expected at a change of supplier, a change of tenancy or a removal; otherwise send"
          + " the request again.";

  private static final String QUARANTINED =
      "A second person decides in the Self-Service Interface: release the request or delete it.";

  private static final Map<String, String> STEPS =
      Map.ofEntries(
          Map.entry("E1", "Check the user's signing certificate and that it may send; correct it."),
          Map.entry("E2", "Send it as a user whose role may use this service (GET /v1/services)."),
          Map.entry("E3", "Ask the DCC about the status of this user."),
          Map.entry("E4", "Check the registration and the inventory (8.2); do not simply repeat."),
          Map.entry("E5", "Read the device's status with 8.2 and bring it there first."),
          Map.entry("E11", "Address a device of a type that the service is for."),
          Map.entry("E12", "Choose another delivery: wan, local or both."),
          Map.entry("E13", "Report it: the adapter chose the wrong web service."),
          Map.entry("E17", "Send it over the WAN: the service is not available locally."),
          Map.entry("E19", "Check the device's identifier; pre-notify the device (12.2) if new."),
          Map.entry("E20", CHECK_DELIVERY),
          Map.entry("E21", READ_BACK),
          Map.entry("E30", "Read the setting back after its time."),
          Map.entry("E31", "Read on demand; after three misses examine the installation."),
          Map.entry("E40", "Find the member of the sequence that failed and start again there."),
          Map.entry("E41", "Send the preceding request, then this one again."),
          Map.entry("N10", "Read the setting back after its time."),
          Map.entry("N11", "Read on demand; after three misses examine the installation."),
          Map.entry("N12", CHECK_DELIVERY),
          Map.entry("N53", CHECK_DELIVERY),
          Map.entry("N13", READ_BACK),
          Map.entry("N14", "Find the member of the sequence that failed and start again there."),
          Map.entry("N15", "Send the preceding request, then this one again."),
          Map.entry("N25", "Check power, distance and install code of the device; repeat 8.11."),
          Map.entry("N3", FOLLOW_HELD),
          Map.entry("N7", FOLLOW_HELD),
          Map.entry("N33", FOLLOW_HELD),
          Map.entry("N34", FOLLOW_HELD),
          Map.entry("N36", FOLLOW_HELD),
          Map.entry("N46", QUARANTINED),
          Map.entry("N47", QUARANTINED),
          Map.entry("N48", QUARANTINED),
          Map.entry("8F67", "Read the setting; send the command again with a new time."),
          Map.entry("8F85", "The device does not know this command: use another service."),
          Map.entry(
              DEVICE_REFUSED, "Read the cause in the result, correct the values, send again."),
          Map.entry(
              NOT_AUTHENTIC, "Do not use the content; check the device's certificates (8.2)."),
          Map.entry(
              PRE_COMMAND_MISMATCH,
              "Nothing was signed or sent. Report the differences to the DCC; do not repeat."),
          Map.entry(
              GATEWAY_UNREACHABLE,
              "Check network and TLS keys. The DSP may have taken it: read back before repeating."),
          Map.entry(
              UNREADABLE,
              "Start the adapter with its log at hand, report the fault; read the value back."),
          Map.entry(
              GATEWAY_ANSWER,
              "Check the gateway's address and the trusted certificates, then read back."));

  private NextStep() {}

  /** What to do next after this code. */
  public static String of(String code) {
    Optional<String> known = Optional.ofNullable(STEPS.get(code));
    return known.orElse(
        "Look up the code in the DUIS Response Codes, correct the request and send it again.");
  }

  /** What a code means, where that is public. */
  public static Optional<String> meaning(String code) {
    return switch (code) {
      case DEVICE_REFUSED -> Optional.of("the device answered that it did not do what was asked");
      case NOT_AUTHENTIC -> Optional.of("MAC or signature refute the device's message");
      case PRE_COMMAND_MISMATCH -> Optional.of("the Pre-Command is not what was asked");
      case GATEWAY_UNREACHABLE -> Optional.of("the gateway could not be reached");
      case GATEWAY_ANSWER -> Optional.of("the gateway's answer is no signed DUIS response to it");
      case UNREADABLE -> Optional.of("a message of the DSP could not be read in all attempts");
      default ->
          ResponseCode.find(code)
              .flatMap(ResponseCode::meaning)
              .or(() -> DccAlertCode.find(code).flatMap(DccAlertCode::title));
    };
  }
}
