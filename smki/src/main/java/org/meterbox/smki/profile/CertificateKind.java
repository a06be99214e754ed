// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.profile;

/** Which infrastructure a certificate belongs to and what it stands for there. */
public enum CertificateKind {
  /** Root of the SMKI organisation infrastructure. */
  ROOT_OCA,
  /** Issues organisation certificates. */
  ISSUING_OCA,
  /** A DCC User or a role of the DCC. */
  ORGANISATION,
  /** Root of the SMKI device infrastructure. */
  ROOT_DCA,
  /** Issues device certificates, one of many over time. */
  ISSUING_DCA,
  /** A meter, communications hub function or other device. */
  DEVICE,
  /** Root of the infrastructure for people and systems that ask for certificates. */
  IKI_ROOT,
  /** Issues credentials to responsible officers and systems. */
  IKI_ISSUING,
  /** A responsible officer or a system of a subscriber. */
  IKI_CREDENTIAL,
  /** Root of the DCC key infrastructure. */
  DCCKI_ROOT,
  /** Issues TLS certificates. */
  DCCKI_INFRASTRUCTURE_CA,
  /** Issues log-in certificates to people. */
  DCCKI_USER_CA,
  /** One end of a TLS connection between a DCC User and the DCC. */
  DCCKI_INFRASTRUCTURE,
  /** A person at a web interface of the DCC. */
  DCCKI_USER;

  /** Whether holders of such a certificate issue certificates. */
  public boolean isAuthority() {
    return switch (this) {
      case ROOT_OCA,
          ISSUING_OCA,
          ROOT_DCA,
          ISSUING_DCA,
          IKI_ROOT,
          IKI_ISSUING,
          DCCKI_ROOT,
          DCCKI_INFRASTRUCTURE_CA,
          DCCKI_USER_CA ->
          true;
      case ORGANISATION, DEVICE, IKI_CREDENTIAL, DCCKI_INFRASTRUCTURE, DCCKI_USER -> false;
    };
  }

  /** Whether such a certificate is its own trust anchor. */
  public boolean isRoot() {
    return this == ROOT_OCA || this == ROOT_DCA || this == IKI_ROOT || this == DCCKI_ROOT;
  }

  /** Whether such a certificate can be revoked. Those of devices cannot. */
  public boolean isRevocable() {
    return this != DEVICE && !isRoot();
  }
}
