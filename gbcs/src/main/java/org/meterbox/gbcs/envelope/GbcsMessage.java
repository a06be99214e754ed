// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.envelope;

import java.util.Locale;
import java.util.Optional;
import org.meterbox.crypto.MessageMac;
import org.meterbox.gbcs.envelope.GroupedContent.SignatureForm;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * A GBCS message in one of its stages. The stages are types, so that what is not yet signed or
 * MACed cannot be handed to a device.
 *
 * <pre>
 * with a MAC     DD 00 00 00 00 00 00 | L | 11 00000000 | grouped content | MAC(12)
 * without a MAC  grouped content
 * </pre>
 */
public sealed interface GbcsMessage {
  /**
   * The longest message that is accepted: the profile log of 13 months has 19,056 entries, which
   * take 228,672 octets where a twin element meter writes three numbers each.
   */
  int MAX_OCTETS = 240_000;

  /** Grouping header, payload and signature field. */
  GroupedContent content();

  /** The whole message on the wire. */
  Octets encode();

  /**
   * A fault that was found while the payload was read, as seen from the whole message. Counted from
   * the end: the MAC, if there is one, the signature field, the payload.
   */
  default DecodeException inPayload(DecodeException fault) {
    int whole = encode().length();
    int macOctets = whole == content().octets().length() ? 0 : MessageMac.OCTETS;
    int offset =
        whole - macOctets - content().signatureForm().octets() - content().payload().length();
    return fault.within("payload", offset);
  }

  /** The grouping header. */
  default GroupingHeader header() {
    return content().header();
  }

  /**
   * A critical command that nobody has signed yet: the DSP's translation, for the user to check.
   */
  record PreCommand(GroupedContent content) implements GbcsMessage {
    /** Refuses signed content and anything but a command. */
    public PreCommand {
      require(content, CraFlag.COMMAND);
      if (content.signatureForm() == SignatureForm.SIGNED) {
        throw new IllegalArgumentException("a Pre-Command carries no signature");
      }
    }

    @Override
    public Octets encode() {
      return content.octets();
    }
  }

  /** A critical command with its originator's signature, before the Access Control Broker's MAC. */
  record SignedPreCommand(GroupedContent content) implements GbcsMessage {
    /** Refuses content without signature and anything but a command. */
    public SignedPreCommand {
      require(content, CraFlag.COMMAND);
      if (content.signatureForm() != SignatureForm.SIGNED) {
        throw new IllegalArgumentException("a Signed Pre-Command carries a signature");
      }
    }

    @Override
    public Octets encode() {
      return content.octets();
    }
  }

  /** A non-critical command before the Access Control Broker's MAC; it exists only in the DSP. */
  record UnsecuredCommand(GroupedContent content) implements GbcsMessage {
    /** Refuses anything but a command with an empty signature field. */
    public UnsecuredCommand {
      require(content, CraFlag.COMMAND);
      if (content.signatureForm() != SignatureForm.EMPTY) {
        throw new IllegalArgumentException("a non-critical command has an empty signature field");
      }
    }

    @Override
    public Octets encode() {
      return content.octets();
    }
  }

  /** A command with its MAC, ready for a device. */
  record Command(GroupedContent content, Octets mac) implements GbcsMessage {
    /** Refuses anything but a command with a signature field and a MAC. */
    public Command {
      require(content, CraFlag.COMMAND);
      MacHeader.check(content, mac);
    }

    @Override
    public Octets encode() {
      return MacHeader.encode(content, mac);
    }
  }

  /**
   * A command that reaches its device with its originator's signature alone: of Recovery, of the
   * contingency key's holder, or of a party that asks for credentials by signature. On the wire it
   * looks like a Signed Pre-Command; the message code tells them apart.
   */
  record DirectCommand(GroupedContent content) implements GbcsMessage {
    /** Refuses anything but a signed command of a use case that goes without the broker's MAC. */
    public DirectCommand {
      require(content, CraFlag.COMMAND);
      if (content.signatureForm() != SignatureForm.SIGNED
          || !content.header().messageCode().mayGoWithoutBrokerMac()) {
        throw new IllegalArgumentException("this command needs the Access Control Broker's MAC");
      }
    }

    @Override
    public Octets encode() {
      return content.octets();
    }
  }

  /** A device's answer: MACed, or for a critical command signed. */
  record Response(GroupedContent content, Optional<Octets> mac) implements GbcsMessage {
    /** Refuses anything but a response. */
    public Response {
      require(content, CraFlag.RESPONSE);
      mac.ifPresent(octets -> MacHeader.check(content, octets));
    }

    @Override
    public Octets encode() {
      return MacHeader.encode(content, mac);
    }
  }

