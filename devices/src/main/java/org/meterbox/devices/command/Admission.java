// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.command;

import java.security.interfaces.ECPublicKey;
import java.util.Optional;
import org.meterbox.gbcs.catalogue.UseCase;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.kernel.RemotePartyRole;

/** What the checks before execution say. */
public sealed interface Admission {
  /**
   * The command may be carried out, if its payload fits.
   *
   * @param role the role in which its originator sent it, which is also whose counter it uses
   * @param signedAnswer whether the response is signed; else it carries a MAC
   * @param answerTo the agreement key for the MAC of the response; empty only where the originator
   *     has none
   * @param reader the agreement key of the party that may read sensitive content; empty where no
   *     such key is known
   */
  record Admitted(
      UseCase useCase,
      GroupedContent command,
      RemotePartyRole role,
      boolean signedAnswer,
      Optional<ECPublicKey> answerTo,
      Optional<ECPublicKey> reader)
      implements Admission {}

  /** The command is authentic, but this device does not know its use case. */
  record Unsupported(GroupedContent command) implements Admission {}

  /**
   * The command is authentic, but its counter does not exceed the last one carried out: somebody
   * replays it, or its sender could not know that it had arrived.
   */
  record CounterUsed(GroupedContent command) implements Admission {}

  /** The command gets no answer. */
  record Rejected(SecurityEvent event) implements Admission {}
}
