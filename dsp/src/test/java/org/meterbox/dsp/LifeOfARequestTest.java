// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.meterbox.dsp.access.WebService;
import org.meterbox.dsp.testing.Party;
import org.meterbox.dsp.testing.UserServerForTests;
import org.meterbox.dsp.testing.World;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.request.SignedPreCommand;
import org.meterbox.duis.response.Response;
import org.meterbox.duis.response.ResponseBody.DccAlert;
import org.meterbox.duis.response.ResponseBody.DeviceAlert;
import org.meterbox.duis.response.ResponseBody.ResponseMessage;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.duis.xml.XmlValues;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.Priority;
import org.meterbox.kernel.UserRole;
import org.meterbox.kernel.catalogue.DccAlertCode;
import org.meterbox.kernel.catalogue.ResponseCode;
import org.meterbox.wan.DeliveryReport;
import org.meterbox.wan.DeliveryReport.Outcome;
import org.meterbox.wan.Downlink;
import org.meterbox.wan.Uplink;

/** A request from its post to the push of what came of it, on a real store. */
final class LifeOfARequestTest {
  private final World world = World.open();

  @AfterEach
  void close() {
    world.close();
  }

  private static ResponseData data(Response response) {
    return ((ResponseMessage) response.body()).data();
  }

  private Downlink sendRead() {
    Response answer =
        world.send(World.SUPPLIER, WebService.SEND_COMMAND, world.readRegisters(World.SUPPLIER));
    assertThat(answer.code()).isEqualTo(ResponseCode.I99);
    return world.wan.last();
  }

  private void report(Downlink downlink, Outcome outcome) {
    world
        .dsp()
        .deliveryReports()
        .report(
            new DeliveryReport(
                downlink.correlation(), downlink.device(), outcome, world.clock.instant()));
  }

  private List<String> states() {
    return world.query("SELECT concat_ws(' ', state, reason) FROM dsp.request ORDER BY received");
  }

  // The device would have to take the second copy for a replay, and alert its supplier.
  @Test
  void aCommandWhoseAnswerHasArrivedIsTakenBackFromTheWan() {
    Downlink command = sendRead();
    world.uplink(World.meterAnswers(command.message(), World.SUPPLIER));
    assertThat(world.wan.withdrawn()).containsExactly(command.correlation());
  }

  // While the DSP goes through what was in flight, hubs already bring answers.
  @Test
  void afterARestartNothingIsSentAgainThatHasBeenAnswered() {
    Downlink first = sendRead();
    world.clock.advance(Duration.ofSeconds(1));
    Downlink second = sendRead();
    world.wan.beforeSending(
        () -> world.uplink(World.meterAnswers(second.message(), World.SUPPLIER)));
    world.restart();
    assertThat(states()).containsExactly("IN_FLIGHT", "ANSWERED");
    assertThat(world.wan.sent()).containsExactly(first, second, first);
  }

  @Test
  void theDevicesResponseIsPushedToTheUser() {
    Downlink downlink = sendRead();
    Octets answer = World.meterAnswers(downlink.message(), World.SUPPLIER);
    world.uplink(answer);
    Response pushed = world.verified(world.supplierServer().next());
    assertThat(pushed.code()).isEqualTo(ResponseCode.I0);
    assertThat(pushed.requestId()).contains(downlink.correlation());
    assertThat(pushed.responseId()).contains(downlink.correlation().answered());
    assertThat(data(pushed)).isEqualTo(new ResponseData.DeviceResponse(answer));
    assertThat(states()).containsExactly("ANSWERED");
  }

  // The hub offers a message again until it is acknowledged, and the acknowledgement may get lost.
  @Test
  void theSameResponseTwiceIsPushedOnce() {
    Octets answer = World.meterAnswers(sendRead().message(), World.SUPPLIER);
    world.uplink(answer);
    world.uplink(answer);
    world.supplierServer().next();
    assertThat(world.query("SELECT kind FROM dsp.delivery")).containsExactly("RESPONSE");
    assertThat(world.query("SELECT disposition FROM dsp.device_message"))
        .containsExactly("RESPONSE");
  }

  @Test
  void aResponseToNothingIsKeptAndPushedToNobody() {
    Octets answer = World.meterAnswers(sendRead().message(), World.SUPPLIER);
    try (World other = World.open()) {
      other.uplink(answer);
      assertThat(other.query("SELECT disposition FROM dsp.device_message"))
          .containsExactly("UNMATCHED");
      assertThat(other.query("SELECT kind FROM dsp.delivery")).isEmpty();
    }
  }

