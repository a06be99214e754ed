// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.meterbox.crypto.VerificationException;
import org.meterbox.dsp.access.WebService;
import org.meterbox.dsp.inventory.Device;
import org.meterbox.dsp.inventory.DeviceModel;
import org.meterbox.dsp.inventory.MeterPoints;
import org.meterbox.dsp.inventory.SmiStatus;
import org.meterbox.dsp.testing.Party;
import org.meterbox.dsp.testing.UserServerForTests;
import org.meterbox.dsp.testing.World;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.response.Response;
import org.meterbox.duis.response.ResponseBody.ResponseMessage;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.asn1.Asn1Payload;
import org.meterbox.gbcs.asn1.DeviceLogContent.DeviceLogBackup;
import org.meterbox.gbcs.asn1.DeviceLogContent.Join;
import org.meterbox.gbcs.asn1.DeviceLogEntry;
import org.meterbox.gbcs.asn1.GeneralizedTime;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GbcsMessage.Alert;
import org.meterbox.gbcs.envelope.GbcsMessage.Command;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.kernel.UserRole;
import org.meterbox.kernel.catalogue.ResponseCode;

/** Commands that only the DCC can send, from the posted request to the SM WAN, on a real store. */
final class CommandsOfTheRunningDspTest {
  private static final Eui64 OLD_GAS_PROXY = Eui64.parse("00DB1234567890B3");
  private static final Eui64 SWITCH = Eui64.parse("00DB1234567890A5");

  private final World world = World.open();

  @AfterEach
  void close() {
    world.close();
  }

  private RequestDraft draft(Party user, CommandVariant variant, String service, XmlElement body) {
    return World.draft(world.newRequestId(user, World.ESME), variant, service, body);
  }

  private Command sent(Party user, RequestDraft draft) {
    assertThat(world.send(user, WebService.SEND_COMMAND, draft).code()).isEqualTo(ResponseCode.I99);
    return World.METER.take(world.wan.last().message());
  }

  private void install(Eui64 id, DeviceType type) {
    world
        .dsp()
        .inventory()
        .put(
            new Device(
                id,
                type,
                Optional.of(World.HUB),
                Optional.of(SmiStatus.COMMISSIONED),
                new DeviceModel(
                    "106C",
                    "1",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()),
                MeterPoints.NONE,
                Map.of()));
  }

  // The supplier holds the meter's cells, and yet it is the broker that asks who stands in them.
  @Test
  void theBrokerReadsTheCellsInItsOwnName() {
    RequestDraft read =
        draft(
            World.SUPPLIER,
            CommandVariant.NON_CRITICAL_WAN,
            "6.24.1",
            XmlElement.of(
                "RetrieveDeviceSecurityCredentialsKRP",
                XmlElement.leaf("RemotePartyRole", "Supplier")));
    Command command = sent(World.SUPPLIER, read);
    assertThat(command.header().messageId().originator()).isEqualTo(World.BROKER);
    assertThat(command.header().otherInformation())
        .isEqualTo(new OtherInformation.CodeOnly(new MessageCode(0x0008)));
    assertThat(command.content().signature()).isEmpty();
  }

  private RequestDraft changeOfSupplier() {
    XmlElement certificate =
        XmlElement.leaf(
            "DigitalSigningCertificate",
            Base64.getEncoder().encodeToString(World.supplierSigningCertificate()));
    return draft(
        World.SUPPLIER,
        CommandVariant.NON_CRITICAL_WAN,
        "6.23",
        XmlElement.of(
            "UpdateSecurityCredentialsCoS",
            XmlElement.leaf("SupplierFloorSeqNumber", "1"),
            XmlElement.of("SupplierReplacementCertificates", certificate),
            XmlElement.of(
                "CertificationPathCertificates",
                XmlElement.leaf("Certificate", certificate.token())),
            XmlElement.leaf("ApplyTimeBasedCPVChecks", "false"),
            XmlElement.leaf("ImportMPxN", World.MPAN.value())));
  }

  // Its counter is durable: a DSP that starts again never uses one that its predecessor used.
  @Test
  void theChangeOfSupplierPartySignsWithACounterOfItsOwn() throws VerificationException {
    Command first = sent(World.SUPPLIER, changeOfSupplier());
    assertThat(first.header().messageId().originator()).isEqualTo(World.CHANGE_OF_SUPPLIER);
    assertThat(first.header().otherInformation())
        .isEqualTo(new OtherInformation.CodeOnly(new MessageCode(0x0107)));
    MessageProtection.verifySignature(first.content(), World.changeOfSupplierKey());

    world.restart();
    Command second = sent(World.SUPPLIER, changeOfSupplier());
    assertThat(second.header().messageId().counter().exceeds(first.header().messageId().counter()))
        .isTrue();
  }

