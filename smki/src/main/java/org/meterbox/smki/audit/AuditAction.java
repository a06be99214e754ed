// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.audit;

/** What is worth an entry in the audit log. */
public enum AuditAction {
  /** An authority came into being. */
  AUTHORITY_OPENED,
  /** A certificate was issued. */
  CERTIFICATE_ISSUED,
  /** A request for a certificate was refused. */
  CERTIFICATE_REFUSED,
  /** A batch of requests was taken in, went on, or was finished. */
  BATCH,
  /** A certificate was revoked. */
  CERTIFICATE_REVOKED,
  /** A request for revocation was refused. */
  REVOCATION_REFUSED,
  /** A revocation list was signed. */
  REVOCATION_LIST_SIGNED,
  /** A step of an organisation's or a person's registration. */
  REGISTRATION,
  /** A person asked for something that the person's duty does not cover. */
  ACCESS_REFUSED,
  /** A step of a key ceremony. */
  CEREMONY
}
