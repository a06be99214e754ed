// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.parse;

import java.util.List;
import java.util.Optional;
import org.meterbox.correlate.Outcome;
import org.meterbox.correlate.alert.AlertFacts;
import org.meterbox.correlate.alert.Asn1Alerts;
import org.meterbox.correlate.alert.DlmsAlerts;
import org.meterbox.correlate.alert.GbzAlerts;
import org.meterbox.correlate.content.DlmsContent;
import org.meterbox.correlate.content.GbzAnswers;
import org.meterbox.correlate.content.LogMeanings;
import org.meterbox.correlate.content.Timestamps;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.alert.AlertPayload;
import org.meterbox.gbcs.alert.UndeliveredMessage;
import org.meterbox.gbcs.asn1.Asn1Content;
import org.meterbox.gbcs.dlms.DataNotification;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.ProtectedAttributes;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.gbz.GbzAlert;
import org.meterbox.gbcs.gbz.ZclFrame;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;

/** Makes the documents of alerts. */
final class AlertDocuments {
  private static final int CODE_AND_TIME = 2;

  private AlertDocuments() {}

  /** Writes the payload element of an alert, where MMC has words for it. */
  @FunctionalInterface
  private interface Payload {
    void write(MmcWriter out) throws UnexpectedContentException;
  }

  /**
   * An alert that was read.
   *
   * @param saysMore whether there is more than code and time
   * @param payload writes what more there is; empty where MMC has no words for it
   * @param readings what the payload is written from, where that is a component of GBZ
   */
  private record Read(
      AlertFacts facts,
      boolean saysMore,
      Optional<Payload> payload,
      Optional<GbzAnswers> readings) {
    Read(AlertFacts facts, boolean saysMore, Optional<Payload> payload) {
      this(facts, saysMore, payload, Optional.empty());
    }

    /** Whether something that was written is marked as "no value", so that only octets show it. */
    boolean metNonValue() {
      return readings.isPresent() && readings.get().metNonValue();
    }
  }

  static Rendered render(GbcsMessage message, SensitiveReader sensitive) throws DecodeException {
    ClosedParts closed = new ClosedParts();
    Read read;
    try {
      read = read(message, sensitive, closed);
    } catch (UnexpectedContentException e) {
      return asOctets(message, sensitive, e.reason());
    }
    MmcWriter out = Documents.begin(message, Optional.empty()).open("DeviceAlertMessage");
    MmcWriter.Mark mark = out.mark();
    Optional<String> remark = Optional.empty();
    try {
      closed.render(message, out);
      content(message, read, closed, out);
      if (read.metNonValue()) {
        out.rewind(mark);
        closed.renderWithWhole(message, out);
        content(message, read, closed, out);
      }
    } catch (UnexpectedContentException e) {
      remark = Optional.of(e.reason());
      out.rewind(mark);
      ClosedParts.whole(message, out);
      facts(read.facts(), out);
      out.close();
    }
    out.close();
    return new Rendered(
        Documents.end(out), sensitive.verdict(), Optional.empty(), Outcome.NOT_AN_ANSWER, remark);
  }

  private static void content(GbcsMessage message, Read read, ClosedParts closed, MmcWriter out)
      throws UnexpectedContentException {
    if (read.payload().isEmpty() && read.saysMore()) {
      ClosedParts.whole(message, out);
    }
    facts(read.facts(), out);
    if (read.payload().isPresent() && closed.isEmpty()) {
      out.open("Payload");
      read.payload().get().write(out);
      out.close();
    }
    out.close();
  }

  /** Opens the content with what every alert says. */
  private static void facts(AlertFacts facts, MmcWriter out) {
    out.open("DeviceAlertContent").hexLeaf("GBCSHexAlertCode", facts.code());
    out.leaf("AlertDescription", LogMeanings.alert(facts.code()));
    out.leaf("Timestamp", facts.time());
  }

