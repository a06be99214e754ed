// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.desk;

import java.util.Locale;
import java.util.Optional;
import org.meterbox.smki.profile.CertificateKind;
import org.meterbox.smki.revocation.SignedRevocationList;

/**
 * The list in force of one authority.
 *
 * @param authority whose list it is
 * @param issuer the authority's name
 * @param list the list, once one was signed
 */
public record RevocationListSheet(
    CertificateKind authority, String issuer, Optional<SignedRevocationList> list) {
  /** The authority's name in addresses, for example {@code root-oca}. */
  public String name() {
    return authority.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A root's list speaks of authorities (ARL), any other one of holders (CRL). */
  public boolean isAuthorityList() {
    return authority.isRoot();
  }
}
