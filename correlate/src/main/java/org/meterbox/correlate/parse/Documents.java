// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.parse;

import java.util.Optional;
import org.meterbox.correlate.Outcome;
import org.meterbox.correlate.Verdict;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;

/** What all documents have in common. */
final class Documents {
  private static final int OCTETS_AROUND_CONTENT = 1_024;
  private static final int TEXT_PER_OCTET = 8;

  private Documents() {}

  /** Begins a document, up to and with the start of its Body. */
  static MmcWriter begin(GbcsMessage message, Optional<ServiceReferenceVariant> service) {
    int expected = OCTETS_AROUND_CONTENT + TEXT_PER_OCTET * message.content().payload().length();
    MmcWriter out = new MmcWriter(expected).document("GBCSResponse");
    HeaderRendering.render(message.header(), service, out);
    return out.open("Body");
  }

  /** Ends a document. */
  static Octets end(MmcWriter out) {
    return out.close().close().toOctets();
  }

  /** A document that carries the message as it came. */
  static Rendered asOctets(GbcsMessage message, String remark) {
    MmcWriter out = begin(message, Optional.empty()).open("ResponseMessage");
    ClosedParts.whole(message, out);
    out.close();
    return new Rendered(
        end(out),
        new Verdict.Absent(),
        Optional.empty(),
        Outcome.NOT_AN_ANSWER,
        Optional.of(remark));
  }
}
