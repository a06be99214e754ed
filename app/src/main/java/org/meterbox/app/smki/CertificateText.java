// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.smki;

import java.time.Instant;
import java.util.Locale;
import org.meterbox.kernel.Eui64;
import org.meterbox.smki.profile.CellUsage;
import org.meterbox.smki.repository.CertificateRecord;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A certificate of the repository in a line, for people or for programs. */
final class CertificateText {
  static final String HEAD =
      String.format(
          Locale.ROOT,
          "%-32s %-8s %-23s %-14s %-22s %-3s %-6s %-20s %s",
          "SERIAL",
          "STATUS",
          "SUBJECT",
          "KIND",
          "ROLE",
          "USE",
          "TOP-UP",
          "UNTIL",
          "ISSUER");

  private static final JsonMapper JSON = new JsonMapper();

  private CertificateText() {}

  /** A line of a table. */
  static String line(CertificateRecord record, Instant now) {
    return String.format(
        Locale.ROOT,
        "%-32s %-8s %-23s %-14s %-22s %-3s %-6s %-20s %s",
        serial(record),
        words(record.statusAt(now)),
        record.subject().map(Eui64::dashed).orElse("-"),
        Pem.name(record.kind()),
        record.role().map(CertificateText::words).orElse("-"),
        record.use().code(),
        record.cellUsage() == CellUsage.PREPAYMENT_TOP_UP ? "yes" : "-",
        record.notAfter(),
        record.id().issuer());
  }

  /** A JSON object in one line. */
  static String json(CertificateRecord record, Instant now, boolean withCertificate) {
    ObjectNode object = JSON.createObjectNode();
    object.put("serial", serial(record));
    object.put("issuer", record.id().issuer().rfc2253());
    record.subject().ifPresent(eui -> object.put("eui", eui.dashed()));
    object.put("kind", Pem.name(record.kind()));
    record.role().ifPresent(role -> object.put("role", words(role)).put("roleCode", role.code()));
    object.put("use", record.use().code());
    object.put("topUp", record.cellUsage() == CellUsage.PREPAYMENT_TOP_UP);
    object.put("status", String.valueOf(record.statusAt(now).letter()));
    object.put("notBefore", record.notBefore().toString());
    object.put("notAfter", record.notAfter().toString());
    object.put("keyIdentifier", record.keyIdentifier().hex());
    if (withCertificate) {
      object.put("certificate", Pem.text(Pem.CERTIFICATE, record.der()));
    }
    return JSON.writeValueAsString(object);
  }

  /** Whole octets, as openssl shows it. */
  private static String serial(CertificateRecord record) {
    String digits = record.id().serial().toString(16).toUpperCase(Locale.ROOT);
    return digits.length() % 2 == 0 ? digits : "0" + digits;
  }

  private static String words(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
