// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

import java.util.Optional;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.devices.security.KeyUse;
import org.meterbox.devices.security.PartyCertificate;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;

/** Makes messages of what a device wants to tell, each under a counter of the device's own. */
final class Alerting {
  /**
   * Alerts that a device keeps at most, beside its answers: whoever sends it rubbish without end
   * must not fill its memory. What is left out stands in its logs.
   */
  static final int MAX_WAITING = 16;

  /** Messages up to which alerts by other causes are kept: below what makes a device busy. */
  static final int MAX_KEPT = DeviceState.MAX_UNACKNOWLEDGED - 4;

  private Alerting() {}

  /** The state in which the alert is kept to be sent; unchanged where it cannot be. */
  static <F> DeviceState<F> raise(DeviceState<F> state, AlertDraft draft, int limit) {
    KeyUse use = draft.critical() ? KeyUse.DIGITAL_SIGNATURE : KeyUse.KEY_AGREEMENT;
    Optional<PartyCertificate> addressee =
        state.anchors().of(draft.recipient(), use).or(() -> anyOf(state, draft));
    Optional<Eui64> recipient =
        draft.addressee().or(() -> addressee.flatMap(PartyCertificate::subject));
    if (recipient.isEmpty() || state.unacknowledged().size() >= limit) {
      return state;
    }
    DeviceState<F> counted = state.withNextOwnCounter();
    GroupingHeader header =
        GroupingHeader.of(
            CraFlag.ALERT,
            new MessageId(state.id(), recipient.get(), counted.lastOwnCounter()),
            new OtherInformation.CodeOnly(draft.code()));
    // Who does not hold the cell is told nothing that only the holder may read.
    Optional<SharedSecret> reader =
        draft.addressee().isPresent()
            ? Optional.empty()
            : state
                .anchors()
                .of(draft.recipient(), KeyUse.KEY_AGREEMENT)
                .map(certificate -> state.keys().secrets().with(certificate.key()));
    Octets payload = draft.payload().write(header, reader);
    return counted.withOutgoing(
        draft.critical()
            ? MessageProtection.signedAlert(header, payload, state.keys().signing()).encode()
            : MessageProtection.macedAlert(
                    header, payload, state.keys().secrets().with(addressee.orElseThrow().key()))
                .encode());
  }

  /** Whom a signed alert is for stands in any of the party's certificates. */
  private static Optional<PartyCertificate> anyOf(DeviceState<?> state, AlertDraft draft) {
    return draft.critical()
        ? state.anchors().of(draft.recipient(), KeyUse.KEY_AGREEMENT)
        : Optional.empty();
  }
}
