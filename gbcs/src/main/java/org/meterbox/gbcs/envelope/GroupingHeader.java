// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.envelope;

import java.util.Optional;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/**
 * The DLMS general-signing header that every GBCS message carries.
 *
 * <pre>
 * DF | 09 cra counter(8) | 08 originator(8) | 08 target(8) | 00 or 0C date-time(12) | L other information
 * </pre>
 *
 * @param craFlag command, response or alert
 * @param messageId Business Originator, Business Target and Originator Counter
 * @param dateTime the twelve octets of a DLMS date-time, in some responses only
 * @param otherInformation message code and supplementary party
 */
public record GroupingHeader(
    CraFlag craFlag,
    MessageId messageId,
    Optional<Octets> dateTime,
    OtherInformation otherInformation) {
  /** The tag that begins the header. */
  public static final int TAG = 0xDF;

  private static final int TRANSACTION_ID_OCTETS = 9;
  private static final int DATE_TIME_OCTETS = 12;

  /** Refuses a date-time of any length but twelve octets. */
  public GroupingHeader {
    dateTime.ifPresent(octets -> {
      if (octets.length() != DATE_TIME_OCTETS) {
        throw new IllegalArgumentException("a DLMS date-time has 12 octets");
      }
    });
  }

  /** The header of a command or alert without date-time. */
  public static GroupingHeader of(CraFlag flag, MessageId id, OtherInformation information) {
    return new GroupingHeader(flag, id, Optional.empty(), information);
  }

  /** The message code in other information. */
  public MessageCode messageCode() {
    return otherInformation.messageCode();
  }

  static GroupingHeader read(OctetReader reader) throws DecodeException {
    reader.expect(TAG, "the grouping header's tag");
    reader.expect(TRANSACTION_ID_OCTETS, "the transaction identifier's length");
    CraFlag flag = CraFlag.read(reader);
    OriginatorCounter counter = new OriginatorCounter(reader.u64());
    reader.expect(Eui64.OCTETS, "the Business Originator's length");
    Eui64 originator = Eui64.read(reader);
    reader.expect(Eui64.OCTETS, "the Business Target's length");
    Eui64 target = Eui64.read(reader);
    Optional<Octets> dateTime = readDateTime(reader);
    OctetReader information = reader.slice(BerLength.read(reader), "other-information");
    OtherInformation other = OtherInformation.read(information, flag);
    information.expectEnd();
    return new GroupingHeader(flag, new MessageId(originator, target, counter), dateTime, other);
  }

  private static Optional<Octets> readDateTime(OctetReader reader) throws DecodeException {
    int length = reader.u8();
    return switch (length) {
      case 0 -> Optional.empty();
      case DATE_TIME_OCTETS -> Optional.of(reader.take(DATE_TIME_OCTETS));
      default ->
          throw reader.fault(Fault.BAD_LENGTH, "a date-time has 0 or 12 octets, not " + length);
    };
  }

  void write(OctetWriter writer) {
    writer
        .u8(TAG)
        .u8(TRANSACTION_ID_OCTETS)
        .u8(craFlag.code())
        .u64(messageId.counter().value())
        .u8(Eui64.OCTETS)
        .u64(messageId.originator().value())
        .u8(Eui64.OCTETS)
        .u64(messageId.target().value());
    writer.u8(dateTime.isPresent() ? DATE_TIME_OCTETS : 0);
    dateTime.ifPresent(writer::put);
    OctetWriter information = new OctetWriter(32);
    otherInformation.write(information);
    BerLength.write(writer, information.length());
    writer.put(information.toOctets());
  }
}