  @Test
  void whatIsNoGbcsIsKept() {
    world.uplink(Octets.ofHex("DD0000"));
    assertThat(world.query("SELECT disposition FROM dsp.device_message"))
        .containsExactly("MALFORMED");
  }

  // A network operator whose certificates the meter does not hold: the broker speaks for it.
  @Test
  void forAnUnknownPartyTheBrokerIsTheOriginator() {
    try (UserServerForTests operatorServer = UserServerForTests.plain()) {
      world.putUser(
          World.NETWORK_OPERATOR, Set.of(UserRole.ED), Optional.of(operatorServer.address()));
      RequestDraft read =
          World.draft(
              world.newRequestId(World.NETWORK_OPERATOR, World.ESME),
              CommandVariant.NON_CRITICAL_WAN,
              "7.4",
              XmlElement.of("ReadSupplyStatus"));
      assertThat(world.send(World.NETWORK_OPERATOR, WebService.SEND_COMMAND, read).code())
          .isEqualTo(ResponseCode.I99);
      Octets command = world.wan.last().message();
      GroupingHeader header = World.METER.take(command).header();
      assertThat(header.messageId().originator()).isEqualTo(World.BROKER);
      assertThat(header.messageId().counter()).isNotEqualTo(read.requestId().counter());
      assertThat(header.otherInformation())
          .isEqualTo(
              new OtherInformation.OnBehalfOf(
                  header.messageCode(), World.NETWORK_OPERATOR.id(), read.requestId().counter()));

      world.uplink(World.meterAnswersBroker(command));
      Response pushed = world.verified(operatorServer.next());
      assertThat(pushed.requestId()).contains(read.requestId());
    }
  }

  // The MAC of a response to the broker is checked: here it is made with the supplier's secret.
  @Test
  void aResponseToTheBrokerWithAWrongMacIsNotBelieved() {
    RequestDraft read =
        World.draft(
            world.newRequestId(World.NETWORK_OPERATOR, World.ESME),
            CommandVariant.NON_CRITICAL_WAN,
            "7.4",
            XmlElement.of("ReadSupplyStatus"));
    world.send(World.NETWORK_OPERATOR, WebService.SEND_COMMAND, read);
    world.uplink(World.meterAnswers(world.wan.last().message(), World.SUPPLIER));
    assertThat(world.query("SELECT disposition FROM dsp.device_message"))
        .containsExactly("NOT_AUTHENTIC");
    assertThat(states()).containsExactly("IN_FLIGHT");
  }

  private Octets preCommand(MessageId id) {
    RequestDraft disable =
        World.draft(id, CommandVariant.TRANSFORM, "7.2", XmlElement.of("DisableSupply"));
    Response answer = world.send(World.SUPPLIER, WebService.TRANSFORM, disable);
    assertThat(answer.code()).isEqualTo(ResponseCode.I0);
    return ((ResponseData.PreCommand) data(answer)).gbcsPayload();
  }

  private static Octets signed(Octets preCommand, Party by) throws DecodeException {
    return MessageProtection.sign(
            (GbcsMessage.PreCommand) GbcsMessage.decode(preCommand), by.commands().key())
        .encode();
  }

  private Response sendSigned(
      MessageId id, CommandVariant variant, String service, Octets signedPreCommand) {
    RequestDraft draft =
        World.draft(
            id,
            variant,
            service,
            XmlElement.of(
                SignedPreCommand.ELEMENT,
                XmlElement.leaf("GBCSPayload", XmlValues.base64(signedPreCommand))));
    WebService where =
        variant == CommandVariant.CRITICAL_LOCAL ? WebService.NON_DEVICE : WebService.SEND_COMMAND;
    return world.send(World.SUPPLIER, where, draft);
  }

  @Test
  void aCriticalCommandIsTransformedSignedAndSent() throws DecodeException {
    MessageId id = world.newRequestId(World.SUPPLIER, World.ESME);
    Octets signed = signed(preCommand(id), World.SUPPLIER);
    assertThat(world.wan.sent()).isEmpty();

    Response answer = sendSigned(id, CommandVariant.CRITICAL_WAN, "7.2", signed);
    assertThat(answer.code()).isEqualTo(ResponseCode.I99);
    Downlink downlink = world.wan.last();
    assertThat(downlink.priority()).isEqualTo(Priority.SUPPLY);
    assertThat(World.METER.take(downlink.message()).content().octets()).isEqualTo(signed);

    world.uplink(World.meterAnswers(downlink.message(), World.SUPPLIER));
    assertThat(world.verified(world.supplierServer().next()).requestId()).contains(id);
    assertThat(states()).containsExactly("ANSWERED", "ANSWERED");
  }

