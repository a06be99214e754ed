// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.profile;

import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.OtherName;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;

/**
 * Reads the names in certificates and requests. Besides {@link DecodeException}, malformed DER
 * below the level of these names makes Bouncy Castle throw unchecked exceptions; who reads foreign
 * octets uses {@link CertificateContents} or {@code issuing.CertificateSigningRequest}, which turn
 * them into {@link DecodeException}.
 */
public final class SubjectNames {
  static final ASN1ObjectIdentifier HARDWARE_MODULE_NAME =
      new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.4");

  /**
   * An XML signing certificate of the DSP from before version 1.4.1 of the public emulator writes
   * its role, 0x89, in decimal. The only departure from two hexadecimal digits that is accepted.
   */
  private static final String DECIMAL_DSP_XML_SIGNING = "137";

  private SubjectNames() {}

  /** The role that the organizational unit names, where there is one. */
  public static Optional<RemotePartyRole> role(X500Name name) throws DecodeException {
    Optional<String> unit = value(name, BCStyle.OU);
    if (unit.isEmpty()) {
      return Optional.empty();
    }
    if (unit.get().equals(DECIMAL_DSP_XML_SIGNING)) {
      return Optional.of(RemotePartyRole.DSP_XML_SIGNING);
    }
    if (unit.get().length() == 2 && unit.get().chars().allMatch(HexFormat::isHexDigit)) {
      Optional<RemotePartyRole> role = RemotePartyRole.ofCode(HexFormat.fromHexDigits(unit.get()));
      if (role.isPresent()) {
        return role;
      }
    }
    throw refused("subject.OU", "not the two hexadecimal digits of a role");
  }

  /** The EUI-64 in the unique identifier, where there is one. */
  public static Optional<Eui64> uniqueIdentifier(X500Name name) throws DecodeException {
    RDN[] found = name.getRDNs(BCStyle.UNIQUE_IDENTIFIER);
    if (found.length == 0) {
      return Optional.empty();
    }
    ASN1BitString bits = ASN1BitString.getInstance(found[0].getFirst().getValue());
    if (found.length > 1 || bits.getPadBits() != 0) {
      throw refused("subject.uniqueIdentifier", "not one run of whole octets");
    }
    return Optional.of(eui(bits.getOctets(), "subject.uniqueIdentifier"));
  }

  /** The common name, where there is one. */
  public static Optional<String> commonName(X500Name name) throws DecodeException {
    return value(name, BCStyle.CN);
  }

  /** The EUI-64 of a device among the alternative names, where there is one. */
  public static Optional<Eui64> hardwareModule(GeneralNames names) throws DecodeException {
    for (GeneralName name : names.getNames()) {
      if (name.getTagNo() == GeneralName.otherName) {
        OtherName other = OtherName.getInstance(name.getName());
        if (other.getTypeID().equals(HARDWARE_MODULE_NAME)) {
          ASN1Sequence module = ASN1Sequence.getInstance(other.getValue());
          ASN1OctetString serial = ASN1OctetString.getInstance(module.getObjectAt(1));
          return Optional.of(eui(serial.getOctets(), "hardwareModuleName"));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> value(X500Name name, ASN1ObjectIdentifier type)
      throws DecodeException {
    RDN[] found = name.getRDNs(type);
    if (found.length == 0) {
      return Optional.empty();
    }
    ASN1Encodable value = found[0].getFirst().getValue();
    if (found.length > 1 || !(value instanceof ASN1String text)) {
      throw refused("subject", "a part of the name is doubled or no text");
    }
    return Optional.of(text.getString());
  }

  private static Eui64 eui(byte[] octets, String path) throws DecodeException {
    if (octets.length != Eui64.OCTETS) {
      throw refused(path, "an EUI-64 has 8 octets, not " + octets.length);
    }
    return Eui64.read(Octets.of(octets).reader());
  }

  private static DecodeException refused(String path, String message) {
    return new DecodeException(Fault.UNEXPECTED_VALUE, 0, path, message);
  }
}
