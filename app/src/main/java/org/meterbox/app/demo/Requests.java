// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.demo;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.meterbox.app.system.Home;
import org.meterbox.app.system.Participant;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.ServiceReferenceVariant;

/** Makes the demonstration's requests, all for the electricity meter of the first home. */
final class Requests {
  private final InstantSource clock;
  private long lastCounter;

  Requests(InstantSource clock) {
    this.clock = clock;
  }

  RequestDraft readImportRegisters(Participant from) {
    return reading(from, "4.1.1", XmlElement.of("ReadInstantaneousImportRegisters"));
  }

  RequestDraft readDailyLog(Participant from, int days) {
    Instant end = clock.instant().truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
    Instant start = end.minus(days + 1L, ChronoUnit.DAYS);
    XmlElement period =
        XmlElement.of(
            "ReadLogPeriod",
            XmlElement.leaf("StartDateTime", start.toString()),
            XmlElement.leaf("EndDateTime", end.toString()));
    return reading(from, "4.6.1", XmlElement.of("RetrieveImportDailyReadLog", period));
  }

  RequestDraft readFirmwareVersion(Participant from) {
    return reading(from, "11.2", XmlElement.of("ReadFirmwareVersion"));
  }

  RequestDraft readSupplyStatus(Participant from) {
    return reading(from, "7.4", XmlElement.of("ReadSupplyStatus"));
  }

  RequestDraft disableSupply(Participant from) {
    return make(from, CommandVariant.TRANSFORM, "7.2", XmlElement.of("DisableSupply"));
  }

  RequestDraft enableSupply(Participant from) {
    return make(from, CommandVariant.TRANSFORM, "7.1", XmlElement.of("EnableSupply"));
  }

  /** The same request under another command variant. */
  static RequestDraft as(RequestDraft request, CommandVariant variant) {
    return new RequestDraft(
        request.requestId(),
        variant,
        request.serviceReferenceVariant(),
        request.firstInSequence(),
        request.precedingRequestId(),
        request.body());
  }

  private RequestDraft reading(Participant from, String variant, XmlElement body) {
    return make(from, CommandVariant.NON_CRITICAL_WAN, variant, body);
  }

  private RequestDraft make(
      Participant from, CommandVariant commandVariant, String variant, XmlElement body) {
    // Milliseconds since 1970 rise over restarts without being stored; within one they are counted.
    lastCounter = Math.max(lastCounter + 1, clock.millis());
    return RequestDraft.single(
        new MessageId(from.id(), Home.FIRST.electricityMeter(), new OriginatorCounter(lastCounter)),
        commandVariant,
        new ServiceReferenceVariant(variant),
        body);
  }
}
