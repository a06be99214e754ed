// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.meterbox.crypto.EcdsaSignature;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.crypto.VerificationException;
import org.meterbox.gbcs.HostileOctets;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;

/** Firmware images with their trailer. */
class FirmwareImageTest {
  private static final Octets PROGRAM = Octets.ofHex("616263"); // "abc"
  private final KeyPair manufacturer = P256.generate(new SecureRandom());

  @Test
  void theTrailerFollowsTheImage() throws DecodeException {
    FirmwareImage image =
        new FirmwareImage(PROGRAM, 1, new EcdsaSignature(Octets.of(new byte[64])));

    assertThat(image.encode())
        .isEqualTo(Octets.ofHex("61626301" + "40").concat(Octets.of(new byte[64])));
    assertThat(FirmwareImage.decode(image.encode())).isEqualTo(image);
  }

  // SHA-256 of "abc", FIPS 180-2 appendix B.1.
  @Test
  void commandsNameTheHashOfTheImageAlone() {
    FirmwareImage image = FirmwareImage.sign(PROGRAM, false, SoftwareSigningKey.of(manufacturer));

    assertThat(image.hash().toArray())
        .isEqualTo(
            HexFormat.of()
                .parseHex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
  }

  @Test
  void onlyItsSignersImageVerifies() throws Exception {
    FirmwareImage image = FirmwareImage.sign(PROGRAM, true, SoftwareSigningKey.of(manufacturer));
    FirmwareImage other = new FirmwareImage(Octets.ofHex("616264"), 1, image.signature());

    assertThatCode(() -> image.verify(P256.publicKey(manufacturer.getPublic())))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> other.verify(P256.publicKey(manufacturer.getPublic())))
        .isInstanceOf(VerificationException.class);
    assertThatThrownBy(
            () -> image.verify(P256.publicKey(P256.generate(new SecureRandom()).getPublic())))
        .isInstanceOf(VerificationException.class);
  }

  @Test
  void refusesWhatHasNoImageBeforeTheTrailer() {
    Octets trailer = Octets.ofHex("0140").concat(Octets.of(new byte[64]));
    assertThatThrownBy(() -> FirmwareImage.decode(trailer)).isInstanceOf(DecodeException.class);
    assertThatThrownBy(() -> FirmwareImage.decode(Octets.EMPTY))
        .isInstanceOf(DecodeException.class);
    assertThatThrownBy(
            () -> FirmwareImage.decode(Octets.of(new byte[FirmwareImage.MAX_OCTETS + 1])))
        .isInstanceOf(DecodeException.class);
    assertThatThrownBy(
            () -> new FirmwareImage(Octets.EMPTY, 0, new EcdsaSignature(Octets.of(new byte[64]))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void damagedImagesAreRefusedOrKeptWhole() {
    FirmwareImage image = FirmwareImage.sign(PROGRAM, true, SoftwareSigningKey.of(manufacturer));
    HostileOctets.checkOpenEnded(
        image.encode(), 66, octets -> FirmwareImage.decode(octets).encode());
  }
}