  @Test
  void aPreCommandThatWasNotMadeHereIsRefused() throws DecodeException {
    MessageId id = world.newRequestId(World.SUPPLIER, World.ESME);
    Octets signed = signed(preCommand(id), World.SUPPLIER);
    MessageId other = world.newRequestId(World.SUPPLIER, World.ESME);
    preCommand(other);
    assertThat(sendSigned(other, CommandVariant.CRITICAL_WAN, "7.2", signed).code().code())
        .isEqualTo("E100");
    assertThat(world.wan.sent()).isEmpty();
  }

  // Access is judged by the service reference, so it must be the one that was transformed.
  @Test
  void aPreCommandUnderAnotherServiceReferenceIsRefused() throws DecodeException {
    MessageId id = world.newRequestId(World.SUPPLIER, World.ESME);
    Octets signed = signed(preCommand(id), World.SUPPLIER);
    assertThat(sendSigned(id, CommandVariant.CRITICAL_WAN, "7.1", signed).code().code())
        .isEqualTo("E100");
    assertThat(world.wan.sent()).isEmpty();
  }

  @Test
  void aPreCommandSignedBySomebodyElseIsRefused() throws DecodeException {
    MessageId id = world.newRequestId(World.SUPPLIER, World.ESME);
    Octets signed = signed(preCommand(id), World.OTHER_SUPPLIER);
    assertThat(sendSigned(id, CommandVariant.CRITICAL_WAN, "7.2", signed).code().code())
        .isEqualTo("E100");
    assertThat(world.wan.sent()).isEmpty();
  }

  @Test
  void aLocalCommandIsGivenBackAndNotSent() throws DecodeException {
    MessageId id = world.newRequestId(World.SUPPLIER, World.ESME);
    Octets signed = signed(preCommand(id), World.SUPPLIER);
    Response answer = sendSigned(id, CommandVariant.CRITICAL_LOCAL, "7.2", signed);
    Octets command = ((ResponseData.LocalCommand) data(answer)).gbcsPayload();
    assertThat(World.METER.take(command).content().octets()).isEqualTo(signed);
    assertThat(world.wan.sent()).isEmpty();
  }

  @Test
  void whatIsForBothIsSentAndGivenBack() {
    RequestDraft read =
        World.draft(
            world.newRequestId(World.SUPPLIER, World.ESME),
            CommandVariant.NON_CRITICAL_BOTH,
            "4.1.1",
            XmlElement.of("ReadInstantaneousImportRegisters"));
    assertThat(world.send(World.SUPPLIER, WebService.SEND_COMMAND, read).code())
        .isEqualTo(ResponseCode.I99);
    Octets command = world.wan.last().message();
    Response local = world.verified(world.supplierServer().next());
    assertThat(data(local)).isEqualTo(new ResponseData.LocalCommand(command));
    Octets answer = World.meterAnswers(command, World.SUPPLIER);
    world.uplink(answer);
    Response response = world.verified(world.supplierServer().next());
    assertThat(data(response)).isEqualTo(new ResponseData.DeviceResponse(answer));
    assertThat(local.requestId()).isEqualTo(response.requestId()).contains(read.requestId());
    // Users tell answers to one request apart by their identifiers.
    assertThat(local.responseId().orElseThrow().originator()).isEqualTo(World.BROKER);
    assertThat(response.responseId()).contains(read.requestId().answered());
  }

  @Test
  void aSignedCommandForBothIsSentAndGivenBack() throws DecodeException {
    MessageId id = world.newRequestId(World.SUPPLIER, World.ESME);
    Octets signed = signed(preCommand(id), World.SUPPLIER);
    Response answer = sendSigned(id, CommandVariant.CRITICAL_BOTH, "7.2", signed);
    assertThat(answer.code()).isEqualTo(ResponseCode.I99);
    Octets command = world.wan.last().message();
    Response local = world.verified(world.supplierServer().next());
    assertThat(data(local)).isEqualTo(new ResponseData.LocalCommand(command));
    world.uplink(World.meterAnswers(command, World.SUPPLIER));
    Response response = world.verified(world.supplierServer().next());
    assertThat(data(response)).isInstanceOf(ResponseData.DeviceResponse.class);
    assertThat(local.responseId()).isNotEqualTo(response.responseId());
  }

