// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.correlate.Outcome;
import org.meterbox.correlate.content.DlmsAnswers;
import org.meterbox.correlate.content.GbzAnswers;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.correlate.security.Asn1Answers;
import org.meterbox.gbcs.asn1.Asn1Content;
import org.meterbox.gbcs.asn1.Asn1Payload;
import org.meterbox.gbcs.dlms.AccessResponse;
import org.meterbox.gbcs.dlms.DlmsCodec;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.ProtectedAttributes;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.gbz.Component;
import org.meterbox.gbcs.gbz.GbzMessage;
import org.meterbox.gbcs.gbz.ZclFrame;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.Octets;

/** The payload of a response, read in its format, with its encrypted parts opened. */
sealed interface Answer {
  /** Whether the device did what was asked. */
  Outcome outcome();

  /** Writes the content of the MMC element that belongs to the use case. */
  void render(UseCase useCase, MmcWriter out) throws UnexpectedContentException;

  /** Whether something that was rendered is marked as "no value", so that only octets show it. */
  boolean metNonValue();

  /** Writes what happened in detail, where MMC has a form for it. */
  void debug(MmcWriter out);

  /** Reads the payload of a response. */
  static Answer read(GbcsMessage message, SensitiveReader sensitive, ClosedParts closed)
      throws DecodeException {
    Octets payload = message.content().payload();
    if (!payload.isEmpty() && payload.at(0) == AccessResponse.TAG) {
      return Dlms.read(message, sensitive, closed);
    }
    if (isGbz(payload)) {
      return Gbz.read(message, sensitive, closed);
    }
    return new Asn1(asn1(message));
  }

  /** The content of a payload in ASN.1. */
  static Asn1Content asn1(GbcsMessage message) throws DecodeException {
    GroupingHeader header = message.header();
    return PayloadReading.payload(
            message, octets -> Asn1Payload.decode(octets, header.messageCode(), header.craFlag()))
        .content();
  }

  /** Whether a payload begins with the profile of ZigBee smart energy. */
  static boolean isGbz(Octets payload) {
    return payload.length() >= 2 && ((payload.at(0) << 8) | payload.at(1)) == GbzMessage.PROFILE;
  }

  /** From a device that speaks DLMS. */
  record Dlms(DlmsAnswers answers) implements Answer {
    static Dlms read(GbcsMessage message, SensitiveReader sensitive, ClosedParts closed)
        throws DecodeException {
      AccessResponse response = PayloadReading.payload(message, AccessResponse::decode);
      List<Optional<List<DlmsValue>>> opened = new ArrayList<>(response.items().size());
      for (AccessResponse.Item item : response.items()) {
        Optional<ProtectedAttributes.Response> part =
            item.kind() == AccessResponse.Kind.ACTION && item.successful()
                ? ProtectedAttributes.Response.of(item.data())
                : Optional.empty();
        opened.add(
            part.isPresent() ? open(part.get().block(), sensitive, closed) : Optional.empty());
      }
      return new Dlms(new DlmsAnswers(response, opened));
    }

    /** The attributes in a protected part; empty where no key at hand opens it. */
    static Optional<List<DlmsValue>> open(
        Octets block, SensitiveReader sensitive, ClosedParts closed) throws DecodeException {
      Optional<Octets> plainText = sensitive.open(block);
      if (plainText.isEmpty()) {
        closed.add(block, "get_protected_attributes", ClosedParts.DLMS);
        return Optional.empty();
      }
      if (PayloadReading.plainText(plainText.get(), DlmsCodec::decode)
          instanceof DlmsValue.Structure(List<DlmsValue> values)) {
        return Optional.of(values);
      }
      throw new DecodeException(
          Fault.UNEXPECTED_VALUE, 0, "decrypted part", "the plain text must be a structure");
    }

    @Override
    public boolean metNonValue() {
      return false;
    }

    @Override
    public Outcome outcome() {
      return answers.outcome();
    }

    @Override
    public void render(UseCase useCase, MmcWriter out) throws UnexpectedContentException {
      DlmsResponses.of(useCase).render(answers, out);
    }

    @Override
    public void debug(MmcWriter out) {
      CosemDebug.render(answers.response(), out);
    }
  }

  /** From a device that speaks ZigBee smart energy. */
  record Gbz(GbzAnswers answers) implements Answer {
    static Gbz read(GbcsMessage message, SensitiveReader sensitive, ClosedParts closed)
        throws DecodeException {
      List<ZclFrame> frames = new ArrayList<>();
      GbzMessage payload = PayloadReading.payload(message, GbzMessage::decode);
      for (Component component : payload.components()) {
        open(component, sensitive, closed).ifPresent(frames::add);
      }
      return new Gbz(new GbzAnswers(frames));
    }

    /** The frame in a component; empty where it is encrypted and no key at hand opens it. */
    static Optional<ZclFrame> open(
        Component component, SensitiveReader sensitive, ClosedParts closed) throws DecodeException {
      return switch (component) {
        case Component.Plain plain -> Optional.of(plain.frame());
        case Component.Encrypted encrypted -> {
          Optional<Octets> plainText = sensitive.open(encrypted.block());
          if (plainText.isEmpty()) {
            closed.add(encrypted.block(), encrypted.name(), ClosedParts.ZIGBEE);
            yield Optional.empty();
          }
          yield Optional.of(
              PayloadReading.plainText(
                  plainText.get(),
                  octets -> ZclFrame.decode(encrypted.cluster(), encrypted.header(), octets)));
        }
      };
    }

    @Override
    public boolean metNonValue() {
      return answers.metNonValue();
    }

    @Override
    public Outcome outcome() {
      return answers.outcome();
    }

    @Override
    public void render(UseCase useCase, MmcWriter out) throws UnexpectedContentException {
      GbzResponses.of(useCase).render(answers, out);
    }

    @Override
    public void debug(MmcWriter out) {
      ZigbeeDebug.render(answers, out);
    }
  }

  /** An answer in ASN.1. */
  record Asn1(Asn1Content content) implements Answer {
    @Override
    public boolean metNonValue() {
      return false;
    }

    @Override
    public Outcome outcome() {
      return Asn1Answers.outcome(content);
    }

    @Override
    public void render(UseCase useCase, MmcWriter out) throws UnexpectedContentException {
      Asn1Answers.render(content, out);
    }

    /** What happened stands in the element itself. */
    @Override
    public void debug(MmcWriter out) {}
  }
}
