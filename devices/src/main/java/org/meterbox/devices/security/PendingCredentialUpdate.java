// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.security;

import java.time.Instant;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;

/**
 * A replacement of credentials that waits for its time (GBCS CS02b, CS02g).
 *
 * @param at when it is to be carried out
 * @param code the command's use case: one command waits for each
 * @param originator who sent the command and receives its outcome
 * @param sender the role in which it was sent
 * @param payload the command's payload as it was received
 */
public record PendingCredentialUpdate(
    Instant at, MessageCode code, Eui64 originator, RemotePartyRole sender, Octets payload) {}
