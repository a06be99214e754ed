// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.security;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SharedSecrets;
import org.meterbox.crypto.SigningKey;
import org.meterbox.crypto.SoftwareAgreementKey;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * A virtual device's private keys, kept in its memory image and in this JVM.
 *
 * <pre>
 * signing scalar(32) x(32) y(32) | agreement scalar(32) x(32) y(32)
 * pending: number | per pair: use, scalar(32) x(32) y(32)
 * </pre>
 */
public final class SoftwareDeviceKeys implements DeviceKeys {
  private static final int NUMBER_OCTETS = 32;

  private final Pair signingPair;
  private final Pair agreementPair;
  private final Map<KeyUse, Pair> pending;
  private final Supplier<SoftwareDeviceKeys> fresh;
  private final SigningKey signing;
  private final SharedSecrets secrets;

  private record Pair(BigInteger scalar, ECPublicKey publicKey) {
    static Pair of(KeyPair pair) {
      return new Pair(((ECPrivateKey) pair.getPrivate()).getS(), P256.publicKey(pair.getPublic()));
    }

    SigningKey signer() {
      return new SoftwareSigningKey(P256.privateKey(scalar), publicKey);
    }

    @Override
    public String toString() {
      return "Pair[redacted]";
    }
  }

  private SoftwareDeviceKeys(
      Pair signingPair,
      Pair agreementPair,
      Map<KeyUse, Pair> pending,
      Supplier<SoftwareDeviceKeys> fresh) {
    this.signingPair = signingPair;
    this.agreementPair = agreementPair;
    this.pending = Map.copyOf(pending);
    this.fresh = fresh;
    this.signing = signingPair.signer();
    this.secrets =
        new SharedSecrets(
            new SoftwareAgreementKey(
                P256.privateKey(agreementPair.scalar()), agreementPair.publicKey()),
            MAX_PEERS);
  }

  /** Two fresh pairs; later ones come from the same randomness. */
  public static SoftwareDeviceKeys generate(SecureRandom random) {
    return new SoftwareDeviceKeys(
        Pair.of(P256.generate(random)),
        Pair.of(P256.generate(random)),
        Map.of(),
        () -> generate(random));
  }

  /**
   * Reads both pairs in use from a memory image.
   *
   * @param fresh where new pairs come from, of which the one for the wanted use is taken
   */
  public static DeviceKeys.Reader reader(Supplier<SoftwareDeviceKeys> fresh) {
    return image -> new SoftwareDeviceKeys(readPair(image), readPair(image), Map.of(), fresh);
  }

  @Override
  public void write(OctetWriter image) {
    writePair(signingPair, image);
    writePair(agreementPair, image);
  }

  @Override
  public void writePending(OctetWriter image) {
    image.u8(pending.size());
    pending.forEach((use, pair) -> {
      ImageFields.writeConstant(use, image);
      writePair(pair, image);
    });
  }

  @Override
  public DeviceKeys readPending(OctetReader image) throws DecodeException {
    Map<KeyUse, Pair> read = new EnumMap<>(KeyUse.class);
    for (int left = image.u8(); left > 0; left--) {
      read.put(ImageFields.readConstant(KeyUse.class, image), readPair(image));
    }
    return new SoftwareDeviceKeys(signingPair, agreementPair, read, fresh);
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
  public Optional<SigningKey> pending(KeyUse use) {
    return Optional.ofNullable(pending.get(use)).map(Pair::signer);
  }

  @Override
  public DeviceKeys withNewPair(KeyUse use) {
    SoftwareDeviceKeys made = fresh.get();
    Map<KeyUse, Pair> waiting = new EnumMap<>(KeyUse.class);
    waiting.putAll(pending);
    waiting.put(
        use,
        switch (use) {
          case DIGITAL_SIGNATURE -> made.signingPair;
          case KEY_AGREEMENT -> made.agreementPair;
          case KEY_CERT_SIGN ->
              throw new IllegalArgumentException("a device issues no certificates");
        });
    return new SoftwareDeviceKeys(signingPair, agreementPair, waiting, fresh);
  }

  @Override
  public DeviceKeys withPendingInUse(KeyUse use) {
    Map<KeyUse, Pair> waiting = new EnumMap<>(KeyUse.class);
    waiting.putAll(pending);
    Pair taken = waiting.remove(use);
    if (taken == null) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "no new key pair waits for %s", use));
    }
    return use == KeyUse.DIGITAL_SIGNATURE
        ? new SoftwareDeviceKeys(taken, agreementPair, waiting, fresh)
        : new SoftwareDeviceKeys(signingPair, taken, waiting, fresh);
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

  private static void writePair(Pair pair, OctetWriter image) {
    writeNumber(pair.scalar(), image);
    writeNumber(pair.publicKey().getW().getAffineX(), image);
    writeNumber(pair.publicKey().getW().getAffineY(), image);
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
