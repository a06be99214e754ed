// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.asn1;

import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.Octets;

/**
 * A payload in ASN.1: its values, and the lengths that were not written in their shortest form.
 * Both together encode to the octets that were read.
 */
public record Asn1Payload(Asn1Content content, LengthForms lengthForms) {
  /** A payload of our own making, with every length in its shortest form. */
  public static Asn1Payload of(Asn1Content content) {
    return new Asn1Payload(content, LengthForms.SHORTEST);
  }

  /**
   * Reads a whole payload. The type does not show in the octets; it follows from message code and
   * CRA flag of the grouping header. Other pairs give {@link Asn1Content.Unrecognised}.
   *
   * @throws DecodeException where an octet is missing, left over or not as the type prescribes
   */
  public static Asn1Payload decode(Octets payload, MessageCode code, CraFlag flag)
      throws DecodeException {
    OctetReader octets = payload.reader();
    LengthForms.Recorder forms = new LengthForms.Recorder();
    DerReader reader = new DerReader(octets, forms);
    Asn1Content content =
        switch (flag) {
          case COMMAND -> Asn1Types.readCommand(code.value(), reader);
          case RESPONSE -> Asn1Types.readResponse(code.value(), reader);
          case ALERT -> Asn1Types.readAlert(code.value(), reader);
        };
    if (content instanceof Asn1Content.Unrecognised) {
      return of(new Asn1Content.Unrecognised(payload));
    }
    reader.end();
    return new Asn1Payload(content, forms.forms());
  }

  /** Writes the payload. */
  public Octets encode() {
    if (content instanceof Asn1Content.Unrecognised unrecognised) {
      return unrecognised.octets();
    }
    DerWriter writer = new DerWriter(lengthForms);
    Asn1Types.write(content, writer);
    return writer.toOctets();
  }
}
