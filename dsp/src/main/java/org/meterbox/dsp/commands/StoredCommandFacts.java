// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.commands;

import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Optional;
import org.meterbox.dsp.certificates.TrustedCertificates;
import org.meterbox.dsp.inventory.DeviceLogs;
import org.meterbox.dsp.inventory.Inventory;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.transform.TranslationContext.NamedDevice;
import org.meterbox.transform.TranslationContext.StoredLog;

/** What the running DSP knows: its inventory, its tables, the SMKI Repository. */
public final class StoredCommandFacts implements CommandFacts {
  private final Inventory inventory;
  private final TrustedCertificates certificates;
  private final DeviceLogs deviceLogs;
  private final CustomerNumbers customerNumbers;

  /** Facts from these places. */
  public StoredCommandFacts(
      Inventory inventory,
      TrustedCertificates certificates,
      DeviceLogs deviceLogs,
      CustomerNumbers customerNumbers) {
    this.inventory = inventory;
    this.certificates = certificates;
    this.deviceLogs = deviceLogs;
    this.customerNumbers = customerNumbers;
  }

  @Override
  public Optional<NamedDevice> device(Eui64 id) {
    return inventory
        .find(id)
        .map(device -> new NamedDevice(device.type(), certificates.deviceAgreementCertificate(id)));
  }

  @Override
  public Optional<StoredLog> deviceLog(Eui64 hubPart) {
    return deviceLogs.find(hubPart);
  }

  @Override
  public Octets customerIdentificationNumber(MessageId request) {
    return customerNumbers.of(request);
  }

  @Override
  public boolean isAgreementCertificateOf(Eui64 user, Octets certificate) {
    return certificates.isAgreementCertificateOf(user, certificate);
  }

  @Override
  public List<ECPublicKey> commandSigningKeys(Eui64 organisation, RemotePartyRole role) {
    return certificates.commandSigningKeys(organisation, role);
  }
}
