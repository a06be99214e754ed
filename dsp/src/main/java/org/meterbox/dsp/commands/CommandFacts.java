// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.commands;

import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Optional;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.transform.TranslationContext.NamedDevice;
import org.meterbox.transform.TranslationContext.StoredLog;

/**
 * What the command policy has to know and a request does not say. The running DSP reads it from its
 * inventory, its tables and the SMKI Repository, the command line from files.
 */
public interface CommandFacts {
  /** A device that a request names beside the one it is addressed to, where it is known. */
  Optional<NamedDevice> device(Eui64 id);

  /** The last device log that a Communications Hub Function or Gas Proxy Function reported. */
  Optional<StoredLog> deviceLog(Eui64 hubPart);

  /**
   * Four ASCII digits for the customer's display; the same again for the same request.
   *
   * @param request the Request ID
   */
  Octets customerIdentificationNumber(MessageId request);

  /** Whether these octets (DER) are a key agreement certificate of the user that is in use. */
  boolean isAgreementCertificateOf(Eui64 user, Octets certificate);

  /** The keys with which an organisation in this role may sign commands. */
  List<ECPublicKey> commandSigningKeys(Eui64 organisation, RemotePartyRole role);
}
