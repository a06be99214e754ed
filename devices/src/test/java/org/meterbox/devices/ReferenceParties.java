// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.meterbox.crypto.AgreementKey;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.crypto.SharedSecrets;
import org.meterbox.crypto.SigningKey;
import org.meterbox.crypto.SoftwareAgreementKey;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.devices.security.DeviceKeys;
import org.meterbox.devices.security.KeyUse;
import org.meterbox.devices.security.PartyCertificate;
import org.meterbox.devices.security.TrustAnchorCell;
import org.meterbox.devices.security.TrustAnchors;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;

/**
 * Parties and messages of the published reference test data. The private keys of its devices are
 * not published, but what they share with a party follows from the party's private key as well.
 */
public final class ReferenceParties {
  public static final Eui64 ESME = Eui64.parse("00DB1234567890A0");
  public static final Eui64 BROKER = Eui64.parse("90B3D51F30000002");
  public static final Eui64 SUPPLIER = Eui64.parse("90B3D51F30010000");
  public static final Eui64 NETWORK_OPERATOR = Eui64.parse("90B3D51F30020000");

  private static final ECPublicKey ESME_AGREEMENT =
      point(
          "8F2052985D2DB939A9371C8FEF58ACB6814B35D5BF2AA25F97F8D198B26DFE60",
          "1ADD893FC4A1D98291F68E8429B715852367DC0F2C4902E6FF8A736DDC29C134");

  private static final SoftwareAgreementKey BROKER_KEY =
      agreement(
          "AD35C8E1DF832839B6937908E0C8229FF97EB5349DA007B51A1079F56FC1DF68",
          "AB296A236330EC5B8B4E6BC245A4B72D660FF3B79F9259A4D239D02DCA48652A",
          "3C2DAD3C44E4624DCFB5EB99E76000AEAE3396D9F588F08160CE1DD1BEFBFE03");

  private static final SoftwareAgreementKey SUPPLIER_KEY =
      agreement(
          "40883990DA5B372DC4EC96C76B576BF5D4206E3BFD34CBF60B62448F1F9BA544",
          "9274FFF8A3AF56D6B016D3A8FA60DA3E579551EB295819C80EB7A43F30722B22",
          "5504285E4A5176B96334DBB72EA0CFC0C9C6E40A0AE3C28937C34258F0E840BA");

  private static final SoftwareAgreementKey NETWORK_OPERATOR_KEY =
      agreement(
          "39617CD162ACA32AE9382A5CAEA1858139A456A0A9220A724558416E961240F9",
          "BDAA07A43B50006A43F76C9A04043DA26E8C6EBE4DE7CED34D1835C03EFC690D",
          "B82C158DCA3225E71E78A194A51AF387032D04FD53C6EB9DBBE3CF1BFB75D38D");

  private static final ECPublicKey SUPPLIER_SIGNING =
      point(
          "30C2AB5A0D131726FFBDA80E79294CC37534432A3E424405B97A3ABA0FFC79DC",
          "E729B2517563CB7D95827E4C50B48CBA3D87D5893C51B96D87C345E3717F8C1E");

  private ReferenceParties() {}

  /** A published exchange. */
  public record Exchange(Octets command, Octets response) {}

  /** The exchange with this name in the list of reference exchanges. */
  public static Exchange exchange(String name) {
    try (InputStream in = ReferenceParties.class.getResourceAsStream("reference-exchanges.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .map(line -> line.split(" "))
          .filter(words -> words[0].equals(name))
          .map(words -> new Exchange(Octets.ofHex(words[1]), Octets.ofHex(words[2])))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The secret that the reference ESME shares with the supplier. */
  public static SharedSecret supplierAndEsme() {
    return SUPPLIER_KEY.agree(ESME_AGREEMENT);
  }

  /** What sits in the reference ESME's cells, as far as these tests need it. */
  public static TrustAnchors anchors() {
    Map<TrustAnchorCell, PartyCertificate> cells = new HashMap<>();
    put(
        cells,
        RemotePartyRole.ACCESS_CONTROL_BROKER,
        KeyUse.KEY_AGREEMENT,
        BROKER,
        BROKER_KEY.publicKey());
    put(cells, RemotePartyRole.SUPPLIER, KeyUse.KEY_AGREEMENT, SUPPLIER, SUPPLIER_KEY.publicKey());
    put(cells, RemotePartyRole.SUPPLIER, KeyUse.DIGITAL_SIGNATURE, SUPPLIER, SUPPLIER_SIGNING);
    put(
        cells,
        RemotePartyRole.NETWORK_OPERATOR,
        KeyUse.KEY_AGREEMENT,
        NETWORK_OPERATOR,
        NETWORK_OPERATOR_KEY.publicKey());
    return new TrustAnchors(cells);
  }

  /** The reference ESME's keys: agreement by way of its peers, and a signing key of our own. */
  public static DeviceKeys esmeKeys() {
    SigningKey signing = SoftwareSigningKey.of(P256.generate(new SecureRandom()));
    SharedSecrets secrets = new SharedSecrets(new ByWayOfPeers(), DeviceKeys.MAX_PEERS);
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
      public Optional<SigningKey> pending(KeyUse use) {
        return Optional.empty();
      }

      @Override
      public DeviceKeys withNewPair(KeyUse use) {
        throw new UnsupportedOperationException("the reference ESME's keys are not published");
      }

      @Override
      public DeviceKeys withPendingInUse(KeyUse use) {
        throw new UnsupportedOperationException("the reference ESME's keys are not published");
      }

      @Override
      public void write(OctetWriter image) {
        throw new UnsupportedOperationException("the reference ESME's keys are not published");
      }

      @Override
      public void writePending(OctetWriter image) {
        throw new UnsupportedOperationException("the reference ESME's keys are not published");
      }

      @Override
      public DeviceKeys readPending(OctetReader image) {
        throw new UnsupportedOperationException("the reference ESME's keys are not published");
      }
    };
  }

  /** Agreement from the other side: ECDH gives both the same secret. */
  private static final class ByWayOfPeers implements AgreementKey {
    @Override
    public SharedSecret agree(ECPublicKey peer) {
      for (SoftwareAgreementKey party :
          new SoftwareAgreementKey[] {BROKER_KEY, SUPPLIER_KEY, NETWORK_OPERATOR_KEY}) {
        if (party.publicKey().equals(peer)) {
          return party.agree(ESME_AGREEMENT);
        }
      }
      throw new IllegalArgumentException("not one of the published parties");
    }

    @Override
    public ECPublicKey publicKey() {
      return ESME_AGREEMENT;
    }
  }

  private static void put(
      Map<TrustAnchorCell, PartyCertificate> cells,
      RemotePartyRole role,
      KeyUse use,
      Eui64 subject,
      ECPublicKey key) {
    cells.put(
        TrustAnchorCell.of(role, use),
        new PartyCertificate(
            Octets.EMPTY, Optional.of(subject), Optional.of(role), Octets.EMPTY, key));
  }

  private static ECPublicKey point(String x, String y) {
    return P256.publicKey(new BigInteger(x, 16), new BigInteger(y, 16));
  }

  private static SoftwareAgreementKey agreement(String d, String x, String y) {
    return new SoftwareAgreementKey(P256.privateKey(new BigInteger(d, 16)), point(x, y));
  }
}