  // A meter that does not know a command will not know it the second time either.
  @Test
  void aCommandThatTheDeviceDoesNotKnowEndsItsRequestAtOnce() {
    Downlink downlink = sendRead();
    report(downlink, Outcome.DELIVERED);
    Octets alert = World.METER.unsupported(downlink.message(), 2001);
    world.uplink(alert);
    Response pushed = world.verified(world.supplierServer().next());
    assertThat(((DeviceAlert) pushed.body()).alertCode()).isEqualTo(0x8F85);
    assertThat(states()).containsExactly("FAILED UNSUPPORTED_BY_DEVICE");
    world.clock.advance(Duration.ofSeconds(31));
    world.lookAfterDue();
    assertThat(world.wan.sent()).hasSize(1);
    assertThat(world.query("SELECT kind FROM dsp.delivery")).containsExactly("DEVICE_ALERT");
  }

  @Test
  void anAlertIsPushedToItsRecipient() {
    Octets alert =
        World.METER.alert(
            World.SUPPLIER.id(),
            2000,
            Octets.ofHex("0F20000001000202128F30090C07DF0101FF000000008000FF"));
    world.uplink(alert);
    world.uplink(alert);
    Response pushed = world.verified(world.supplierServer().next());
    assertThat(pushed.requestId()).isEmpty();
    assertThat(pushed.responseId().orElseThrow().counter().value()).isEqualTo(2000);
    assertThat(((DeviceAlert) pushed.body()).alertCode()).isEqualTo(0x8F30);
    assertThat(((DeviceAlert) pushed.body()).gbcsPayload()).isEqualTo(alert);
    assertThat(world.query("SELECT kind FROM dsp.delivery")).containsExactly("DEVICE_ALERT");
  }

  // An alert to the DCC goes on to whoever is registered at the premises (N39).
  @Test
  void anAlertOfADisplayIsToldToTheSuppliersOfThePremises() {
    world.putPpmidBesideAnotherMeter();
    Octets alert =
        World.METER.alert(
            World.BROKER, 2000, Octets.ofHex("0F20000001000202128F3F090C07DF0101FF000000008000FF"));
    world.uplink(alert);
    DccAlert told = (DccAlert) world.verified(world.supplierServer().next()).body();
    assertThat(told.code()).isEqualTo(DccAlertCode.N39);
    assertThat(told.alert().find("DeviceAlertCode").orElseThrow().token()).isEqualTo("8F3F");
    assertThat(world.query("SELECT disposition FROM dsp.device_message"))
        .containsExactly("ALERT_FOR_DSP");
    assertThat(world.query("SELECT recipient FROM dsp.delivery"))
        .containsExactly(Long.toString(World.SUPPLIER.id().value()));
  }

  // Sent while the clock ran an hour ahead: the deadline is not an hour away once it is right
  // again.
  @Test
  void aClockThatIsSetBackPutsNoDeadlineOff() {
    world.clock.advance(Duration.ofHours(1));
    Downlink first = sendRead();
    report(first, Outcome.DELIVERED);
    world.clock.advance(Duration.ofHours(-1));
    world.dsp().clockWentBack();
    world.clock.advance(Duration.ofSeconds(31));
    world.lookAfterDue();
    assertThat(world.wan.sent()).containsExactly(first, first);
  }

  // Delivered, not answered, sent once more, still not answered: E21 with N13.
  @Test
  void aSilentDeviceIsAskedTwiceAndThenTheUserIsTold() {
    Downlink first = sendRead();
    report(first, Outcome.DELIVERED);
    world.clock.advance(Duration.ofSeconds(31));
    world.lookAfterDue();
    Downlink second = world.wan.last();
    assertThat(world.wan.sent()).hasSize(2);
    assertThat(second).isEqualTo(first);

    report(second, Outcome.DELIVERED);
    world.clock.advance(Duration.ofSeconds(31));
    world.lookAfterDue();
    Response told = world.verified(world.supplierServer().next());
    assertThat(told.code()).isEqualTo(ResponseCode.E21);
    assertThat(((DccAlert) told.body()).code()).isEqualTo(DccAlertCode.N13);
    assertThat(((DccAlert) told.body()).alert().find("CommandRequestID").orElseThrow().token())
        .isEqualTo(first.correlation().toString());
    assertThat(states()).containsExactly("FAILED NO_RESPONSE");
  }

