// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.smki.pages;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.meterbox.kernel.Eui64;
import org.meterbox.portal.web.Html;
import org.meterbox.smki.desk.Refusal;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.CertificateStatus;

/** Small pieces that many pages show alike. */
final class Pieces {
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Devices' certificates end with X.509's calendar. */
  private static final Instant NO_END = Instant.parse("9999-01-01T00:00:00Z");

  /** Words of which only the first letter of a sentence would be lost in lower case. */
  private static final Set<String> ABBREVIATIONS =
      Set.of("CA", "OCA", "DCA", "IKI", "DCCKI", "XML", "DSP", "WAN");

  private Pieces() {}

  static Html time(Instant at) {
    return Html.of("<time datetime=\"{}\">{}</time>", at, MINUTES.format(at));
  }

  static Html exactTime(Instant at) {
    return Html.of("<time datetime=\"{}\">{}</time>", at, SECONDS.format(at));
  }

  static String day(Instant at) {
    return MINUTES.format(at).substring(0, 10);
  }

  static Html end(Instant notAfter) {
    return notAfter.isAfter(NO_END) ? Html.of("never expires") : time(notAfter);
  }

  static Html eui(Eui64 eui) {
    return copyable("EUI-64", eui.dashed(), "id");
  }

  /** A value that people need elsewhere; the script adds a button that copies it. */
  static Html copyable(String name, String value, String style) {
    return Html.of(
        "<span class=\"{}\" data-copy=\"{}\" data-name=\"{}\">{}</span>",
        style,
        value,
        name,
        value);
  }

  static Html eui(Optional<Eui64> eui) {
    return eui.map(Pieces::eui).orElseGet(() -> Html.of("<span class=\"soft\">none</span>"));
  }

  static Html certificateLink(CertificateRecord record) {
    String serial = record.id().serial().toString(16);
    return Html.of(
        "<a class=\"id\" href=\"/certificates/{}\" title=\"Serial number {}\" data-copy=\"{}\""
            + " data-name=\"serial number\">{}…</a>",
        serial,
        serial,
        serial,
        serial.substring(0, Math.min(12, serial.length())));
  }

  /** The name of an enum's constant as words. */
  static String words(Enum<?> constant) {
    String words =
        Arrays.stream(constant.name().split("_"))
            .map(Pieces::word)
            .collect(Collectors.joining(" "));
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static String word(String word) {
    if (word.equals("COS")) {
      return "CoS";
    }
    return ABBREVIATIONS.contains(word) ? word : word.toLowerCase(Locale.ROOT);
  }

  /** Who acted, as the audit log names people: the name, and the capacity behind a comma. */
  static Html actor(String actor) {
    int comma = actor.indexOf(", ");
    return comma < 0
        ? Html.of("{}", actor)
        : Html.of(
            "<span>{}<span class=\"under\">{}</span></span>",
            actor.substring(0, comma),
            actor.substring(comma + 2));
  }

  static Html badge(String tone, String words) {
    return Html.of("<span class=\"badge {}\">{}</span>", tone, words);
  }

  static Html status(CertificateStatus status) {
    return switch (status) {
      case IN_USE -> badge("good", "In use");
      case PENDING -> badge("warn", "Pending");
      case NOT_IN_USE -> badge("", "Not in use");
      case EXPIRED -> badge("bad", "Expired");
      case REVOKED -> badge("bad", "Revoked");
    };
  }

  static Html heading(String title, String lead) {
    return Html.of("<h1>{}</h1><p class=\"lead\">{}</p>", title, lead);
  }

  /** Something went well. */
  static Html good(String title, Html words) {
    return Html.of(
        "<div class=\"note good\" role=\"status\"><h2>{}</h2><p>{}</p></div>", title, words);
  }

  /** Something was refused: which rule, why, and what to do. */
  static Html refused(Refusal refusal) {
    return Html.of(
        """
        <div class="note bad" role="alert"><h2>Refused by rule <code>{}</code></h2>
        <p>The rule: {}. The problem: {}.</p><p><strong>{}</strong></p></div>
        """,
        refusal.rule(),
        refusal.demand(),
        refusal.detail(),
        Advice.on(refusal));
  }

  /** One choice of a list. */
  static Html option(String value, String words, boolean selected) {
    return Html.of(
        "<option value=\"{}\"{}>{}</option>",
        value,
        Html.when(selected, Html.of(" selected")),
        words);
  }
}
