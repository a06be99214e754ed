// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.issuing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.Installation;
import org.meterbox.smki.profile.CertificateSubject;
import org.meterbox.smki.profile.KeyUse;

/** A name goes into logs, lists and headers: it must not be able to pretend to be two lines. */
final class CommonNameTest {
  private static final String PLACE = "XXXX";

  private final Installation smki;

  CommonNameTest(@TempDir Path folder) {
    smki = new Installation(folder);
  }

  /** A request whose common name holds these four octets. */
  private Octets request(String replacement) {
    CertificateSubject subject =
        new CertificateSubject.Organisation(
            Optional.of("Sup" + PLACE + "plier"), RemotePartyRole.SUPPLIER, Installation.SUPPLIER);
    Octets request =
        SigningRequests.write(
            subject, KeyUse.DIGITAL_SIGNATURE, SoftwareSigningKey.of(smki.newPair()));
    String octets = new String(request.toArray(), StandardCharsets.ISO_8859_1);
    String inUtf8 =
        new String(replacement.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    assertThat(inUtf8).hasSize(PLACE.length());
    return Octets.of(octets.replace(PLACE, inUtf8).getBytes(StandardCharsets.ISO_8859_1));
  }

  // CR LF; NUL; escape; the line separator; the mark that turns the direction of text.
  @ParameterizedTest
  @ValueSource(strings = {"a\r\nb", "ab\u0000c", "a\u001b[c", "a\u2028", "a\u202e"})
  void aRequestWhoseNameIsNoSingleLineIsRefused(String name) {
    assertThatThrownBy(() -> CertificateSigningRequest.decode(request(name)))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining("CSR.subject.commonName");
  }

  @Test
  void lettersOfAnyLanguageAreNames() throws DecodeException {
    assertThat(CertificateSigningRequest.decode(request("\u00e9\u00e8")).subject())
        .isInstanceOfSatisfying(
            CertificateSubject.Organisation.class,
            organisation -> assertThat(organisation.commonName()).contains("Sup\u00e9\u00e8plier"));
  }

  // The same for the names that officers and operators are given.
  @Test
  void aPersonsNameIsOneLine() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CertificateSubject.Person("Eve\r\nAdmin", Installation.SUPPLIER))
        .withMessageContaining("one line");
  }
}
