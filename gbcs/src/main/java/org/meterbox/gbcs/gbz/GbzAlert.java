// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.gbz;

import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/**
 * The GBZ payload of an alert (GBCS section 7.2.9 and section 16).
 *
 * <pre>
 * 0109 | 00 or 01 | alert code(2) | time(4) | content
 * </pre>
 *
 * @param alertCode 0 to 65535
 * @param utcSeconds seconds since the start of 2000 in UTC
 * @param content what the message code prescribes
 */
public record GbzAlert(int alertCode, long utcSeconds, Content content) {
  /** What follows the time. */
  public sealed interface Content {}

  /** Nothing. */
  public record None() implements Content {
    /** The one value. */
    public static final None VALUE = new None();
  }

  /**
   * A command that was to take effect later did, or failed to (message code 00CD).
   *
   * @param commandCode the use case of the command
   * @param commandCounter the command's Originator Counter
   * @param cluster and the next two: which component of it
   */
  public record FutureDated(
      MessageCode commandCode,
      OriginatorCounter commandCounter,
      Cluster cluster,
      int frameControl,
      int commandId)
      implements Content {}

  /** SHA-256 of a firmware image that arrived (message code 00CF). */
  public record FirmwareReceipt(Octets imageHash) implements Content {
    /** Refuses another number of octets than the hash has. */
    public FirmwareReceipt {
      if (imageHash.length() != HASH_OCTETS) {
        throw new IllegalArgumentException("a SHA-256 has 32 octets");
      }
    }
  }

  /** What was found to be wrong with the meter's integrity (message code 00F2). */
  public record IntegrityIssue(int issueCode) implements Content {}

  /** The equivalent message code of a command given at the meter (alerts 8161 and 8162). */
  public record UserInterfaceCommand(MessageCode equivalent) implements Content {}

  /** The billing data log was updated (message code 008B): an encrypted snapshot. */
  public record BillingData(Component snapshot) implements Content {}

  /**
   * Content that no rule describes.
   *
   * @param count the octet that counts components
   */
  public record Unrecognised(int count, Octets octets) implements Content {}

  private static final int FUTURE_DATED = 0x00CD;
  private static final int FIRMWARE_RECEIPT = 0x00CF;
  private static final int INTEGRITY_WARNING = 0x00F2;
  private static final int BILLING_DATA = 0x008B;
  private static final int USER_INTERFACE_DONE = 0x8161;
  private static final int USER_INTERFACE_FAILED = 0x8162;
  private static final int FUTURE_DATED_OCTETS = 14;
  private static final int HASH_OCTETS = 32;

  /**
   * Reads a whole payload.
   *
   * @param messageCode of the alert's grouping header: it says what content to expect
   */
  public static GbzAlert decode(Octets payload, MessageCode messageCode) throws DecodeException {
    OctetReader reader = payload.reader();
    GbzMessage.readProfile(reader);
    int count = reader.u8();
    int alertCode = reader.u16();
    long time = reader.u32();
    Content content = readContent(reader, count, alertCode, messageCode.value());
    reader.expectEnd();
    return new GbzAlert(alertCode, time, content);
  }

  private static Content readContent(OctetReader reader, int count, int alertCode, int code)
      throws DecodeException {
    return switch (code) {
      case FUTURE_DATED -> {
        expectOne(reader, count);
        yield readFutureDated(reader);
      }
      case FIRMWARE_RECEIPT -> {
        expectOne(reader, count);
        reader.expect(0x09, "the hash's tag");
        reader.expect(HASH_OCTETS, "the hash's length");
        yield new FirmwareReceipt(reader.take(HASH_OCTETS));
      }
      case INTEGRITY_WARNING -> {
        expectOne(reader, count);
        yield new IntegrityIssue(reader.u16());
      }
      case BILLING_DATA -> {
        expectOne(reader, count);
        yield new BillingData(Component.read(reader, true));
      }
      default -> readGeneric(reader, count, alertCode);
    };
  }

  private static Content readGeneric(OctetReader reader, int count, int alertCode)
      throws DecodeException {
    if (count == 0 && reader.remaining() == 0) {
      return None.VALUE;
    }
    boolean fromUserInterface =
        alertCode == USER_INTERFACE_DONE || alertCode == USER_INTERFACE_FAILED;
    return fromUserInterface && count == 1 && reader.remaining() == 2
        ? new UserInterfaceCommand(new MessageCode(reader.u16()))
        : new Unrecognised(count, reader.takeRemaining());
  }

  private static FutureDated readFutureDated(OctetReader reader) throws DecodeException {
    reader.expect(FUTURE_DATED_OCTETS, "the length of the command's identity");
    return new FutureDated(
        new MessageCode(reader.u16()),
        new OriginatorCounter(reader.u64()),
        new Cluster(reader.u16()),
        reader.u8(),
        reader.u8());
  }

  private static void expectOne(OctetReader reader, int count) throws DecodeException {
    if (count != 1) {
      throw reader.fault(Fault.UNEXPECTED_VALUE, "one component is expected, not " + count);
    }
  }

  /** Writes the payload. */
  public Octets encode() {
    int count =
        switch (content) {
          case None ignored -> 0;
          case Unrecognised unrecognised -> unrecognised.count();
          case FutureDated ignored -> 1;
          case FirmwareReceipt ignored -> 1;
          case IntegrityIssue ignored -> 1;
          case UserInterfaceCommand ignored -> 1;
          case BillingData ignored -> 1;
        };
    OctetWriter writer = new OctetWriter(64).u16(GbzMessage.PROFILE).u8(count);
    writer.u16(alertCode).u32(utcSeconds);
    switch (content) {
      case None ignored -> {}
      case FutureDated f ->
          writer
              .u8(FUTURE_DATED_OCTETS)
              .u16(f.commandCode().value())
              .u64(f.commandCounter().value())
              .u16(f.cluster().id())
              .u8(f.frameControl())
              .u8(f.commandId());
      case FirmwareReceipt receipt -> writer.u8(0x09).u8(HASH_OCTETS).put(receipt.imageHash());
      case IntegrityIssue issue -> writer.u16(issue.issueCode());
      case UserInterfaceCommand command -> writer.u16(command.equivalent().value());
      case BillingData billing -> billing.snapshot().write(writer, true);
      case Unrecognised unrecognised -> writer.put(unrecognised.octets());
    }
    return writer.toOctets();
  }
}