  private static Read read(GbcsMessage message, SensitiveReader sensitive, ClosedParts closed)
      throws DecodeException, UnexpectedContentException {
    Octets payload = message.content().payload();
    if (message.header().messageCode().value() == UndeliveredMessage.MESSAGE_CODE) {
      return undelivered(message);
    }
    if (!payload.isEmpty() && payload.at(0) == DataNotification.TAG) {
      return dlms(message, sensitive, closed);
    }
    if (Answer.isGbz(payload)) {
      return gbz(message, sensitive, closed);
    }
    Asn1Content content = Answer.asn1(message);
    AlertFacts facts = Asn1Alerts.facts(content);
    return Asn1Alerts.hasPayload(content)
        ? new Read(facts, true, Optional.of(out -> Asn1Alerts.payload(content, out)))
        : new Read(facts, true, Optional.empty());
  }

  private static Read dlms(GbcsMessage message, SensitiveReader sensitive, ClosedParts closed)
      throws DecodeException, UnexpectedContentException {
    DlmsValue body = PayloadReading.payload(message, DataNotification::decode).body();
    AlertFacts facts = DlmsAlerts.facts(body);
    List<DlmsValue> parts = DlmsContent.structure(body);
    int code = message.header().messageCode().value();
    boolean saysMore = parts.size() > CODE_AND_TIME;
    if (!DlmsAlerts.hasPayload(code)) {
      return new Read(facts, saysMore, Optional.empty());
    }
    Optional<ProtectedAttributes.Response> part =
        parts.size() == CODE_AND_TIME + 2
            ? ProtectedAttributes.Response.of(parts.get(2), parts.get(3))
            : Optional.empty();
    Optional<List<DlmsValue>> opened =
        part.isPresent()
            ? Answer.Dlms.open(part.get().block(), sensitive, closed)
            : Optional.empty();
    return new Read(
        facts, saysMore, Optional.of(out -> DlmsAlerts.payload(code, body, opened, out)));
  }

  /** What the hub could not deliver: MMC has no words for it (GBCS message code 00D5). */
  private static Read undelivered(GbcsMessage message)
      throws DecodeException, UnexpectedContentException {
    AlertPayload payload =
        PayloadReading.payload(
            message, octets -> AlertPayload.decode(octets, message.header().messageCode()));
    if (payload instanceof AlertPayload.Undelivered(UndeliveredMessage alert)) {
      AlertFacts facts =
          new AlertFacts(alert.alertCode(), Timestamps.ofDlms(alert.time().octets()));
      return new Read(facts, true, Optional.empty());
    }
    throw new UnexpectedContentException("expected the identity of an undelivered message");
  }

  private static Read gbz(GbcsMessage message, SensitiveReader sensitive, ClosedParts closed)
      throws DecodeException, UnexpectedContentException {
    GbzAlert alert =
        PayloadReading.payload(
            message, octets -> GbzAlert.decode(octets, message.header().messageCode()));
    Optional<ZclFrame> opened =
        alert.content() instanceof GbzAlert.BillingData billing
            ? Answer.Gbz.open(billing.snapshot(), sensitive, closed)
            : Optional.empty();
    GbzAnswers readings = GbzAlerts.readings(opened);
    boolean saysMore = !(alert.content() instanceof GbzAlert.None);
    Optional<Payload> payload =
        GbzAlerts.hasPayload(alert.content())
            ? Optional.of(out -> GbzAlerts.payload(alert.content(), readings, out))
            : Optional.empty();
    return new Read(GbzAlerts.facts(alert), saysMore, payload, Optional.of(readings));
  }

  /** An alert without a readable code or time: MMC demands both for its content. */
  static Rendered asOctets(GbcsMessage message, SensitiveReader sensitive, String remark) {
    MmcWriter out = Documents.begin(message, Optional.empty()).open("DeviceAlertMessage");
    ClosedParts.whole(message, out);
    out.close();
    return new Rendered(
        Documents.end(out),
        sensitive.verdict(),
        Optional.empty(),
        Outcome.NOT_AN_ANSWER,
        Optional.of(remark));
  }
}
