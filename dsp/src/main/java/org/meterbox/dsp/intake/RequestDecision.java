// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.intake;

import java.util.List;
import java.util.Optional;
import org.meterbox.dsp.access.Refusal;
import org.meterbox.dsp.estate.Consequence;
import org.meterbox.dsp.inventory.Device;
import org.meterbox.dsp.requests.RequestState;
import org.meterbox.dsp.requests.StoredRequest.SequencePlace;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.UserRole;
import org.meterbox.kernel.catalogue.ResponseCode;

/** What is to be done with an authentic request. */
sealed interface RequestDecision {
  /** It is turned down. */
  record Refused(Refusal refusal) implements RequestDecision {}

  /**
   * The DSP answers it by itself.
   *
   * @param changes what is stored with it
   * @param consequences what is stored and told with it in the estate of devices
   */
  record AnsweredByDsp(
      ResponseCode code, ResponseData data, List<DspChange> changes, List<Consequence> consequences)
      implements RequestDecision {
    /** Keeps unchangeable copies. */
    public AnsweredByDsp {
      changes = List.copyOf(changes);
      consequences = List.copyOf(consequences);
    }

    /** An answer that changes nothing in the estate of devices. */
    AnsweredByDsp(ResponseCode code, ResponseData data, List<DspChange> changes) {
      this(code, data, changes, List.of());
    }
  }

  /**
   * A command is made for the device now.
   *
   * @param use what is done with it
   * @param role the role in which access was granted
   * @param preCommand the Pre-Command that the user was given, where the request brings it signed
   * @param place its place in a sequence
   */
  record CommandNeeded(
      CommandUse use,
      Device device,
      UserRole role,
      Optional<Octets> preCommand,
      Optional<SequencePlace> place)
      implements RequestDecision {}

  /**
   * It is accepted, and no command is made for it now.
   *
   * @param state where it stands: it is held, it waits, or its sequence has failed already
   */
  record NotYet(
      RequestState state, UserRole role, DeviceType deviceType, Optional<SequencePlace> place)
      implements RequestDecision {}

  /** What is done with a command. */
  enum CommandUse {
    /** It goes to the user, to be checked and signed. */
    PRE_COMMAND,
    /** It goes over the SM WAN. */
    SEND,
    /** It goes to the user, for local delivery. */
    GIVE_BACK,
    /** Both. */
    SEND_AND_GIVE_BACK
  }
}