  /** What a device sends unasked: MACed, or where it is critical signed. */
  record Alert(GroupedContent content, Optional<Octets> mac) implements GbcsMessage {
    /** Refuses anything but an alert. */
    public Alert {
      require(content, CraFlag.ALERT);
      mac.ifPresent(octets -> MacHeader.check(content, octets));
    }

    @Override
    public Octets encode() {
      return MacHeader.encode(content, mac);
    }
  }

  /**
   * Reads one whole message.
   *
   * @throws DecodeException where an octet is missing, left over or not as GBCS prescribes
   */
  static GbcsMessage decode(Octets message) throws DecodeException {
    OctetReader reader = message.reader();
    if (message.length() > MAX_OCTETS) {
      throw reader.fault(
          Fault.LIMIT_EXCEEDED,
          String.format(Locale.ROOT, "a message has at most %d octets", MAX_OCTETS));
    }
    int tag = reader.peek();
    return switch (tag) {
      case MacHeader.TAG -> MacHeader.read(reader);
      case GroupingHeader.TAG -> withoutMac(reader);
      default ->
          throw reader.fault(
              Fault.UNKNOWN_TAG,
              String.format(Locale.ROOT, "a GBCS message begins with DD or DF, not %02X", tag));
    };
  }

  private static GbcsMessage withoutMac(OctetReader reader) throws DecodeException {
    GroupedContent content = GroupedContent.read(reader);
    reader.expectEnd();
    return switch (content.header().craFlag()) {
      case COMMAND -> commandWithoutMac(content);
      case RESPONSE -> new Response(content, Optional.empty());
      case ALERT -> new Alert(content, Optional.empty());
    };
  }

  private static GbcsMessage commandWithoutMac(GroupedContent content) {
    if (content.signatureForm() != SignatureForm.SIGNED) {
      return new PreCommand(content);
    }
    return content.header().messageCode().mayGoWithoutBrokerMac()
        ? new DirectCommand(content)
        : new SignedPreCommand(content);
  }

  private static void require(GroupedContent content, CraFlag flag) {
    if (content.header().craFlag() != flag) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "expected a %s, not a %s", flag, content.header().craFlag()));
    }
  }

  /** The DLMS general-ciphering header around a message with a MAC. */
  final class MacHeader {
    static final int TAG = 0xDD;
    private static final Octets EMPTY_FIELDS = Octets.ofHex("000000000000");
    private static final Octets SECURITY_HEADER = Octets.ofHex("1100000000");
    private static final int MAC_OCTETS = 12;

    private MacHeader() {}

    static GbcsMessage read(OctetReader reader) throws DecodeException {
      reader.expect(TAG, "the MAC header's tag");
      expectOctets(reader, EMPTY_FIELDS, "the MAC header's six empty fields");
      int length = BerLength.read(reader);
      OctetReader ciphered = reader.slice(length, "ciphered-service");
      reader.expectEnd();
      expectOctets(ciphered, SECURITY_HEADER, "the security header");
      if (ciphered.remaining() < MAC_OCTETS) {
        throw ciphered.fault(Fault.TRUNCATED, "a MAC of 12 octets is needed");
      }
      OctetReader grouped = ciphered.slice(ciphered.remaining() - MAC_OCTETS, "grouped-content");
      GroupedContent content = GroupedContent.read(grouped);
      grouped.expectEnd();
      Octets mac = ciphered.take(MAC_OCTETS);
      if (content.signatureForm() == SignatureForm.ABSENT) {
        throw grouped.fault(Fault.TRUNCATED, "the signature field is missing");
      }
      return switch (content.header().craFlag()) {
        case COMMAND -> new Command(content, mac);
        case RESPONSE -> new Response(content, Optional.of(mac));
        case ALERT -> new Alert(content, Optional.of(mac));
      };
    }

    static void check(GroupedContent content, Octets mac) {
      if (mac.length() != MAC_OCTETS || content.signatureForm() == SignatureForm.ABSENT) {
        throw new IllegalArgumentException(
            "a message with a MAC has a signature field and 12 octets of MAC");
      }
    }

    static Octets encode(GroupedContent content, Optional<Octets> mac) {
      return mac.map(octets -> encode(content, octets)).orElseGet(content::octets);
    }

    static Octets encode(GroupedContent content, Octets mac) {
      int length = SECURITY_HEADER.length() + content.octets().length() + MAC_OCTETS;
      OctetWriter writer = new OctetWriter(length + 12).u8(TAG).put(EMPTY_FIELDS);
      BerLength.write(writer, length);
      return writer.put(SECURITY_HEADER).put(content.octets()).put(mac).toOctets();
    }

    private static void expectOctets(OctetReader reader, Octets expected, String what)
        throws DecodeException {
      for (int i = 0; i < expected.length(); i++) {
        reader.expect(expected.at(i), what);
      }
    }
  }
}
