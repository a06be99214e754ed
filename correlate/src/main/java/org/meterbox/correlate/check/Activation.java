// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.correlate.expectation.Data;
import org.meterbox.correlate.expectation.Der;
import org.meterbox.correlate.expectation.ZclFields;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * When a device is to do what a request asks for: at once, at a time, or never, which takes back
 * what was asked for before (DUIS ExecutionDateTime).
 *
 * @param field the path of the element
 * @param words the time as the request writes it
 * @param kind at once, later or never
 * @param time when; of no meaning unless later
 */
record Activation(String field, String words, Kind kind, Instant time) {
  private static final String ELEMENT = "ExecutionDateTime";

  /** By this time a request takes back an earlier one. */
  private static final Instant CANCELLATION = Instant.parse("3000-12-31T00:00:00Z");

  private static final String NOW_DLMS = "0000000000000000008000FF";
  private static final String NEVER_DLMS = "FFFFFFFFFFFFFFFFFF8000FF";
  private static final String NEVER_ASN1 = "99991231235959Z";
  private static final int UTC_TIME_OCTETS = 4;
  private static final DateTimeFormatter GENERALIZED_TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** At once, later or never. */
  enum Kind {
    IMMEDIATE,
    FUTURE_DATED,
    CANCELLATION
  }

  /** What a request says. */
  static Activation of(OriginalRequest request) throws ElementException {
    String field = request.body().path() + "/" + ELEMENT;
    Optional<XmlElement> element = request.body().find(ELEMENT);
    if (element.isEmpty()) {
      return new Activation(field, "at once", Kind.IMMEDIATE, Instant.EPOCH);
    }
    Instant time = element.get().dateTime();
    Kind kind = time.equals(CANCELLATION) ? Kind.CANCELLATION : Kind.FUTURE_DATED;
    return new Activation(element.get().path(), element.get().token(), kind, time);
  }

  /** The DLMS date-time of an activation attribute. */
  Data dlms() throws ElementException {
    Octets octets =
        switch (kind) {
          case IMMEDIATE -> Octets.ofHex(NOW_DLMS);
          case CANCELLATION -> Octets.ofHex(NEVER_DLMS);
          case FUTURE_DATED -> Moments.dateTime(field, time);
        };
    return Data.requested(field, words, new DlmsValue.OctetString(octets));
  }

  /**
   * Adds the UTCTime of a ZCL command.
   *
   * @param never how this command says never
   */
  ZclFields addTo(ZclFields fields, long never) throws ElementException {
    Octets bigEndian = utcTime(never);
    OctetWriter writer = new OctetWriter(UTC_TIME_OCTETS);
    for (int i = UTC_TIME_OCTETS - 1; i >= 0; i--) {
      writer.u8(bigEndian.at(i));
    }
    return fields.requested(field, words, writer.toOctets());
  }

  /** The seconds since 2000, the most significant octet first. */
  Octets utcTime(long never) throws ElementException {
    long seconds =
        switch (kind) {
          case IMMEDIATE -> 0;
          case CANCELLATION -> never;
          case FUTURE_DATED -> Moments.sinceZigbeeEpoch(field, time);
        };
    return new OctetWriter(UTC_TIME_OCTETS).u32(seconds).toOctets();
  }

  /** The GeneralizedTime of an ASN.1 command; none for at once. */
  Optional<Der> generalizedTime() throws ElementException {
    try {
      return switch (kind) {
        case IMMEDIATE -> Optional.empty();
        case CANCELLATION -> Optional.of(Der.generalizedTime(field, words, NEVER_ASN1));
        case FUTURE_DATED ->
            Optional.of(Der.generalizedTime(field, words, GENERALIZED_TIME.format(time)));
      };
    } catch (DateTimeException outside) {
      throw new ElementException(field, "is no time that can be written");
    }
  }
}
