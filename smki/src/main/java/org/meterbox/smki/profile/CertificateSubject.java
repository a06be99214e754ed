// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.profile;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.OtherName;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;

/**
 * Whom a certificate names. Values are UTF8String, in the order of the public test certificates:
 * common name, organizational unit, unique identifier for organisations; unit before name for their
 * authorities.
 */
public sealed interface CertificateSubject {
  /** Longest common name, in characters (SMKI organisation certificate policy, from memory). */
  int COMMON_NAME_LENGTH_MAX = 16;

  /** Longest name of a person, system or authority, in characters (RFC 5280 ub-common-name). */
  int LONG_NAME_LENGTH_MAX = 64;

  /** Most host names and addresses in one TLS certificate. */
  int HOSTS_MAX = 16;

  /** An authority, with the role in its unit where its infrastructure has roles. */
  record Authority(String commonName, Optional<RemotePartyRole> role)
      implements CertificateSubject {
    /** Refuses an empty or too long name. */
    public Authority {
      requireName(commonName, LONG_NAME_LENGTH_MAX);
    }
  }

  /** A DCC User or a role of the DCC. */
  record Organisation(Optional<String> commonName, RemotePartyRole role, Eui64 eui)
      implements CertificateSubject {
    /** Refuses an empty or too long name. */
    public Organisation {
      commonName.ifPresent(name -> requireName(name, COMMON_NAME_LENGTH_MAX));
    }
  }

  /** A device: an empty name, the identifier in the alternative name. */
  record Device(Eui64 eui) implements CertificateSubject {}

  /** One end of a TLS connection; a caller has no hosts. */
  record Endpoint(String commonName, Eui64 eui, List<String> hosts) implements CertificateSubject {
    /** Refuses an empty or too long name and too many hosts. */
    public Endpoint {
      requireName(commonName, LONG_NAME_LENGTH_MAX);
      hosts = List.copyOf(hosts);
      if (hosts.size() > HOSTS_MAX) {
        throw new IllegalArgumentException("more than " + HOSTS_MAX + " hosts");
      }
    }
  }

  /**
   * A web server that browsers and programs of all sorts call, known by its hosts alone. It bears
   * no unique identifier: runtimes in wide use end their process over a BIT STRING in a server's
   * name (Node.js 24, std::length_error).
   */
  record Website(List<String> hosts) implements CertificateSubject {
    /** Refuses too few or too many hosts. */
    public Website {
      hosts = List.copyOf(hosts);
      if (hosts.isEmpty() || hosts.size() > HOSTS_MAX) {
        throw new IllegalArgumentException("not 1 to " + HOSTS_MAX + " hosts");
      }
      requireName(hosts.getFirst(), LONG_NAME_LENGTH_MAX);
    }
  }

  /** A person who acts for an organisation. */
  record Person(String commonName, Eui64 organisation) implements CertificateSubject {
    /** Refuses an empty or too long name. */
    public Person {
      requireName(commonName, LONG_NAME_LENGTH_MAX);
    }
  }

  /** The subject field. */
  default X500Name distinguishedName() {
    X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
    switch (this) {
      case Authority(String commonName, Optional<RemotePartyRole> role) -> {
        role.ifPresent(given -> name.addRDN(BCStyle.OU, new DERUTF8String(unit(given))));
        name.addRDN(BCStyle.CN, new DERUTF8String(commonName));
      }
      case Organisation(Optional<String> commonName, RemotePartyRole role, Eui64 eui) -> {
        commonName.ifPresent(given -> name.addRDN(BCStyle.CN, new DERUTF8String(given)));
        name.addRDN(BCStyle.OU, new DERUTF8String(unit(role)));
        name.addRDN(BCStyle.UNIQUE_IDENTIFIER, uniqueIdentifier(eui));
      }
      case Device(Eui64 _) -> {}
      case Endpoint(String commonName, Eui64 eui, List<String> _) -> {
        name.addRDN(BCStyle.CN, new DERUTF8String(commonName));
        name.addRDN(BCStyle.UNIQUE_IDENTIFIER, uniqueIdentifier(eui));
      }
      case Website(List<String> hosts) ->
          name.addRDN(BCStyle.CN, new DERUTF8String(hosts.getFirst()));
      case Person(String commonName, Eui64 organisation) -> {
        name.addRDN(BCStyle.CN, new DERUTF8String(commonName));
        name.addRDN(BCStyle.UNIQUE_IDENTIFIER, uniqueIdentifier(organisation));
      }
    }
    return name.build();
  }

  /** The alternative name, where there is one. It is critical exactly if the subject is empty. */
  default Optional<GeneralNames> alternativeName() {
    return switch (this) {
      case Device(Eui64 eui) -> Optional.of(new GeneralNames(hardwareModuleName(eui)));
      case Endpoint(String _, Eui64 _, List<String> hosts) ->
          hosts.isEmpty() ? Optional.empty() : Optional.of(names(hosts));
      case Website(List<String> hosts) -> Optional.of(names(hosts));
      case Authority _, Organisation _, Person _ -> Optional.empty();
    };
  }

  private static DERBitString uniqueIdentifier(Eui64 eui) {
    return new DERBitString(eui.octets().toArray());
  }

  /** RFC 4108 section 5: the hardware's type and its serial number, here the EUI-64. */
  private static GeneralName hardwareModuleName(Eui64 eui) {
    ASN1EncodableVector module = new ASN1EncodableVector();
    module.add(Policies.DEVICE_HARDWARE_TYPE);
    module.add(new DEROctetString(eui.octets().toArray()));
    return new GeneralName(
        GeneralName.otherName,
        new OtherName(SubjectNames.HARDWARE_MODULE_NAME, new DERSequence(module)));
  }

  private static GeneralNames names(List<String> hosts) {
    return new GeneralNames(
        hosts.stream().map(CertificateSubject::host).toArray(GeneralName[]::new));
  }

  private static GeneralName host(String host) {
    boolean address = host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || c < ':');
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host);
  }

  private static String unit(RemotePartyRole role) {
    return String.format(Locale.ROOT, "%02X", role.code()).toUpperCase(Locale.ROOT);
  }

  /**
   * Whether a name can be shown as it is: without control characters and line separators, which
   * would let it pretend to be another line of a log, a header or a list, and without characters
   * that turn the direction of what follows.
   */
  static boolean isOneLine(String name) {
    return name.codePoints().noneMatch(CertificateSubject::breaksLine);
  }

  private static boolean breaksLine(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }

  private static void requireName(String name, int lengthMax) {
    if (name.isBlank() || name.length() > lengthMax) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "a name in this place has 1 to %d characters", lengthMax));
    }
    if (!isOneLine(name)) {
      throw new IllegalArgumentException("a name has no control characters and is one line");
    }
  }
}