  // Not delivered, tried again, not delivered again: E20 with N12.
  @Test
  void anUnreachableDeviceIsTriedTwiceAndThenTheUserIsTold() {
    report(sendRead(), Outcome.HUB_UNREACHABLE);
    world.clock.advance(Duration.ofSeconds(11));
    world.lookAfterDue();
    assertThat(world.wan.sent()).hasSize(2);
    report(world.wan.last(), Outcome.HUB_UNREACHABLE);
    Response told = world.verified(world.supplierServer().next());
    assertThat(told.code()).isEqualTo(ResponseCode.E20);
    assertThat(((DccAlert) told.body()).code()).isEqualTo(DccAlertCode.N12);
    assertThat(states()).containsExactly("FAILED NOT_DELIVERED");
  }

  // The user was told that it failed; a second, other truth would only confuse.
  @Test
  void aResponseAfterTheEndIsKeptAndNotPushed() {
    Downlink downlink = sendRead();
    report(downlink, Outcome.HUB_UNREACHABLE);
    world.clock.advance(Duration.ofSeconds(11));
    world.lookAfterDue();
    report(world.wan.last(), Outcome.HUB_UNREACHABLE);
    world.supplierServer().next();
    world.uplink(World.meterAnswers(downlink.message(), World.SUPPLIER));
    assertThat(world.query("SELECT disposition FROM dsp.device_message")).containsExactly("LATE");
    assertThat(world.query("SELECT kind FROM dsp.delivery")).containsExactly("DCC_ALERT");
  }

  @Test
  void aFullWanDoesNotLoseARequest() {
    world.wan.full(true);
    assertThat(
            world
                .send(World.SUPPLIER, WebService.SEND_COMMAND, world.readRegisters(World.SUPPLIER))
                .code())
        .isEqualTo(ResponseCode.I99);
    assertThat(world.wan.sent()).isEmpty();
    world.wan.full(false);
    world.clock.advance(Duration.ofSeconds(11));
    world.lookAfterDue();
    assertThat(world.wan.sent()).hasSize(1);
  }

  // After a restart the device may not have the command, or its response may be lost: send again.
  @Test
  void aRestartSendsTheSameOctetsAgain() {
    Downlink before = sendRead();
    world.restart();
    assertThat(world.wan.sent()).containsExactly(before, before);
    world.uplink(World.meterAnswers(before.message(), World.SUPPLIER));
    assertThat(world.verified(world.supplierServer().next()).requestId())
        .contains(before.correlation());
  }

  @Test
  void aRestartDoesNotSendWhatWasAnswered() {
    Downlink before = sendRead();
    world.uplink(World.meterAnswers(before.message(), World.SUPPLIER));
    world.supplierServer().next();
    world.restart();
    assertThat(world.wan.sent()).containsExactly(before);
  }

  // The most urgent first, whatever came first.
  @Test
  void aRestartSendsSupplyCommandsBeforeReads() throws DecodeException {
    sendRead();
    MessageId id = world.newRequestId(World.SUPPLIER, World.ESME);
    sendSigned(id, CommandVariant.CRITICAL_WAN, "7.2", signed(preCommand(id), World.SUPPLIER));
    world.restart();
    assertThat(world.wan.sent().subList(2, 4))
        .extracting(Downlink::priority)
        .containsExactly(Priority.SUPPLY, Priority.ON_DEMAND);
  }

  @Test
  void responsesThatComeTogetherAreEachAnsweredAndAlertsKeepTheirPlace() {
    List<Downlink> sent = Stream.generate(this::sendRead).limit(5).toList();
    List<Octets> upward = new ArrayList<>();
    sent.forEach(command -> upward.add(World.meterAnswers(command.message(), World.SUPPLIER)));
    Octets alert =
        World.METER.alert(
            World.SUPPLIER.id(),
            9_001,
            Octets.ofHex("0F20000001000202128F30090C07DF0101FF000000008000FF"));
    upward.add(3, alert);
    upward.add(Octets.ofHex("00"));
    List<Boolean> stored =
        world
            .dsp()
            .uplink()
            .receivedTogether(
                upward.stream().map(octets -> new Uplink.Sent(World.ESME, octets)).toList());
    assertThat(stored).hasSize(7).containsOnly(true);
    assertThat(world.query("SELECT kind FROM dsp.delivery ORDER BY id"))
        .containsExactly(
            "RESPONSE", "RESPONSE", "RESPONSE", "DEVICE_ALERT", "RESPONSE", "RESPONSE");
    assertThat(states()).hasSize(5).allMatch(state -> state.startsWith("ANSWERED"));
  }
}
