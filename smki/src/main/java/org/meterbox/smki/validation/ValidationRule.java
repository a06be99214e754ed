// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.validation;

/** What must hold for a certificate to be believed. */
public enum ValidationRule {
  /** It has the form of a profile. */
  FORM,
  /** The authority that it names is known, by name and key, and of the right kind. */
  ISSUER,
  /** That authority signed it. */
  SIGNATURE,
  /** The moment lies within its validity and that of its issuers. */
  DATES,
  /** Neither it nor one of its issuers was revoked. */
  REVOCATION,
  /** The chain ends in a root that is trusted. */
  ROOT
}
