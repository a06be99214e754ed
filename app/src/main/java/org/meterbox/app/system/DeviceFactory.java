// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.system;

import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.meterbox.devices.premises.Factory;
import org.meterbox.devices.security.KeyUse;
import org.meterbox.devices.security.SoftwareDeviceKeys;
import org.meterbox.devices.security.TrustAnchorCell;
import org.meterbox.devices.security.TrustAnchors;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.issuing.CertificateIssuer;
import org.meterbox.smki.issuing.CertificateRequest;
import org.meterbox.smki.issuing.Issuance;
import org.meterbox.smki.profile.CellUsage;

/**
 * Makes devices: fresh keys, certificates from the SMKI, and in their trust anchor cells the
 * certificates of the parties that serve the premises.
 */
final class DeviceFactory implements Factory {
  private final CertificateIssuer issuer;
  private final Identities identities;
  private final X509Certificate root;
  private final SecureRandom random;

  /**
   * A factory.
   *
   * @param root the root of the organisations' certificates
   */
  DeviceFactory(
      CertificateIssuer issuer, Identities identities, X509Certificate root, SecureRandom random) {
    this.issuer = issuer;
    this.identities = identities;
    this.root = root;
    this.random = random;
  }

  @Override
  public SoftwareDeviceKeys makeKeys() {
    return SoftwareDeviceKeys.generate(random);
  }

  @Override
  public Octets certify(Eui64 device, KeyUse use, ECPublicKey key) {
    Eui64 manufacturer = Participant.SUPPLIER_1.id();
    CertificateRequest request = CertificateRequest.device(manufacturer, device, smki(use), key);
    return switch (issuer.issue(request)) {
      case Issuance.Issued(var record, var _) -> record.der();
      case Issuance.Refused(var rule, var reason) ->
          throw new IllegalStateException(
              String.format(
                  Locale.ROOT,
                  "the SMKI refuses a certificate for %s: %s, %s",
                  device,
                  rule,
                  reason));
    };
  }

  @Override
  public TrustAnchors anchors(DeviceType type, Eui64 device) {
    Map<TrustAnchorCell, Octets> cells = new HashMap<>();
    cells.put(TrustAnchorCell.of(RemotePartyRole.ROOT, KeyUse.KEY_CERT_SIGN), der(root));
    sign(cells, CentralParties.RECOVERY, RemotePartyRole.RECOVERY);
    Eui64 broker = CentralParties.ACCESS_CONTROL_BROKER;
    agree(cells, broker, RemotePartyRole.ACCESS_CONTROL_BROKER);
    switch (type) {
      case CHF -> {
        sign(cells, broker, RemotePartyRole.ACCESS_CONTROL_BROKER);
        sign(cells, CentralParties.WAN_PROVIDER, RemotePartyRole.WAN_PROVIDER);
      }
      case ESME, GSME, GPF -> {
        sign(cells, CentralParties.TRANSITIONAL_COS, RemotePartyRole.TRANSITIONAL_COS);
        serve(cells, Participant.SUPPLIER_1);
        serve(cells, Participant.NETWORK_OPERATOR);
        topUp(cells, Participant.SUPPLIER_1);
        if (type == DeviceType.ESME) {
          serve(cells, Participant.LOAD_CONTROLLER);
        }
      }
      case PPMID, HCALCS -> sign(cells, broker, RemotePartyRole.ACCESS_CONTROL_BROKER);
      case IHD, CAD -> cells.clear();
    }
    return TrustAnchors.ofCertificates(cells);
  }

  private void serve(Map<TrustAnchorCell, Octets> cells, Participant participant) {
    sign(cells, participant.id(), participant.partyRole());
    agree(cells, participant.id(), participant.partyRole());
  }

  private void sign(Map<TrustAnchorCell, Octets> cells, Eui64 party, RemotePartyRole role) {
    cells.put(
        TrustAnchorCell.of(role, KeyUse.DIGITAL_SIGNATURE),
        der(
            identities.certificate(
                party, role, smki(KeyUse.DIGITAL_SIGNATURE), CellUsage.MANAGEMENT)));
  }

  private void agree(Map<TrustAnchorCell, Octets> cells, Eui64 party, RemotePartyRole role) {
    cells.put(
        TrustAnchorCell.of(role, KeyUse.KEY_AGREEMENT),
        der(identities.certificate(party, role, smki(KeyUse.KEY_AGREEMENT), CellUsage.MANAGEMENT)));
  }

  private void topUp(Map<TrustAnchorCell, Octets> cells, Participant supplier) {
    cells.put(
        new TrustAnchorCell(
            supplier.partyRole(), KeyUse.KEY_AGREEMENT, TrustAnchorCell.Purpose.PREPAYMENT_TOP_UP),
        der(
            identities.certificate(
                supplier.id(),
                supplier.partyRole(),
                smki(KeyUse.KEY_AGREEMENT),
                CellUsage.PREPAYMENT_TOP_UP)));
  }

  private static org.meterbox.smki.profile.KeyUse smki(KeyUse use) {
    return switch (use) {
      case DIGITAL_SIGNATURE -> org.meterbox.smki.profile.KeyUse.DIGITAL_SIGNATURE;
      case KEY_AGREEMENT -> org.meterbox.smki.profile.KeyUse.KEY_AGREEMENT;
      case KEY_CERT_SIGN -> org.meterbox.smki.profile.KeyUse.CERTIFICATE_SIGNING;
    };
  }

  private static Octets der(X509Certificate certificate) {
    try {
      return Octets.of(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate cannot be written", e);
    }
  }
}
