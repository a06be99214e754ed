// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.repository;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CertificateIdTest {
  // Refusals and the audit show it to people, who know serial numbers in hexadecimal digits.
  @Test
  void isShownAsSerialNumberAndIssuer() {
    assertThat(CertificateId.parse("CN=Z1,OU=07", "43981")).hasToString("abcd of CN=Z1,OU=07");
  }
}
