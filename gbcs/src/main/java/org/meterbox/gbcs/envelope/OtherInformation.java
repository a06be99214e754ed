// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.envelope;

import java.util.Locale;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/**
 * The end of the grouping header: the message code and, for Unknown Remote Parties, who is behind.
 */
public sealed interface OtherInformation {
  /** The use case's message code. */
  MessageCode messageCode();

  /** A Known Remote Party's message, or the Access Control Broker's own: the code alone. */
  record CodeOnly(MessageCode messageCode) implements OtherInformation {}

  /** An alert that also names another party, for example the load controller of ECS200. */
  record SupplementaryParty(MessageCode messageCode, Eui64 party) implements OtherInformation {}

  /** A message of the Access Control Broker on behalf of a party, with that party's counter. */
  record OnBehalfOf(MessageCode messageCode, Eui64 party, OriginatorCounter partyCounter)
      implements OtherInformation {}

  /**
   * A response to such a message with content encrypted for the party under the device's counter.
   */
  record EncryptedFor(
      MessageCode messageCode,
      Eui64 party,
      OriginatorCounter partyCounter,
      OriginatorCounter supplementaryOriginatorCounter)
      implements OtherInformation {}

  /** A command that brings the party's key agreement certificate (DER) for the encrypted answer. */
  record WithAgreementCertificate(
      MessageCode messageCode, Eui64 party, OriginatorCounter partyCounter, Octets certificate)
      implements OtherInformation {}

  /** Reads all octets of the reader; which layout applies follows from length and CRA flag. */
  static OtherInformation read(OctetReader reader, CraFlag flag) throws DecodeException {
    int length = reader.remaining();
    MessageCode code = new MessageCode(reader.u16());
    if (length == 2) {
      return new CodeOnly(code);
    }
    Eui64 party = Eui64.read(reader);
    if (length == 10) {
      return new SupplementaryParty(code, party);
    }
    OriginatorCounter counter = new OriginatorCounter(reader.u64());
    if (length == 18) {
      return new OnBehalfOf(code, party, counter);
    }
    if (flag == CraFlag.COMMAND) {
      return new WithAgreementCertificate(code, party, counter, reader.takeRemaining());
    }
    if (length == 26) {
      return new EncryptedFor(code, party, counter, new OriginatorCounter(reader.u64()));
    }
    throw reader.fault(
        Fault.BAD_LENGTH,
        String.format(Locale.ROOT, "other information of %d octets in a %s", length, flag));
  }

  /** Writes the octets without their length. */
  default void write(OctetWriter writer) {
    writer.u16(messageCode().value());
    switch (this) {
      case CodeOnly ignored -> {}
      case SupplementaryParty s -> s.party().write(writer);
      case OnBehalfOf o -> writer.u64(o.party().value()).u64(o.partyCounter().value());
      case EncryptedFor e ->
          writer
              .u64(e.party().value())
              .u64(e.partyCounter().value())
              .u64(e.supplementaryOriginatorCounter().value());
      case WithAgreementCertificate c ->
          writer.u64(c.party().value()).u64(c.partyCounter().value()).put(c.certificate());
    }
  }
}
