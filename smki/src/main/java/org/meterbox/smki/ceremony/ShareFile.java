// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.ceremony;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.spec.KeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.vault.PrivateFile;

/**
 * A custodian's part in a file of its own, encrypted under the custodian's passphrase (AES-256-GCM,
 * key by PBKDF2 with HMAC-SHA-256). The lines before the ciphertext are authenticated with it.
 */
public final class ShareFile {
  /** Shortest passphrase, in characters. */
  public static final int PASSPHRASE_LENGTH_MIN = 12;

  /** Rounds of PBKDF2 in files that are written now. */
  public static final int ITERATIONS = 600_000;

  private static final int ITERATIONS_MIN = 1_000;
  private static final int ITERATIONS_MAX = 10_000_000;
  private static final int SALT_OCTETS = 16;
  private static final int NONCE_OCTETS = 12;
  private static final int TAG_BITS = 128;
  private static final int KEY_BITS = 256;
  private static final int PART_OCTETS_MAX = 256;
  private static final String TITLE = "Meterbox key custodian's share";

  /** What opening a file came to. */
  public sealed interface Opening {
    /** The part. */
    record Opened(Share share) implements Opening {}

    /** The passphrase is another one, or the file was altered. */
    record Refused(String custodian) implements Opening {}
  }

  private ShareFile() {}

  /**
   * Writes a part under a passphrase.
   *
   * @param iterations rounds of PBKDF2, normally {@link #ITERATIONS}
   * @throws IllegalArgumentException where the passphrase is too short
   */
  public static void write(
      Path file, Share share, char[] passphrase, int iterations, SecureRandom random)
      throws IOException {
    if (passphrase.length < PASSPHRASE_LENGTH_MIN) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "a passphrase has at least %d characters", PASSPHRASE_LENGTH_MIN));
    }
    byte[] salt = new byte[SALT_OCTETS];
    random.nextBytes(salt);
    byte[] nonce = new byte[NONCE_OCTETS];
    random.nextBytes(nonce);
    Header header =
        new Header(share.set(), share.custodian(), iterations, Octets.of(salt), Octets.of(nonce));
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, header, passphrase).doFinal(share.part().toArray());
      String text = header.text() + "share: " + Octets.of(sealed).hex() + "\n";
      PrivateFile.replace(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK cannot encrypt with AES-GCM", e);
    }
  }

  /**
   * Opens a file.
   *
   * @throws DecodeException where it is no such file
   */
  public static Opening open(Path file, char[] passphrase) throws IOException, DecodeException {
    Fields fields = Fields.read(file, TITLE);
    Header header =
        new Header(
            fields.octets("set", Custody.SET_OCTETS, Custody.SET_OCTETS),
            fields.value("custodian"),
            fields.number("iterations", ITERATIONS_MIN, ITERATIONS_MAX),
            fields.octets("salt", SALT_OCTETS, SALT_OCTETS),
            fields.octets("nonce", NONCE_OCTETS, NONCE_OCTETS));
    Octets sealed = fields.octets("share", TAG_BITS / 8 + 1, PART_OCTETS_MAX);
    fields.end();
    try {
      byte[] part = cipher(Cipher.DECRYPT_MODE, header, passphrase).doFinal(sealed.toArray());
      Share share = new Share(header.set(), header.custodian(), Octets.of(part));
      Arrays.fill(part, (byte) 0);
      return new Opening.Opened(share);
    } catch (AEADBadTagException wrong) {
      return new Opening.Refused(header.custodian());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK cannot decrypt with AES-GCM", e);
    }
  }

  /** What stands before the ciphertext. */
  private record Header(Octets set, String custodian, int iterations, Octets salt, Octets nonce) {
    String text() {
      return Fields.text(
          TITLE,
          List.of(
              "set",
              set.hex(),
              "custodian",
              custodian,
              "iterations",
              Integer.toString(iterations),
              "salt",
              salt.hex(),
              "nonce",
              nonce.hex()));
    }
  }

  private static Cipher cipher(int mode, Header header, char[] passphrase)
      throws GeneralSecurityException {
    KeySpec stretching =
        new PBEKeySpec(passphrase, header.salt().toArray(), header.iterations(), KEY_BITS);
    byte[] key =
        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
            .generateSecret(stretching)
            .getEncoded();
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode,
        new SecretKeySpec(key, "AES"),
        new GCMParameterSpec(TAG_BITS, header.nonce().toArray()));
    cipher.updateAAD(header.text().getBytes(StandardCharsets.UTF_8));
    Arrays.fill(key, (byte) 0);
    return cipher;
  }
}
