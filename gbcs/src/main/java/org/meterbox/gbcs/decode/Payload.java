// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.decode;

import org.meterbox.gbcs.asn1.Asn1Content;
import org.meterbox.gbcs.asn1.Asn1Payload;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.dlms.AccessResponse;
import org.meterbox.gbcs.dlms.DataNotification;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.gbz.GbzAlert;
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

  /** What a COSEM device reports. */
  record DlmsNotification(DataNotification notification) implements Payload {
    @Override
    public Octets encode() {
      return notification.encode();
    }
  }

  /** ZigBee commands, or the answers to them. */
  record Gbz(GbzMessage message) implements Payload {
    @Override
    public Octets encode() {
      return message.encode();
    }
  }

  /** What a ZigBee device reports. */
  record GbzNotification(GbzAlert alert) implements Payload {
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
   * The alert for a message that could not be delivered; the form of its payload is not known from
   * any message.
   */
  int FAILURE_TO_DELIVER = 0x00D5;

  /**
   * Reads a payload. Its first octets name the language; within a language every octet must be as
   * it prescribes.
   *
   * @throws DecodeException where it is not
   */
  static Payload decode(GroupingHeader header, Octets payload) throws DecodeException {
    if (payload.isEmpty() || header.messageCode().value() == FAILURE_TO_DELIVER) {
      return new Opaque(payload);
    }
    int first = payload.at(0);
    return switch (first) {
      case AccessRequest.TAG -> {
        require(header, CraFlag.COMMAND, "an ACCESS.request");
        yield new DlmsRequest(AccessRequest.decode(payload));
      }
      case AccessResponse.TAG -> {
        require(header, CraFlag.RESPONSE, "an ACCESS.response");
        yield new DlmsResponse(AccessResponse.decode(payload));
      }
      case DataNotification.TAG -> {
        require(header, CraFlag.ALERT, "a DataNotification");
        yield new DlmsNotification(DataNotification.decode(payload));
      }
      case GbzMessage.PROFILE >>> 8 ->
          header.craFlag() == CraFlag.ALERT
              ? new GbzNotification(GbzAlert.decode(payload, header.messageCode()))
              : new Gbz(GbzMessage.decode(payload));
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
          "%s does not belong into a %s".formatted(what, header.craFlag()));
    }
  }
}
