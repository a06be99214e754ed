// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.devices;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
import org.meterbox.devices.security.TrustAnchorCell.Purpose;
import org.meterbox.devices.security.TrustAnchors;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;

/**
 * The published keys. Those of the devices are not among them, but what a device shares with a
 * party follows from the party's private key as well.
 */
final class ReferenceKeys {
  private static final List<String> PARTIES =
      List.of(
          "90b3d51f30000002",
          "90b3d51f30010000",
          "90b3d51f30010000-pp",
          "90b3d51f30010008",
          "90b3d51f30020000",
          "90b3d51f30030000");

  private static final String SUPPLIER = "90b3d51f30010000";

  /**
   * The root of the published certificates is not published, but its public key follows from its
   * signature under its issuing authority's certificate. This is a certificate of that key, with
   * the root's name and key identifier; its own signature is another's, as a trust anchor's may be.
   */
  private static final String ROOT =
      "MIIBjzCCATWgAwIBAgIUDWrsgKjaji/tYOi8dgm7vc2Vx98wCgYIKoZIzj0EAwIwGjELMAkGA1UECwwC"
          + "MDAxCzAJBgNVBAMMAlpBMCAXDTI2MTEzMDA3MzAyNVoYDzIwNzYxMTE3MDczMDI1WjAaMQswCQYDVQQL"
          + "DAIwMDELMAkGA1UEAwwCWkEwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQGkeaLRcV+LseXTvbRNgpQ"
          + "2gFXbg7gs7TGf2QScSDmPzF3HMncvVrgB9DGFwlR1wNbzvyLH4GAXg/Q96VV3Mp4o1cwVTAPBgNVHRMB"
          + "Af8EBTADAQH/MA4GA1UdDwEB/wQEAwIBBjARBgNVHQ4ECgQISM8bMml8RmkwHwYDVR0jBBgwFoAU1D0n"
          + "s9Al8gygKW7ZGJvpfXwj15QwCgYIKoZIzj0EAwIDSAAwRQIhAOiuFsxE8J/UgCO3Ry4LfEDJJOqqGiHU"
          + "hxLqRc7sgEUNAiAaE9hWdNeAznouGnHeSg+YhqXScXd8pknRd+5qyM9oAw==";

  private ReferenceKeys() {}

  /** The official certificates in a meter's cells. */
  static TrustAnchors anchors() {
    return TrustAnchors.ofCertificates(officialCells());
  }

  /** As a gas proxy function leaves the factory: the broker stands in for supplier and network. */
  static TrustAnchors anchorsBeforeHandover() {
    Map<TrustAnchorCell, Octets> cells = officialCells();
    for (RemotePartyRole role :
        Set.of(RemotePartyRole.SUPPLIER, RemotePartyRole.NETWORK_OPERATOR)) {
      for (KeyUse use : Set.of(KeyUse.DIGITAL_SIGNATURE, KeyUse.KEY_AGREEMENT)) {
        TrustAnchorCell brokers = TrustAnchorCell.of(RemotePartyRole.ACCESS_CONTROL_BROKER, use);
        cells.put(TrustAnchorCell.of(role, use), Objects.requireNonNull(cells.get(brokers)));
      }
    }
    cells.put(
        new TrustAnchorCell(
            RemotePartyRole.SUPPLIER,
            KeyUse.KEY_AGREEMENT,
            TrustAnchorCell.Purpose.PREPAYMENT_TOP_UP),
        Objects.requireNonNull(
            cells.get(
                TrustAnchorCell.of(RemotePartyRole.ACCESS_CONTROL_BROKER, KeyUse.KEY_AGREEMENT))));
    return TrustAnchors.ofCertificates(cells);
  }

  private static Map<TrustAnchorCell, Octets> officialCells() {
    Map<TrustAnchorCell, Octets> cells = new HashMap<>();
    cells.put(
        TrustAnchorCell.of(RemotePartyRole.ROOT, KeyUse.KEY_CERT_SIGN),
        Octets.of(Base64.getDecoder().decode(ROOT)));
    Map<RemotePartyRole, String> parties =
        Map.of(
            RemotePartyRole.SUPPLIER, SUPPLIER,
            RemotePartyRole.NETWORK_OPERATOR, "90b3d51f30020000",
            RemotePartyRole.LOAD_CONTROLLER, "90b3d51f30010008",
            RemotePartyRole.ACCESS_CONTROL_BROKER, "90b3d51f30000002");
    parties.forEach((role, id) -> {
      cells.put(TrustAnchorCell.of(role, KeyUse.DIGITAL_SIGNATURE), certificateOf(id + "-ds"));
      cells.put(TrustAnchorCell.of(role, KeyUse.KEY_AGREEMENT), certificateOf(id + "-ka"));
    });
    cells.put(
        new TrustAnchorCell(
            RemotePartyRole.SUPPLIER, KeyUse.KEY_AGREEMENT, Purpose.PREPAYMENT_TOP_UP),
        certificateOf(SUPPLIER + "-pp-ka"));
    cells.put(
        TrustAnchorCell.of(RemotePartyRole.RECOVERY, KeyUse.DIGITAL_SIGNATURE),
        certificateOf("90b3d51f30000001-ds"));
    cells.put(
        TrustAnchorCell.of(RemotePartyRole.TRANSITIONAL_COS, KeyUse.DIGITAL_SIGNATURE),
        certificateOf("90b3d51f30000004-ds"));
    return cells;
  }

  /** A published certificate (DER). */
  static Octets certificateOf(String name) {
    return der(certificate(name));
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
    return new Keys(freshSigner(), secrets, Optional.empty());
  }

  /** A device's keys, with a new signing pair of which only the public half is known. */
  static DeviceKeys deviceWithNewPair(Eui64 id, String certificate) {
    return new Keys(
        freshSigner(),
        device(id).secrets(),
        Optional.of(new SoftwareSigningKey(freshPair().getPrivate(), publicKey(certificate))));
  }

  private static SigningKey freshSigner() {
    return SoftwareSigningKey.of(freshPair());
  }

  private static KeyPair freshPair() {
    return P256.generate(new SecureRandom());
  }

  private record Keys(SigningKey signing, SharedSecrets secrets, Optional<SigningKey> fresh)
      implements DeviceKeys {
    @Override
    public Optional<SigningKey> pending(KeyUse use) {
      return fresh;
    }

    @Override
    public DeviceKeys withNewPair(KeyUse use) {
      return new Keys(signing, secrets, Optional.of(freshSigner()));
    }

    @Override
    public DeviceKeys withPendingInUse(KeyUse use) {
      return new Keys(fresh.orElseThrow(), secrets, Optional.empty());
    }

    @Override
    public void write(OctetWriter image) {
      throw new UnsupportedOperationException("the devices' keys are not published");
    }

    @Override
    public void writePending(OctetWriter image) {
      throw new UnsupportedOperationException("the devices' keys are not published");
    }

    @Override
    public DeviceKeys readPending(OctetReader image) {
      throw new UnsupportedOperationException("the devices' keys are not published");
    }
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
