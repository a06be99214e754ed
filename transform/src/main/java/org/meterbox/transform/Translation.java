// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.ProtectedAttributes;
import org.meterbox.gbcs.dlms.ProtectedAttributes.Selection;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.kernel.Octets;

/**
 * One translation in progress: what a mapping may look at, and the forms of payload it may answer
 * with.
 *
 * @param request the whole request
 * @param device the device that is addressed
 * @param header the grouping header that the payload will stand behind
 */
public record Translation(ServiceRequest request, TargetDevice device, GroupingHeader header) {
  /** The request element inside the body. */
  public XmlElement body() {
    return request.body();
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
