// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.LogTimestamp;
import org.meterbox.gbcs.dlms.ProtectedAttributes;
import org.meterbox.gbcs.dlms.ProtectedAttributes.Selection;
import org.meterbox.gbcs.dlms.SelectiveAccess;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.kernel.Octets;

/**
 * One translation in progress: what a mapping may look at, and the forms of payload it may answer
 * with.
 *
 * @param translationRequest what is translated
 * @param header the grouping header that the payload will stand behind
 */
public record Translation(TranslationRequest translationRequest, GroupingHeader header) {
  private static final int PROFILE_GENERIC = 7;
  private static final int BUFFER = 2;

  /** The whole request. */
  public ServiceRequest request() {
    return translationRequest.request();
  }

  /** The device that is addressed. */
  public TargetDevice device() {
    return translationRequest.device();
  }

  /** What is known besides. */
  public TranslationContext context() {
    return translationRequest.context();
  }

  /** The request element inside the body. */
  public XmlElement body() {
    return request().body();
  }

  /**
   * A DLMS payload of these items, with the invoke identifier that the header's counter demands.
   */
  public Octets access(AccessRequest.Item... items) {
    return access(Stream.of(items));
  }

  /**
   * A DLMS payload of these items, with the invoke identifier that the header's counter demands.
   */
  public Octets access(Stream<AccessRequest.Item> items) {
    long invokeId = AccessRequest.longInvokeId(header.messageId().counter());
    return new AccessRequest(invokeId, items.toList()).encode();
  }

  /**
   * A read through the data protection object with this number, whose answer is encrypted for the
   * party that asks.
   */
  public AccessRequest.Item protectedRead(int instance, Selection... selections) {
    ProtectedAttributes.Request read =
        new ProtectedAttributes.Request(
            List.of(selections), ProtectedAttributes.Parameters.requestedBy(header));
    return new AccessRequest.Item.Action(ProtectedAttributes.method(instance), read.toValue());
  }

  /** A plain read. */
  public static AccessRequest.Item get(int classId, String object, int attribute) {
    return new AccessRequest.Item.Get(CosemAttribute.of(classId, object, attribute));
  }

  /** A write. */
  public static AccessRequest.Item set(int classId, String object, int attribute, DlmsValue value) {
    return new AccessRequest.Item.Set(CosemAttribute.of(classId, object, attribute), value);
  }

  /**
   * The log entries of the period that the request names (ReadLogPeriod), as a selective read.
   *
   * @throws ElementException where the request names none
   */
  public AccessRequest.Item logOf(String log) throws ElementException {
    XmlElement period = body().child("ReadLogPeriod");
    return new SelectiveAccess(
            timestamp(period.child("StartDateTime")), timestamp(period.child("EndDateTime")))
        .read(CosemAttribute.of(PROFILE_GENERIC, log, BUFFER));
  }

  /**
   * The log entries of the period that the request names (ReadLogPeriod), for an encrypted read.
   *
   * @throws ElementException where the request names none
   */
  public Selection periodOf(String log) throws ElementException {
    XmlElement period = body().child("ReadLogPeriod");
    return Selection.between(
        CosemAttribute.of(PROFILE_GENERIC, log, BUFFER),
        DlmsDateTime.of(period.dateTime("StartDateTime")),
        DlmsDateTime.of(period.dateTime("EndDateTime")));
  }

  /** Seconds since 2000; a time outside what four octets can say is refused. */
  private static LogTimestamp timestamp(XmlElement element) throws ElementException {
    long seconds = element.dateTime().getEpochSecond() - LogTimestamp.EPOCH.getEpochSecond();
    if (seconds < 0 || seconds > 0xFFFF_FFFFL) {
      throw element.fault("lies outside the time that a device's log can name");
    }
    return new LogTimestamp(seconds);
  }

  /** A method with its argument. */
  public static AccessRequest.Item action(
      int classId, String object, int method, DlmsValue argument) {
    return new AccessRequest.Item.Action(CosemAttribute.of(classId, object, method), argument);
  }

  /** The element's first child with this name, where the request brings it. */
  public Optional<XmlElement> optional(String name) {
    return body().find(name);
  }
}
