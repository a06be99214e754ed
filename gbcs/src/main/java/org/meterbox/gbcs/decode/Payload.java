// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.decode;

import java.util.Locale;
import org.meterbox.gbcs.alert.AlertPayload;
import org.meterbox.gbcs.asn1.Asn1Content;
import org.meterbox.gbcs.asn1.Asn1Payload;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.dlms.AccessResponse;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.gbz.GbzMessage;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.Octets;

/** The payload of a message in the language of its use case. */
public sealed interface Payload {
  /** The payload's octets, written from its values. */
  Octets encode();

  /** What a command asks of a COSEM device. */
  record DlmsRequest(AccessRequest request) implements Payload {
    @Override
    public Octets encode() {
      return request.encode();
    }
  }

  /** What a COSEM device answers. */
  record DlmsResponse(AccessResponse response) implements Payload {
    @Override
    public Octets encode() {
      return response.encode();
    }
  }

  /** ZigBee commands, or the answers to them. */
  record Gbz(GbzMessage message) implements Payload {
    @Override
    public Octets encode() {
      return message.encode();
    }
  }

  /** What a device reports, in whichever language. */
  record Alert(AlertPayload alert) implements Payload {
    @Override
    public Octets encode() {
      return alert.encode();
    }
  }

  /** Credentials, certificates, device logs, firmware and clock in ASN.1. */
  record Asn1(Asn1Payload payload) implements Payload {
    @Override
    public Octets encode() {
      return payload.encode();
    }
  }

  /** Octets in no language that GBCS prescribes for them; kept as they are. */
  record Opaque(Octets octets) implements Payload {
    @Override
    public Octets encode() {
      return octets;
    }
  }

  /**
   * Reads a payload. Its first octets name the language; within a language every octet must be as
   * it prescribes.
   *
   * @throws DecodeException where it is not
   */
  static Payload decode(GroupingHeader header, Octets payload) throws DecodeException {
    if (payload.isEmpty()) {
      return new Opaque(payload);
    }
    return header.craFlag() == CraFlag.ALERT
        ? alert(header, payload)
        : commandOrResponse(header, payload);
  }

  private static Payload alert(GroupingHeader header, Octets octets) throws DecodeException {
    AlertPayload alert = AlertPayload.decode(octets, header.messageCode());
    return alert instanceof AlertPayload.Asn1(Asn1Payload payload)
            && payload.content() instanceof Asn1Content.Unrecognised
        ? new Opaque(octets)
        : new Alert(alert);
  }

  private static Payload commandOrResponse(GroupingHeader header, Octets payload)
      throws DecodeException {
    return switch (payload.at(0)) {
      case AccessRequest.TAG -> {
        require(header, CraFlag.COMMAND, "an ACCESS.request");
        yield new DlmsRequest(AccessRequest.decode(payload));
      }
      case AccessResponse.TAG -> {
        require(header, CraFlag.RESPONSE, "an ACCESS.response");
        yield new DlmsResponse(AccessResponse.decode(payload));
      }
      case GbzMessage.PROFILE >>> 8 -> new Gbz(GbzMessage.decode(payload));
      default -> asn1(header, payload);
    };
  }

  /** The type does not show in the octets: it follows from the message code. */
  private static Payload asn1(GroupingHeader header, Octets octets) throws DecodeException {
    Asn1Payload payload = Asn1Payload.decode(octets, header.messageCode(), header.craFlag());
    return payload.content() instanceof Asn1Content.Unrecognised
        ? new Opaque(octets)
        : new Asn1(payload);
  }

  private static void require(GroupingHeader header, CraFlag flag, String what)
      throws DecodeException {
    if (header.craFlag() != flag) {
      throw new DecodeException(
          Fault.UNEXPECTED_VALUE,
          0,
          "payload",
          String.format(Locale.ROOT, "%s does not belong into a %s", what, header.craFlag()));
    }
  }
}
