// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.profile;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/**
 * Object identifiers of certificate policies and of the device type in alternative names. The
 * organisation and device ones are those of the public test certificates; the sources do not name
 * any for IKI and DCCKI, so those stand under a UUID arc of our own (ITU-T X.667).
 */
final class Policies {
  static final ASN1ObjectIdentifier ORGANISATION =
      new ASN1ObjectIdentifier("1.2.826.0.1.8641679.1.2.1.4");
  static final ASN1ObjectIdentifier DEVICE =
      new ASN1ObjectIdentifier("1.2.826.0.1.1800000.1.2.1.4");
  static final ASN1ObjectIdentifier DEVICE_HARDWARE_TYPE =
      new ASN1ObjectIdentifier("1.2.826.0.1.8641679.1.2.2.1");

  private static final ASN1ObjectIdentifier OWN =
      new ASN1ObjectIdentifier("2.25.151407428406423706093164126353046172803");
  static final ASN1ObjectIdentifier IKI = OWN.branch("1");
  static final ASN1ObjectIdentifier DCCKI_ROOT = OWN.branch("2");
  static final ASN1ObjectIdentifier DCCKI_INFRASTRUCTURE = OWN.branch("3");
  static final ASN1ObjectIdentifier DCCKI_USER = OWN.branch("4");

  private Policies() {}
}
