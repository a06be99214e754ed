// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.meterbox.correlate.expectation.Data;
import org.meterbox.correlate.expectation.Der;
import org.meterbox.correlate.expectation.DlmsCommand;
import org.meterbox.correlate.expectation.Expectation;
import org.meterbox.correlate.expectation.Requested;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;

/** A meter's clock: 6.11, 8.1.1 (GBCS ECS70, GCS28). */
final class ClockRequests {
  private static final String CLOCK = "0-0:1.0.0.255";
  private static final int CLOCK_BASE_RADIO = 5;
  private static final int MAX_TOLERANCE_SECONDS = 86_400;
  private static final DlmsValue NEVER = DlmsValue.OctetString.ofHex("FFFFFFFFFFFFFFFFFF8000FF");
  private static final DateTimeFormatter GENERALIZED_TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private ClockRequests() {}

  static List<Expectation> synchronise(OriginalRequest request) throws ElementException {
    XmlElement now = request.body().child("CurrentDateTime");
    XmlElement tolerance = request.body().child("TolerancePeriod");
    Instant end = now.dateTime().plusSeconds(Requested.within(tolerance, 0, MAX_TOLERANCE_SECONDS));
    String words = String.format(Locale.ROOT, "%s + %s s", now.token(), tolerance.token());
    return List.of(
        electricity(request, now, tolerance, words, end), gas(now, tolerance, words, end));
  }

  private static Expectation electricity(
      OriginalRequest request, XmlElement now, XmlElement tolerance, String words, Instant end)
      throws ElementException {
    Data interval =
        Data.structure(
            "preset time",
            Data.prescribed("no preset time", NEVER),
            Moments.dateTime(now),
            Data.requested(
                tolerance.path(),
                words,
                new DlmsValue.OctetString(Moments.dateTime(tolerance.path(), end))));
    return Expectation.of(
        0x0062,
        new DlmsCommand(request.requestId().counter())
            .set(
                CosemAttribute.of(8, CLOCK, 9),
                "clock base",
                Data.prescribed("clock base", new DlmsValue.Enumerated(CLOCK_BASE_RADIO)))
            .action(CosemAttribute.of(8, CLOCK, 5), "validity interval", interval)
            .action(
                CosemAttribute.of(8, CLOCK, 4),
                "adjust to the preset time",
                Data.prescribed("adjust to the preset time", new DlmsValue.Int8(0)))
            .get(CosemAttribute.of(8, CLOCK, 2), "time")
            .get(CosemAttribute.of(8, CLOCK, 4), "status")
            .payload());
  }

  private static Expectation gas(XmlElement now, XmlElement tolerance, String words, Instant end)
      throws ElementException {
    return Expectation.of(
        0x007F,
        Der.sequence(
                "the validity interval",
                Der.generalizedTime(
                    now.path(), now.token(), GENERALIZED_TIME.format(now.dateTime())),
                Der.generalizedTime(tolerance.path(), words, GENERALIZED_TIME.format(end)))
            .payload());
  }
}
