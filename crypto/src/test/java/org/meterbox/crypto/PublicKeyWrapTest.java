// SPDX-License-Identifier: Apache-2.0
package org.meterbox.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.meterbox.kernel.Octets;

final class PublicKeyWrapTest {
  private static final SecretKey WRAPPING = aes(1);

  private static SecretKey aes(int octet) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) octet);
    return new SecretKeySpec(key, "AES");
  }

  private static ECPublicKey key(String curve) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    return (ECPublicKey) generator.generateKeyPair().getPublic();
  }

  @Test
  void theKeyIsFoundAgainWithTheSymmetricKeyAlone() throws Exception {
    ECPublicKey key = key("secp256r1");
    Octets wrapped = PublicKeyWrap.wrap(key, WRAPPING);
    assertThat(PublicKeyWrap.unwrap(wrapped, WRAPPING).orElseThrow().getW()).isEqualTo(key.getW());
    assertThat(PublicKeyWrap.unwrap(wrapped, aes(2))).isEmpty();
  }

  // RFC 5649: the check value is encrypted with the key, so that no octet can be changed unseen.
  @Test
  void whatWasChangedIsNoKey() throws Exception {
    byte[] wrapped = PublicKeyWrap.wrap(key("secp256r1"), WRAPPING).toArray();
    for (int i = 0; i < wrapped.length; i++) {
      byte[] changed = wrapped.clone();
      changed[i] ^= 1;
      assertThat(PublicKeyWrap.unwrap(Octets.of(changed), WRAPPING)).as("octet %d", i).isEmpty();
    }
    for (int length = 0; length < wrapped.length; length++) {
      Octets cut = Octets.of(Arrays.copyOf(wrapped, length));
      assertThat(PublicKeyWrap.unwrap(cut, WRAPPING)).as("%d octets", length).isEmpty();
    }
  }

  @Test
  void aKeyOnAnotherCurveIsNone() throws Exception {
    Octets wrapped = PublicKeyWrap.wrap(key("secp384r1"), WRAPPING);
    assertThat(PublicKeyWrap.unwrap(wrapped, WRAPPING)).isEmpty();
  }
}
