// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.ceremony;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.authority.Authorities;
import org.meterbox.smki.vault.HeldKey;
import org.meterbox.smki.vault.Pkcs12Vault;

/**
 * The recovery key and the contingency key of an installation, in a vault of their own. Its
 * password stands nowhere: it is split among the key custodians, together with the symmetric key
 * that hides the contingency public key in the Root OCA certificate.
 */
public final class SealedKeys {
  /** The sealed vault's name of the recovery key. */
  public static final String RECOVERY = "recovery";

  private static final int SYMMETRIC_OCTETS = 32;
  private static final int PASSWORD_OCTETS = 32;

  private final Path vaultFile;
  private final Path custodyFile;
  private final SecureRandom random;

  /** The sealed keys of the installation whose authorities' keys are in this folder. */
  public SealedKeys(Path folder, SecureRandom random) {
    vaultFile = folder.resolve("sealed.p12");
    custodyFile = folder.resolve("custody.txt");
    this.random = random;
  }

  /** Whether the keys were sealed. */
  public boolean isSealed() {
    return Files.exists(custodyFile);
  }

  /**
   * Who holds the shares.
   *
   * @throws DecodeException where the file that says so was altered beyond recognition
   */
  public Optional<Custody> custody() throws IOException, DecodeException {
    return isSealed() ? Optional.of(Custody.read(custodyFile)) : Optional.empty();
  }

  /** A custodian's share is to be put where only the custodian can open it. */
  @FunctionalInterface
  public interface Handover {
    /** Puts it there, for good, before it returns. */
    void give(Share share) throws IOException;
  }

  /**
   * Seals the keys. Whatever is interrupted can be done again: the keys stay where they were until
   * every share is handed over.
   *
   * @param authorities holds the contingency key and the symmetric key so far; both are gone from
   *     it afterwards
   * @param recovery makes or copies the recovery key, under {@link #RECOVERY}, in the sealed vault
   * @return the custody, or why nothing was done
   */
  public Sealing seal(
      Pkcs12Vault authorities,
      Consumer<Pkcs12Vault> recovery,
      int threshold,
      List<String> custodians,
      Handover handover)
      throws IOException, DecodeException {
    Custody.requireSizes(threshold, custodians);
    if (isSealed()) {
      forget(authorities);
      return new Sealing.Refused(
          CeremonyRule.PREPARED_ONCE.broken("the shares of this installation are given out"));
    }
    Optional<SecretKey> symmetric = authorities.findSecret(Authorities.CONTINGENCY_WRAPPING);
    if (symmetric.isEmpty() || authorities.find(Authorities.CONTINGENCY).isEmpty()) {
      return new Sealing.Refused(
          CeremonyRule.PREPARED.broken("the vault has no contingency key to be sealed"));
    }
    byte[] secret = Arrays.copyOf(symmetric.get().getEncoded(), SYMMETRIC_OCTETS + PASSWORD_OCTETS);
    byte[] password = new byte[PASSWORD_OCTETS];
    random.nextBytes(password);
    System.arraycopy(password, 0, secret, SYMMETRIC_OCTETS, PASSWORD_OCTETS);
    try {
      // What an interrupted sealing left has a password that nobody knows.
      Files.deleteIfExists(vaultFile);
      Pkcs12Vault sealed = Pkcs12Vault.openSealed(vaultFile, text(password), random);
      authorities.copyTo(sealed, Authorities.CONTINGENCY, Authorities.CONTINGENCY);
      recovery.accept(sealed);
      SecretSplitting.Split split = SecretSplitting.split(secret, threshold, custodians, random);
      for (Share share : split.shares()) {
        handover.give(share);
      }
      split.custody().write(custodyFile);
      forget(authorities);
      return new Sealing.Sealed(split.custody());
    } finally {
      Arrays.fill(secret, (byte) 0);
      Arrays.fill(password, (byte) 0);
    }
  }

  private static void forget(Pkcs12Vault authorities) {
    authorities.destroy(Authorities.CONTINGENCY);
    authorities.destroy(Authorities.CONTINGENCY_WRAPPING);
  }

  /** What sealing came to. */
  public sealed interface Sealing {
    /** The keys are sealed. */
    record Sealed(Custody custody) implements Sealing {}

    /** Nothing was done. */
    record Refused(CeremonyRule.Broken broken) implements Sealing {}
  }

  /** What unsealing came to. */
  public sealed interface Unsealing {
    /** The keys, for as long as the ceremony lasts. */
    record Unsealed(Keys keys) implements Unsealing {}

    /** Nothing was unsealed. */
    record Refused(CeremonyRule.Broken broken) implements Unsealing {}
  }

  /**
   * The keys in the hands of a ceremony.
   *
   * @param recovery signs recovery commands
   * @param contingency signs contingency commands
   * @param symmetric reveals the contingency public key; told to devices in the clear
   */
  public record Keys(HeldKey recovery, HeldKey contingency, SecretKey symmetric) {
    @Override
    public String toString() {
      return "Keys[redacted]";
    }
  }

  /** What stands against one share before all are joined, if anything. */
  public Optional<CeremonyRule.Broken> faultOf(Share share) throws IOException, DecodeException {
    Optional<Custody> custody = custody();
    return custody.isEmpty()
        ? Optional.of(notPrepared())
        : SecretSplitting.faultOf(custody.get(), share);
  }

  /** Opens the seal with the shares of those who are present. */
  public Unsealing unseal(List<Share> shares) throws IOException, DecodeException {
    Optional<Custody> custody = custody();
    if (custody.isEmpty()) {
      return new Unsealing.Refused(notPrepared());
    }
    return switch (SecretSplitting.join(custody.get(), shares)) {
      case SecretSplitting.Joining.Refused(CeremonyRule.Broken broken) ->
          new Unsealing.Refused(broken);
      case SecretSplitting.Joining.Joined(Octets secret) -> new Unsealing.Unsealed(keys(secret));
    };
  }

  private Keys keys(Octets secret) {
    if (!Files.exists(vaultFile)) {
      throw new IllegalStateException("the sealed vault " + vaultFile + " is gone");
    }
    byte[] octets = secret.toArray();
    try {
      Pkcs12Vault sealed =
          Pkcs12Vault.openSealed(
              vaultFile, text(Arrays.copyOfRange(octets, SYMMETRIC_OCTETS, octets.length)), random);
      return new Keys(
          sealed.find(RECOVERY).orElseThrow(),
          sealed.find(Authorities.CONTINGENCY).orElseThrow(),
          new SecretKeySpec(octets, 0, SYMMETRIC_OCTETS, "AES"));
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  private static CeremonyRule.Broken notPrepared() {
    return CeremonyRule.PREPARED.broken("no shares were given out in this installation");
  }

  /** PKCS#12 takes characters. */
  private static char[] text(byte[] password) {
    return HexFormat.of().formatHex(password).toCharArray();
  }
}
