// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterbox.duis.TestDocuments.REQUEST_ID;
import static org.meterbox.duis.TestDocuments.request;
import static org.meterbox.duis.TestDocuments.text;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meterbox.duis.TestDocuments;
import org.meterbox.duis.signature.SignatureBlock.Unsigned;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;

/** Requests are read as written, with every part of the header. */
class ServiceRequestTest {
  private static final MessageId BEFORE =
      MessageId.parse("90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:18446744073709551615");

  @Test
  void headerIsReadBack() {
    RequestDraft draft =
        new RequestDraft(
            REQUEST_ID,
            CommandVariant.NON_CRITICAL_BOTH,
            new ServiceReferenceVariant("4.6.1"),
            Optional.of(false),
            Optional.of(BEFORE),
            XmlElement.of(
                "RetrieveImportDailyReadLog",
                XmlElement.of(
                    "ReadLogPeriod",
                    XmlElement.leaf("StartDateTime", "2026-01-01T00:00:00Z"),
                    XmlElement.leaf("EndDateTime", "2026-01-31T00:00:00Z"))));
    Octets written = draft.write().octets();

    ServiceRequest request = request(text(written));

    assertThat(request)
        .isEqualTo(
            new ServiceRequest(
                draft.requestId(),
                draft.commandVariant(),
                "4.6",
                draft.serviceReferenceVariant(),
                draft.firstInSequence(),
                draft.precedingRequestId(),
                "5.4",
                draft.body(),
                new Unsigned(),
                written));
  }

  @Test
  void signedPreCommandGivesItsMessage() throws Exception {
    ServiceRequest request =
        request(
            text(
                RequestDraft.single(
                        REQUEST_ID,
                        CommandVariant.CRITICAL_WAN,
                        new ServiceReferenceVariant("1.1.1"),
                        XmlElement.of(
                            SignedPreCommand.ELEMENT,
                            XmlElement.leaf("ExecutionDateTime", "2026-02-01T00:00:00.00Z"),
                            XmlElement.leaf("GBCSPayload", "3wkB\nAgM=")))
                    .write()
                    .octets()));

    assertThat(request.signedPreCommand())
        .contains(
            new SignedPreCommand(
                Optional.of(Instant.parse("2026-02-01T00:00:00Z")), Octets.ofHex("DF09010203")));
  }

  @Test
  void otherRequestIsNoSignedPreCommand() throws Exception {
    ServiceRequest request = request(TestDocuments.signedReadRegisters());

    assertThat(request.signedPreCommand()).isEmpty();
    assertThat(request.executionDateTime()).isEmpty();
  }

  @Test
  void blanksThatTheSchemaAllowsDoNotChangeTheValues() {
    String document =
        text(TestDocuments.readRegisters().write().octets())
            .replace(">1<", "> 1 <")
            .replace(">" + REQUEST_ID + "<", ">\n" + REQUEST_ID + " <");

    ServiceRequest request = request(document);

    assertThat(request.commandVariant()).isEqualTo(CommandVariant.NON_CRITICAL_WAN);
    assertThat(request.requestId()).isEqualTo(REQUEST_ID);
  }

  @Test
  void prefixesAreTheSendersChoice() {
    String document =
        text(TestDocuments.readRegisters().write().octets())
            .replace("xmlns:sr=", "xmlns=")
            .replace("sr:", "");

    assertThat(request(document).body())
        .isEqualTo(XmlElement.of("ReadInstantaneousImportRegisters"));
  }

  @Test
  void contentStaysOutOfLogs() {
    assertThat(request(TestDocuments.signedReadRegisters()).toString())
        .isEqualTo("4.1.1, variant 1, " + REQUEST_ID);
  }
}
