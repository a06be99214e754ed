// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.asn1;

import java.security.interfaces.ECPublicKey;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * Certificates in the form of the SMKI's profiles. Nobody signed them: this room reads certificates
 * and leaves verification to others.
 */
final class TestCertificates {
  private static final int OID = 0x06;
  private static final int UTF8 = 0x0C;
  private static final int PRINTABLE = 0x13;
  private static final int UTC_TIME = 0x17;
  private static final int SET = 0x31;
  private static final int BOOLEAN = 0x01;
  private static final Octets ECDSA_SHA256 = Octets.ofHex("2A8648CE3D040302");

  private TestCertificates() {}

  static Certificate organisation(Eui64 holder, String role, KeyUsage usage, ECPublicKey key) {
    return certificate(
        subject -> {
          attribute(subject, "55040B", UTF8, ascii(role));
          attribute(
              subject, "55042D", DerTag.BIT_STRING, Octets.ofHex("00").concat(holder.octets()));
        },
        extensions -> keyUsage(extensions, usage),
        key);
  }

  static Certificate device(Eui64 device, KeyUsage usage, ECPublicKey key) {
    return certificate(
        subject -> {},
        extensions -> {
          keyUsage(extensions, usage);
          extension(
              extensions,
              "551D11",
              names ->
                  names.sequence(name ->
                      name.constructed(
                          DerTag.constructed(0),
                          other -> {
                            oid(other, "2B06010505070804");
                            other.constructed(
                                DerTag.constructed(0),
                                value ->
                                    value.sequence(module -> {
                                      oid(module, "2A03");
                                      module.eui(device);
                                    }));
                          })));
        },
        key);
  }

  private static Certificate certificate(Writing subject, Writing extensions, ECPublicKey key) {
    DerWriter writer = new DerWriter(LengthForms.SHORTEST);
    writer.sequence(certificate -> {
      certificate.sequence(body -> body(body, subject, extensions, key));
      algorithm(certificate);
      certificate.primitive(DerTag.BIT_STRING, Octets.ofHex("00").concat(aSignature()));
    });
    return new Certificate(writer.toOctets());
  }

  /** Writes part of a certificate. */
  @FunctionalInterface
  private interface Writing {
    void to(DerWriter writer);
  }

  private static void body(DerWriter body, Writing subject, Writing extensions, ECPublicKey key) {
    body.constructed(DerTag.constructed(0), version -> version.integer(2));
    body.integer(0x1234567);
    algorithm(body);
    body.sequence(issuer -> attribute(issuer, "550403", PRINTABLE, ascii("Z1")));
    body.sequence(validity -> {
      validity.primitive(UTC_TIME, ascii("150101000000Z"));
      validity.time(GeneralizedTime.NEVER);
    });
    body.sequence(subject::to);
    body.sequence(keyInfo -> {
      keyInfo.sequence(algorithm -> {
        oid(algorithm, "2A8648CE3D0201");
        oid(algorithm, "2A8648CE3D030107");
      });
      keyInfo.primitive(DerTag.BIT_STRING, Octets.ofHex("0004").concat(point(key)));
    });
    body.constructed(
        DerTag.constructed(3),
        wrapper ->
            wrapper.sequence(all -> {
              extensions.to(all);
              extension(all, "551D0E", id -> id.octetString(Octets.ofHex("4102030405060708")));
              extension(
                  all,
                  "551D23",
                  id ->
                      id.sequence(one ->
                          one.primitive(DerTag.primitive(0), Octets.ofHex("4909090909090909"))));
            }));
  }

  private static void keyUsage(DerWriter extensions, KeyUsage usage) {
    extension(extensions, "551D0F", value -> KeyUsage.write(value, usage));
  }

  private static void extension(DerWriter extensions, String oid, Writing value) {
    DerWriter inner = new DerWriter(LengthForms.SHORTEST);
    value.to(inner);
    extensions.sequence(extension -> {
      oid(extension, oid);
      extension.primitive(BOOLEAN, Octets.ofHex("FF"));
      extension.octetString(inner.toOctets());
    });
  }

  private static void attribute(DerWriter name, String oid, int tag, Octets value) {
    name.constructed(
        SET,
        set ->
            set.sequence(attribute -> {
              oid(attribute, oid);
              attribute.primitive(tag, value);
            }));
  }

  private static void algorithm(DerWriter writer) {
    writer.sequence(algorithm -> algorithm.primitive(OID, ECDSA_SHA256));
  }

  private static void oid(DerWriter writer, String hex) {
    writer.primitive(OID, Octets.ofHex(hex));
  }

  private static Octets aSignature() {
    DerWriter signature = new DerWriter(LengthForms.SHORTEST);
    signature.sequence(numbers -> numbers.integer(1).integer(1));
    return signature.toOctets();
  }

  private static Octets point(ECPublicKey key) {
    OctetWriter writer = new OctetWriter(64);
    writer.put(coordinate(key.getW().getAffineX().toByteArray()));
    return writer.put(coordinate(key.getW().getAffineY().toByteArray())).toOctets();
  }

  private static byte[] coordinate(byte[] number) {
    byte[] coordinate = new byte[32];
    int length = Math.min(number.length, 32);
    System.arraycopy(number, number.length - length, coordinate, 32 - length, length);
    return coordinate;
  }

  private static Octets ascii(String text) {
    OctetWriter writer = new OctetWriter(text.length());
    text.chars().forEach(writer::u8);
    return writer.toOctets();
  }
}
