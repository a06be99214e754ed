// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.meterbox.app.files.InputFile;

/**
 * Certificates from files and directories, in PEM or DER. Their dates and issuers are not looked
 * at.
 *
 * @param certificates in the order of their paths
 * @param faults what could not be read, one line a file
 */
public record CertificateFiles(List<X509Certificate> certificates, List<String> faults) {
  private static final List<String> ENDINGS = List.of(".pem", ".crt", ".cer", ".der");

  /** Copies the lists. */
  public CertificateFiles {
    certificates = List.copyOf(certificates);
    faults = List.copyOf(faults);
  }

  /**
   * Reads these files, and of directories what is named like a certificate and is one.
   *
   * @throws IOException where a directory cannot be read; a file that cannot is among the faults
   */
  public static CertificateFiles read(List<Path> paths) throws IOException {
    List<X509Certificate> certificates = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (Path path : paths) {
      for (InputFile file : files(path)) {
        try {
          certificates.add(PemFile.certificate(file.path()));
        } catch (PemFile.NoCertificateException other) {
          // A folder of keys holds public keys under such names too.
          if (!Files.isDirectory(path)) {
            faults.add(String.format(Locale.ROOT, "%s: %s", file.path(), other.getMessage()));
          }
        } catch (IOException unreadable) {
          faults.add(
              String.format(
                  Locale.ROOT, "%s: cannot be read: %s", file.path(), unreadable.getMessage()));
        }
      }
    }
    return new CertificateFiles(certificates, faults);
  }

  private static List<InputFile> files(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return InputFile.of(path, "");
    }
    List<InputFile> files = new ArrayList<>();
    for (String ending : ENDINGS) {
      files.addAll(InputFile.of(path, ending));
    }
    return files;
  }
}
