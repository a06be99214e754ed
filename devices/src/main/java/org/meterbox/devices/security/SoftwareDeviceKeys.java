// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.security;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SharedSecrets;
import org.meterbox.crypto.SigningKey;
import org.meterbox.crypto.SoftwareAgreementKey;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * A virtual device's private keys, kept in its memory image and in this JVM.
 *
 * <pre>
 * signing scalar(32) x(32) y(32) | agreement scalar(32) x(32) y(32)
 * </pre>
 */
public final class SoftwareDeviceKeys implements DeviceKeys {
  private static final int NUMBER_OCTETS = 32;

  private final Pair signingPair;
  private final Pair agreementPair;
  private final SigningKey signing;
  private final SharedSecrets secrets;

  private record Pair(BigInteger scalar, ECPublicKey publicKey) {
    static Pair of(KeyPair pair) {
      return new Pair(((ECPrivateKey) pair.getPrivate()).getS(), P256.publicKey(pair.getPublic()));
    }

    @Override
    public String toString() {
      return "Pair[redacted]";
    }
  }

  private SoftwareDeviceKeys(Pair signingPair, Pair agreementPair) {
    this.signingPair = signingPair;
    this.agreementPair = agreementPair;
    this.signing =
        new SoftwareSigningKey(P256.privateKey(signingPair.scalar()), signingPair.publicKey());
    this.secrets =
        new SharedSecrets(
            new SoftwareAgreementKey(
                P256.privateKey(agreementPair.scalar()), agreementPair.publicKey()),
            MAX_PEERS);
  }

  /** Two fresh pairs. */
  public static SoftwareDeviceKeys generate(SecureRandom random) {
    return new SoftwareDeviceKeys(Pair.of(P256.generate(random)), Pair.of(P256.generate(random)));
  }

  /** Reads both pairs from a memory image. */
  public static SoftwareDeviceKeys read(OctetReader reader) throws DecodeException {
    return new SoftwareDeviceKeys(readPair(reader), readPair(reader));
  }

  @Override
  public void write(OctetWriter image) {
    for (Pair pair : new Pair[] {signingPair, agreementPair}) {
      writeNumber(pair.scalar(), image);
      writeNumber(pair.publicKey().getW().getAffineX(), image);
      writeNumber(pair.publicKey().getW().getAffineY(), image);
    }
  }

  @Override
  public SigningKey signing() {
    return signing;
  }

  @Override
  public SharedSecrets secrets() {
    return secrets;
  }

  @Override
  public String toString() {
    return "SoftwareDeviceKeys[redacted]";
  }

  private static Pair readPair(OctetReader reader) throws DecodeException {
    try {
      return new Pair(number(reader), P256.publicKey(number(reader), number(reader)));
    } catch (IllegalArgumentException notAKey) {
      throw reader.fault(DecodeException.Fault.UNEXPECTED_VALUE, "not a key pair of P-256");
    }
  }

  private static BigInteger number(OctetReader reader) throws DecodeException {
    return new BigInteger(1, reader.takeArray(NUMBER_OCTETS));
  }

  private static void writeNumber(BigInteger number, OctetWriter image) {
    byte[] octets = number.toByteArray();
    byte[] padded = new byte[NUMBER_OCTETS];
    int from = Math.max(0, octets.length - NUMBER_OCTETS);
    int length = octets.length - from;
    System.arraycopy(octets, from, padded, NUMBER_OCTETS - length, length);
    image.put(padded);
  }
}
