// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.issuing;

import java.util.Base64;
import org.meterbox.smki.repository.CertificateRecord;

/** What became of one request of a batch. */
public sealed interface BatchResult {
  /** Which request, counted from 1 in the order of the file. */
  int number();

  /** The certificate, in the repository. */
  record Issued(int number, CertificateRecord record) implements BatchResult {}

  /** No certificate, since the request broke this rule. */
  record Refused(int number, IssuingRule rule, String detail) implements BatchResult {}

  /**
   * The line of the results file: number, ISSUED or REFUSED, then EUI-64, use, serial number and
   * certificate (DER in Base64), or rule and detail; separated by tabulators.
   */
  default String line() {
    return switch (this) {
      case Issued(int number, CertificateRecord record) ->
          String.join(
              "\t",
              Integer.toString(number),
              "ISSUED",
              record.subject().map(Object::toString).orElse(""),
              record.use().code(),
              record.certificate().getSerialNumber().toString(16),
              Base64.getEncoder().encodeToString(record.der().toArray()));
      case Refused(int number, IssuingRule rule, String detail) ->
          String.join(
              "\t",
              Integer.toString(number),
              "REFUSED",
              rule.name(),
              detail.replaceAll("\\p{Cntrl}", " "));
    };
  }
}
