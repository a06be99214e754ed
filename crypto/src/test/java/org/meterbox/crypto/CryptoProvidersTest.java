// SPDX-License-Identifier: Apache-2.0
package org.meterbox.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.Test;

/** Run twice by the build: once as it is, once with the JDK's own provider forced. */
final class CryptoProvidersTest {
  private static final boolean JDK_FORCED = "jdk".equals(System.getProperty("meterbox.crypto"));

  // If the native library quietly failed to load, everything would work, only nine times slower;
  // and a fallback that is never exercised can't be trusted where it is needed.
  @Test
  void choosesTheProviderThatThisRunIsFor() {
    assumeThat(System.getProperty("os.name"))
        .as("machines with a native library")
        .contains("Linux");
    if (JDK_FORCED) {
      assertThat(CryptoProviders.ellipticCurve().getName()).isEqualTo("SunEC");
      assertThat(CryptoProviders.aesGcm().getName()).isEqualTo("SunJCE");
      assertThat(CryptoProviders.digest().getName()).isEqualTo("SUN");
    } else {
      assertThat(CryptoProviders.description()).startsWith("AmazonCorrettoCryptoProvider");
      assertThat(CryptoProviders.aesGcm()).isSameAs(CryptoProviders.ellipticCurve());
    }
  }
}
