// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.keys;

import java.util.List;
import java.util.Optional;
import org.meterbox.crypto.AgreementKey;
import org.meterbox.kernel.Eui64;

/**
 * Where Parse and Correlate finds keys: a directory, the SMKI repository, a security module. Safe
 * for use by many threads. The same certificate should be given as the same object each time, so
 * that secrets agreed on with it are found again.
 */
public interface PartyKeys {
  /** The most certificates of one holder and use that are tried. */
  int MAX_CERTIFICATES = 4;

  /**
   * The certificates in use, the most likely first: more than one while a certificate is being
   * replaced, none where the holder is unknown.
   */
  List<PartyCertificate> certificates(Eui64 holder, KeyUse use);

  /**
   * The key agreement key of a party for which this program reads messages; empty for all others.
   */
  Optional<AgreementKey> agreementKey(Eui64 party);
}
