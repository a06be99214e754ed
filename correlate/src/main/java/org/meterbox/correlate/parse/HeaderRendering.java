// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.parse;

import java.time.Instant;
import java.util.Optional;
import org.meterbox.correlate.content.Timestamps;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.ServiceReferenceVariant;

/** Writes the Header of an MMC document (MMC HeaderType). */
final class HeaderRendering {
  private static final int STATUS_INVALID = 0x01;
  private static final int STATUS_DOUBTFUL = 0x02;
  private static final int STATUS_OTHER_CLOCK = 0x04;

  private HeaderRendering() {}

  static void render(
      GroupingHeader header, Optional<ServiceReferenceVariant> service, MmcWriter out) {
    out.open("Header");
    out.leaf("BusinessOriginatorID", header.messageId().originator().dashed());
    out.leaf("BusinessTargetID", header.messageId().target().dashed());
    out.leaf("OriginatorCounter", header.messageId().counter().toString());
    supplementary(header.otherInformation(), out);
    out.hexLeaf("GBCSHexadecimalMessageCode", header.messageCode().value());
    if (service.isPresent()) {
      out.leaf("ServiceReference", service.get().serviceReference());
      out.leaf("ServiceReferenceVariant", service.get().value());
    }
    if (header.dateTime().isPresent()) {
      timestamp(header.dateTime().get(), out);
    }
    out.close();
  }

  private static void supplementary(OtherInformation information, MmcWriter out) {
    switch (information) {
      case OtherInformation.CodeOnly ignored -> {}
      case OtherInformation.SupplementaryParty s -> party(s.party(), out);
      case OtherInformation.OnBehalfOf o -> party(o.party(), o.partyCounter(), out);
      case OtherInformation.WithAgreementCertificate c -> party(c.party(), c.partyCounter(), out);
      case OtherInformation.EncryptedFor e -> {
        party(e.party(), e.partyCounter(), out);
        out.leaf("SupplementaryOriginatorCounter", e.supplementaryOriginatorCounter().toString());
      }
    }
  }

  private static void party(Eui64 party, MmcWriter out) {
    out.leaf("SupplementaryRemotePartyID", party.dashed());
  }

  private static void party(Eui64 party, OriginatorCounter counter, MmcWriter out) {
    party(party, out);
    out.leaf("SupplementaryRemotePartyCounter", counter.toString());
  }

  /**
   * The time at the device with the state of its clock. The proxy of a gas meter says with a bit of
   * the status that figures and time are the meter's own. A clock without a time gives none.
   */
  private static void timestamp(Octets dateTime, MmcWriter out) {
    DlmsDateTime read = new DlmsDateTime(dateTime);
    Optional<Instant> time = read.instant();
    if (time.isEmpty()) {
      return;
    }
    int status = read.clockStatus();
    out.open("Timestamp");
    if (status != DlmsDateTime.STATUS_UNSPECIFIED) {
      out.attribute("isFromGSME", (status & STATUS_OTHER_CLOCK) != 0 ? "true" : "false");
      out.attribute("ClockStatus", clockStatus(status));
    }
    out.text(Timestamps.of(time.get())).close();
  }

  private static String clockStatus(int status) {
    if ((status & STATUS_INVALID) != 0) {
      return "invalid";
    }
    return (status & STATUS_DOUBTFUL) != 0 ? "unreliable" : "reliable";
  }
}