  // Nothing in the broker's name for whoever may not command: the device would obey the broker.
  @Test
  void aCriticalRequestOfWhomTheMeterDoesNotKnowIsRefused() {
    world
        .dsp()
        .inventory()
        .put(withCells(Map.of(RemotePartyRole.SUPPLIER, World.OTHER_SUPPLIER.id())));
    RequestDraft disable =
        draft(World.SUPPLIER, CommandVariant.TRANSFORM, "7.2", XmlElement.of("DisableSupply"));
    assertThat(world.send(World.SUPPLIER, WebService.TRANSFORM, disable).code())
        .isEqualTo(ResponseCode.E4);
    assertThat(world.wan.sent()).isEmpty();
    assertThat(world.query("SELECT rule FROM dsp.request_event").getLast())
        .contains("does not hold the user's certificates");
  }

  private Device withCells(Map<RemotePartyRole, Eui64> cells) {
    Device meter = world.dsp().inventory().find(World.ESME).orElseThrow();
    return new Device(
        meter.id(),
        meter.type(),
        meter.hub(),
        meter.status(),
        meter.model(),
        meter.meterPoints(),
        cells);
  }

  @Test
  void aJoinNamesTheTypeThatTheInventoryKnows() throws DecodeException {
    XmlElement join =
        XmlElement.of("JoinServiceCritical", XmlElement.leaf("OtherDeviceID", SWITCH.dashed()));
    RequestDraft unknown = draft(World.SUPPLIER, CommandVariant.TRANSFORM, "8.7.1", join);
    assertThat(world.send(World.SUPPLIER, WebService.TRANSFORM, unknown).code())
        .isEqualTo(ResponseCode.E19);

    install(SWITCH, DeviceType.HCALCS);
    RequestDraft known = draft(World.SUPPLIER, CommandVariant.TRANSFORM, "8.7.1", join);
    Response answer = world.send(World.SUPPLIER, WebService.TRANSFORM, known);
    Octets preCommand =
        ((ResponseData.PreCommand) ((ResponseMessage) answer.body()).data()).gbcsPayload();
    GroupedContent content = GbcsMessage.decode(preCommand).content();
    Join made =
        (Join)
            Asn1Payload.decode(content.payload(), content.header().messageCode(), CraFlag.COMMAND)
                .content();
    assertThat(made.otherDevice()).isEqualTo(SWITCH);
    assertThat(made.otherDeviceType()).isEqualTo(4);
  }

  @Test
  void theNumberOnTheDisplayGoesBackToWhoAskedWithTheMetersAnswer() {
    try (UserServerForTests server = UserServerForTests.plain()) {
      world.putUser(World.OTHER_SUPPLIER, Set.of(UserRole.OU), Optional.of(server.address()));
      RequestDraft ask =
          draft(
              World.OTHER_SUPPLIER,
              CommandVariant.NON_CRITICAL_WAN,
              "9.1",
              XmlElement.of("RequestCustomerIdentificationNumber"));
      Octets document = World.OTHER_SUPPLIER.sign(ask);
      HttpResponse<byte[]> first =
          world.post(World.OTHER_SUPPLIER.tls(), WebService.SEND_COMMAND, document);
      assertThat(world.answer(first).code()).isEqualTo(ResponseCode.I99);
      Octets message = world.wan.last().message();
      Command command = World.METER.take(message);
      assertThat(command.header().otherInformation())
          .isEqualTo(
              new OtherInformation.OnBehalfOf(
                  new MessageCode(0x0058), World.OTHER_SUPPLIER.id(), ask.requestId().counter()));

      // The same document again, as after a lost answer, draws no other number.
      world.post(World.OTHER_SUPPLIER.tls(), WebService.SEND_COMMAND, document);
      world.uplink(World.meterAnswersBroker(message));
      Response pushed = world.verified(server.next());
      String digits =
          ((ResponseData.CustomerIdentification) ((ResponseMessage) pushed.body()).data())
              .customerIdentificationNumber();
      assertThat(digits).matches("[0-9]{4}");
      assertThat(command.content().payload().hex())
          .contains("0904" + digits.replaceAll("(.)", "3$1"));
    }
  }

  // A hub reports its log whenever it changes; what came late and was sent earlier does not count.
  @Test
  void theLastReportedLogIsKept() throws DecodeException {
    world.dsp().deviceLogs().keepFrom(backup(2, SWITCH));
    world.dsp().deviceLogs().keepFrom(backup(1, World.ESME));
    assertThat(world.dsp().deviceLogs().find(OLD_GAS_PROXY).orElseThrow().toString())
        .contains(SWITCH.toString())
        .doesNotContain(World.ESME.toString());
    assertThat(world.dsp().deviceLogs().find(World.HUB)).isEmpty();
  }

  private static Alert backup(long counter, Eui64 entry) {
    Octets payload =
        Asn1Payload.of(
                new DeviceLogBackup(
                    0x8071,
                    GeneralizedTime.of(Instant.parse("2026-01-01T00:00:00Z")),
                    List.of(new DeviceLogEntry(entry, 4))))
            .encode();
    GroupingHeader header =
        GroupingHeader.of(
            CraFlag.ALERT,
            new MessageId(OLD_GAS_PROXY, World.BROKER, new OriginatorCounter(counter)),
            new OtherInformation.CodeOnly(new MessageCode(0x00B2)));
    return new Alert(
        GroupedContent.withEmptySignature(header, payload),
        Optional.of(Octets.ofHex("00".repeat(12))));
  }
}
