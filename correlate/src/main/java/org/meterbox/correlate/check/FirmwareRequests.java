// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.util.ArrayList;
import java.util.List;
import org.meterbox.correlate.expectation.Der;
import org.meterbox.correlate.expectation.Expectation;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;

/** Firmware: 11.3 (GBCS CS06). */
final class FirmwareRequests {
  private FirmwareRequests() {}

  static List<Expectation> activate(OriginalRequest request) throws ElementException {
    XmlElement hash = request.body().child("FirmwareHash");
    List<Der> parts = new ArrayList<>();
    parts.add(Der.octetString(hash, hash.hex()));
    parts.add(Der.integer("the originator counter", request.requestId().counter().value()));
    Activation.of(request).generalizedTime().ifPresent(parts::add);
    return List.of(
        Expectation.of(0x0012, Der.sequence("the activation of firmware", parts).payload()));
  }
}
