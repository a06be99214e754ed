// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.devices;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.meterbox.conformance.ReferenceData;
import org.meterbox.crypto.AgreementKey;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.crypto.SharedSecrets;
import org.meterbox.crypto.SigningKey;
import org.meterbox.crypto.SoftwareAgreementKey;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.devices.security.DeviceKeys;
import org.meterbox.devices.security.KeyUse;
import org.meterbox.devices.security.TrustAnchorCell;
import org.meterbox.devices.security.TrustAnchors;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;

/**
 * The published keys. Those of the devices are not among them, but what a device shares with a
 * party follows from the party's private key as well.
 */
final class ReferenceKeys {
  private static final List<String> PARTIES =
      List.of("90b3d51f30000002", "90b3d51f30010000", "90b3d51f30020000", "90b3d51f30030000");

  private ReferenceKeys() {}

  /** The official certificates of supplier, network operator and broker in a device's cells. */
  static TrustAnchors anchors() {
    Map<TrustAnchorCell, Octets> cells = new HashMap<>();
    Map<RemotePartyRole, String> parties =
        Map.of(
            RemotePartyRole.SUPPLIER, "90b3d51f30010000",
            RemotePartyRole.NETWORK_OPERATOR, "90b3d51f30020000",
            RemotePartyRole.ACCESS_CONTROL_BROKER, "90b3d51f30000002");
    parties.forEach((role, id) -> {
      cells.put(TrustAnchorCell.of(role, KeyUse.DIGITAL_SIGNATURE), der(certificate(id + "-ds")));
      cells.put(TrustAnchorCell.of(role, KeyUse.KEY_AGREEMENT), der(certificate(id + "-ka")));
    });
    return TrustAnchors.ofCertificates(cells);
  }

  /** A device's keys: agreement by way of its peers, and a signing key of our own. */
  static DeviceKeys device(Eui64 id) {
    ECPublicKey own = publicKey(id.hex().toLowerCase(Locale.ROOT) + "-ka");
    Map<ECPublicKey, SoftwareAgreementKey> peers = new HashMap<>();
    for (String party : PARTIES) {
      ECPublicKey key = publicKey(party + "-ka");
      peers.put(
          key, new SoftwareAgreementKey(P256.privateKeyFromPkcs8(pem(party + "-ka.key")), key));
    }
    SharedSecrets secrets = new SharedSecrets(byWayOfPeers(own, peers), DeviceKeys.MAX_PEERS);
    SigningKey signing = SoftwareSigningKey.of(P256.generate(new SecureRandom()));
    return new DeviceKeys() {
      @Override
      public SigningKey signing() {
        return signing;
      }

      @Override
      public SharedSecrets secrets() {
        return secrets;
      }

      @Override
      public void write(OctetWriter image) {
        throw new UnsupportedOperationException("the devices' keys are not published");
      }
    };
  }

  private static AgreementKey byWayOfPeers(
      ECPublicKey own, Map<ECPublicKey, SoftwareAgreementKey> peers) {
    return new AgreementKey() {
      @Override
      public SharedSecret agree(ECPublicKey peer) {
        SoftwareAgreementKey party = peers.get(peer);
        if (party == null) {
          throw new IllegalArgumentException("not one of the published parties");
        }
        return party.agree(own);
      }

      @Override
      public ECPublicKey publicKey() {
        return own;
      }
    };
  }

  private static ECPublicKey publicKey(String name) {
    return P256.publicKey(certificate(name).getPublicKey());
  }

  private static X509Certificate certificate(String name) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(pem(name + ".pem")));
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Octets der(X509Certificate certificate) {
    try {
      return Octets.of(certificate.getEncoded());
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] pem(String file) {
    Path path = ReferenceData.path("rtds/keystore").resolve(file);
    try {
      String text = Files.readString(path, StandardCharsets.US_ASCII);
      String base64 = text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
      return Base64.getDecoder().decode(base64);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
