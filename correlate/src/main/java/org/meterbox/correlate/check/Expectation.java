// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.util.List;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * What one use case must say to carry out one request.
 *
 * @param useCase the message code
 * @param payload the whole payload in order
 */
record Expectation(MessageCode useCase, List<Segment> payload) {
  Expectation {
    payload = List.copyOf(payload);
  }

  static Expectation of(int messageCode, List<Segment> payload) {
    return new Expectation(new MessageCode(messageCode), payload);
  }

  Octets octets() {
    OctetWriter writer = new OctetWriter(512);
    payload.forEach(segment -> writer.put(segment.octets()));
    return writer.toOctets();
  }
}
