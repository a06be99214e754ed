// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.broker;

import java.security.cert.X509Certificate;
import java.util.Map;
import org.meterbox.crypto.AgreementKey;
import org.meterbox.crypto.SigningKey;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;

/**
 * The keys of the DCC Data Systems. They are used where they are kept.
 *
 * @param id the Access Control Broker's identifier, which is also that of the DSP
 * @param agreement with whose public half every device is made
 * @param documentSigning signs what goes to users
 * @param documentSigningCertificate its certificate (role DSP XML signing)
 * @param commandSigners the DCC's parties that sign commands, by the role in their certificates:
 *     the Access Control Broker and the change of supplier party
 */
public record BrokerKeys(
    Eui64 id,
    AgreementKey agreement,
    SigningKey documentSigning,
    X509Certificate documentSigningCertificate,
    Map<RemotePartyRole, CommandSigner> commandSigners) {

  /**
   * A party of the DCC that signs commands.
   *
   * @param party its identifier
   * @param key signs in the party's name
   */
  public record CommandSigner(Eui64 party, SigningKey key) {}

  /** Copies the map. */
  public BrokerKeys {
    commandSigners = Map.copyOf(commandSigners);
  }
}
