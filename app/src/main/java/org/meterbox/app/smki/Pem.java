// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.smki;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.profile.CertificateDer;
import org.meterbox.smki.profile.CertificateKind;

/** Certificates and requests in files: PEM (RFC 7468) or plain DER when read, PEM when written. */
final class Pem {
  static final String CERTIFICATE = "CERTIFICATE";
  static final String PRIVATE_KEY = "PRIVATE KEY";

  private static final int FILE_OCTETS_MAX = 1024 * 1024;
  private static final int LINE_LENGTH = 64;
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----\\s([A-Za-z0-9+/=\\s]*)-----END \\1-----");

  private Pem() {}

  /** Every certificate in a file, in its order. */
  static List<X509Certificate> certificates(Path file) throws IOException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Octets der : contents(file, CERTIFICATE)) {
      try {
        certificates.add(CertificateDer.decode(der));
      } catch (DecodeException malformed) {
        throw new IOException(file + ": " + malformed.getMessage(), malformed);
      }
    }
    return certificates;
  }

  /** The one certificate request in a file. */
  static Octets request(Path file) throws IOException {
    return contents(file, "CERTIFICATE REQUEST").getFirst();
  }

  /** What is in the file: the blocks with this label, or all of it where it is no text. */
  private static List<Octets> contents(Path file, String label) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException("cannot read " + file);
    }
    if (Files.size(file) > FILE_OCTETS_MAX) {
      throw new IOException(file + " is longer than " + FILE_OCTETS_MAX + " octets");
    }
    byte[] octets = Files.readAllBytes(file);
    String text = new String(octets, StandardCharsets.ISO_8859_1);
    if (!text.contains("-----BEGIN ")) {
      return List.of(Octets.of(octets));
    }
    List<Octets> found = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(text);
    while (blocks.find()) {
      // OpenSSL's older name of a request has one word more.
      if (blocks.group(1).equals(label) || blocks.group(1).equals("NEW " + label)) {
        try {
          found.add(Octets.of(Base64.getMimeDecoder().decode(blocks.group(2))));
        } catch (IllegalArgumentException malformed) {
          throw new IOException(file + " is no PEM file: its Base64 is broken", malformed);
        }
      }
    }
    if (found.isEmpty()) {
      throw new IOException("there is no " + label.toLowerCase(Locale.ROOT) + " in " + file);
    }
    return found;
  }

  /** One block. */
  static String text(String label, Octets der) {
    String body =
        Base64.getMimeEncoder(LINE_LENGTH, new byte[] {'\n'}).encodeToString(der.toArray());
    return String.format(
        Locale.ROOT, "-----BEGIN %s-----\n%s\n-----END %s-----\n", label, body, label);
  }

  /** Certificates one after the other. */
  static String text(List<X509Certificate> certificates) {
    StringBuilder text = new StringBuilder();
    certificates.forEach(each -> text.append(text(CERTIFICATE, CertificateDer.encode(each))));
    return text.toString();
  }

  /** Writes a file as a whole or not at all. */
  static void write(Path file, byte[] content) throws IOException {
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Path draft = target.resolveSibling(target.getFileName() + ".new");
    Files.write(draft, content);
    Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  static void write(Path file, String content) throws IOException {
    write(file, content.getBytes(StandardCharsets.UTF_8));
  }

  /** How files and people call an authority of this kind. */
  static String name(CertificateKind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
