// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.transform;

import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterbox.app.keys.KeyFiles;
import org.meterbox.dsp.commands.CommandFacts;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.transform.TranslationContext.NamedDevice;
import org.meterbox.transform.TranslationContext.StoredLog;

/**
 * What the command policy has to know, from files and options.
 *
 * @param devices of the inventory
 * @param keys whose certificates are the SMKI Repository's
 * @param deviceLogs the last log of each hub part
 * @param customerNumber four ASCII digits, for every request
 */
record FileFacts(
    KnownDevices devices, KeyFiles keys, Map<Eui64, StoredLog> deviceLogs, Octets customerNumber)
    implements CommandFacts {
  /** Copies the map. */
  FileFacts {
    deviceLogs = Map.copyOf(deviceLogs);
  }

  @Override
  public Optional<NamedDevice> device(Eui64 id) {
    return devices
        .find(id)
        .map(known ->
            new NamedDevice(
                known.type(), Optional.ofNullable(keys.agreementCertificates().get(id))));
  }

  @Override
  public Optional<StoredLog> deviceLog(Eui64 hubPart) {
    return Optional.ofNullable(deviceLogs.get(hubPart));
  }

  @Override
  public Octets customerIdentificationNumber(MessageId request) {
    return customerNumber;
  }

  /** Published requests bring certificates that were renewed since, so any is taken. */
  @Override
  public boolean isAgreementCertificateOf(Eui64 user, Octets certificate) {
    return true;
  }

  @Override
  public List<ECPublicKey> commandSigningKeys(Eui64 organisation, RemotePartyRole role) {
    return keys.keys().signingKey(organisation).stream().toList();
  }
}
