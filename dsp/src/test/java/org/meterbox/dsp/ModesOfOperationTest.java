// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
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
import org.meterbox.duis.response.ResponseBody.ResponseMessage;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.duis.response.ResponseData.FutureDatedDeviceAlert;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.duis.xml.XmlValues;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.Priority;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.UserRole;
import org.meterbox.wan.DeliveryReport;
import org.meterbox.wan.DeliveryReport.Outcome;
import org.meterbox.wan.Downlink;

/** What is held, scheduled, in a sequence or answered by alerts, on a real store. */
final class ModesOfOperationTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String CANCEL = "3000-12-31T00:00:00.00Z";

  private final World world = World.open();

  @AfterEach
  void close() {
    world.close();
  }

  private static ResponseData data(Response response) {
    return ((ResponseMessage) response.body()).data();
  }

  private static String date(Instant moment) {
    return XmlValues.dateTime(moment);
  }

  private Instant in(Duration time) {
    return world.clock.instant().plus(time);
  }

  private RequestDraft read(Party user, String execution) {
    return World.draft(
        world.newRequestId(user, World.ESME),
        CommandVariant.NON_CRITICAL_WAN,
        "4.1.1",
        XmlElement.of(
            "ReadInstantaneousImportRegisters", XmlElement.leaf("ExecutionDateTime", execution)));
  }

  private Response send(RequestDraft draft) {
    return world.send(World.SUPPLIER, WebService.SEND_COMMAND, draft);
  }

  private void pass(Duration time) {
    world.clock.advance(time);
    world.lookAfterDue();
  }

  private List<String> states() {
    return world.query(
        "SELECT concat_ws(' ', state, reason) FROM dsp.request ORDER BY received, counter");
  }

  // Followers are looked after by a thread of their own, at once.

  private void awaitSent(RequestDraft request) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> world.wan.last().correlation(), request.requestId()::equals);
  }

  private void awaitStates(String... expected) {
    Awaitility.await().atMost(PATIENCE).until(this::states, List.of(expected)::equals);
  }

  private Response next() {
    return world.verified(world.supplierServer().next());
  }

  private String told(Response response) {
    return response.code() + " " + ((DccAlert) response.body()).code();
  }

  private void answer(Downlink downlink) {
    world.uplink(World.meterAnswers(downlink.message(), World.SUPPLIER));
  }

  private void giveUp(Downlink first) {
    report(first);
    pass(Duration.ofSeconds(11));
    report(world.wan.last());
  }

  private void report(Downlink downlink) {
    world
        .dsp()
        .deliveryReports()
        .report(
            new DeliveryReport(
                downlink.correlation(),
                downlink.device(),
                Outcome.HUB_UNREACHABLE,
                world.clock.instant()));
  }

  // Future Dated (DSP)

  @Test
  void aDatedReadIsHeldUntilItsTimeAndThenSent() {
    RequestDraft dated = read(World.SUPPLIER, date(in(Duration.ofDays(2))));
    assertThat(send(dated).code().code()).isEqualTo("I99");
    assertThat(states()).containsExactly("HELD");
    pass(Duration.ofDays(1));
    assertThat(world.wan.sent()).isEmpty();
    pass(Duration.ofDays(1).plusSeconds(1));
    assertThat(world.wan.sent()).hasSize(1);
    assertThat(world.wan.last().correlation()).isEqualTo(dated.requestId());
    answer(world.wan.last());
    assertThat(next().requestId()).contains(dated.requestId());
    assertThat(states()).containsExactly("ANSWERED");
    // Looked at again, nothing happens a second time.
    pass(Duration.ofDays(1));
    assertThat(world.wan.sent()).hasSize(1);
  }

  @Test
  void aHeldRequestSurvivesTheProcess() {
    send(read(World.SUPPLIER, date(in(Duration.ofDays(2)))));
    world.restart();
    assertThat(world.wan.sent()).isEmpty();
    pass(Duration.ofDays(3));
    assertThat(world.wan.sent()).hasSize(1);
  }

  @Test
  void theFarFutureCancelsWhatIsHeldOfTheSameService() {
    send(read(World.SUPPLIER, date(in(Duration.ofDays(2)))));
    assertThat(send(read(World.SUPPLIER, CANCEL)).code().code()).isEqualTo("I0");
    assertThat(states()).containsExactly("CANCELLED BY_SENDER", "ANSWERED");
    pass(Duration.ofDays(3));
    assertThat(world.wan.sent()).isEmpty();
    assertThat(world.query("SELECT kind FROM dsp.delivery")).isEmpty();
  }

  // An acknowledgement that nothing follows would be a fault.
  @Test
  void cancellingNothingIsRefused() {
    assertThat(send(read(World.SUPPLIER, CANCEL)).code().code()).isEqualTo("E100");
  }

  @Test
  void moreThanThirtyDaysAheadIsRefused() {
    assertThat(send(read(World.SUPPLIER, date(in(Duration.ofDays(31))))).code().code())
        .isEqualTo("E100");
    assertThat(send(read(World.SUPPLIER, date(in(Duration.ofDays(30))))).code().code())
        .isEqualTo("I99");
  }

  @Test
  void whatTheDspHoldsIsNotGivenBackForLocalDelivery() {
    RequestDraft local =
        World.draft(
            world.newRequestId(World.SUPPLIER, World.ESME),
            CommandVariant.NON_CRITICAL_LOCAL,
            "4.1.1",
            read(World.SUPPLIER, date(in(Duration.ofDays(2)))).body());
    assertThat(world.send(World.SUPPLIER, WebService.NON_DEVICE, local).code().code())
        .isEqualTo("E17");
  }

  // Access is checked when it comes and again when it is carried out.
  @Test
  void whoIsNotEntitledAnyMoreAtItsTimeIsTold() {
    RequestDraft dated = read(World.SUPPLIER, date(in(Duration.ofDays(2))));
    send(dated);
    world.register(UserRole.IS, World.SUPPLIER.id(), in(Duration.ofDays(1)));
    pass(Duration.ofDays(3));
    assertThat(world.wan.sent()).isEmpty();
    Response alert = next();
    assertThat(told(alert)).isEqualTo("E47 N36");
    assertThat(alert.requestId()).contains(dated.requestId());
    assertThat(states()).containsExactly("FAILED HELD_NOT_ENTITLED");
    assertThat(world.query("SELECT rule FROM dsp.request_event WHERE event = 'FAILED'"))
        .containsExactly("not registered for the device at that time");
  }

  // Sent once more, then E31 with N11, not E20 with N12.
  @Test
  void aHeldRequestThatIsNotDeliveredFailsUnderItsOwnCode() {
    send(read(World.SUPPLIER, date(in(Duration.ofDays(2)))));
    pass(Duration.ofDays(3));
    giveUp(world.wan.last());
    assertThat(world.wan.sent()).hasSize(2);
    assertThat(told(next())).isEqualTo("E31 N11");
    assertThat(states()).containsExactly("FAILED HELD_REQUEST_FAILED");
  }

  // Sequences

  private RequestDraft member(MessageId id, Optional<Boolean> first, Optional<MessageId> after) {
    return new RequestDraft(
        id,
        CommandVariant.NON_CRITICAL_WAN,
        new ServiceReferenceVariant("4.1.1"),
        first,
        after,
        XmlElement.of("ReadInstantaneousImportRegisters"));
  }

  private RequestDraft first() {
    return member(
        world.newRequestId(World.SUPPLIER, World.ESME), Optional.of(true), Optional.empty());
  }

  private RequestDraft after(MessageId predecessor) {
    return member(
        world.newRequestId(World.SUPPLIER, World.ESME), Optional.empty(), Optional.of(predecessor));
  }

  @Test
  void aMemberIsSentWhenTheOneBeforeItIsAnswered() {
    RequestDraft one = first();
    RequestDraft two = after(one.requestId());
    RequestDraft three = after(two.requestId());
    assertThat(send(one).code().code()).isEqualTo("I99");
    assertThat(send(three).code().code()).isEqualTo("I99");
    assertThat(send(two).code().code()).isEqualTo("I99");
    assertThat(world.wan.sent()).hasSize(1);
    answer(world.wan.last());
    awaitSent(two);
    answer(world.wan.last());
    awaitSent(three);
    answer(world.wan.last());
    assertThat(states()).containsExactly("ANSWERED", "ANSWERED", "ANSWERED");
    assertThat(world.query("SELECT sequence_position FROM dsp.request ORDER BY counter"))
        .containsExactly("1", "2", "3");
  }

  @Test
  void aMemberAfterAnAnsweredOneIsSentAtOnce() {
    RequestDraft one = first();
    send(one);
    answer(world.wan.last());
    RequestDraft two = after(one.requestId());
    send(two);
    assertThat(world.wan.last().correlation()).isEqualTo(two.requestId());
  }

  @Test
  void whenAMemberFailsAllAfterItAreGivenUpWithN14() {
    RequestDraft one = first();
    RequestDraft two = after(one.requestId());
    RequestDraft three = after(two.requestId());
    send(one);
    send(two);
    send(three);
    giveUp(world.wan.last());
    world.lookAfterDue();
    world.lookAfterDue();
    awaitStates("FAILED NOT_DELIVERED", "FAILED PREDECESSOR_FAILED", "FAILED PREDECESSOR_FAILED");
    assertThat(List.of(told(next()), told(next()), told(next())))
        .containsExactlyInAnyOrder("E20 N12", "E40 N14", "E40 N14");
    // Who comes after that learns it the same way.
    assertThat(send(after(three.requestId())).code().code()).isEqualTo("I99");
    assertThat(told(next())).isEqualTo("E40 N14");
  }

  @Test
  void aMemberWhosePredecessorNeverComesIsGivenUpWithN15() {
    send(after(world.newRequestId(World.SUPPLIER, World.ESME)));
    assertThat(states()).containsExactly("WAITING_FOR_PREDECESSOR");
    pass(Duration.ofMinutes(61));
    assertThat(told(next())).isEqualTo("E41 N15");
    assertThat(states()).containsExactly("EXPIRED PREDECESSOR_MISSING");
  }

  // Where the predecessor is there and only slow, the follower goes on waiting.
  @Test
  void aMemberWaitsAsLongAsTheOneBeforeItIsOpen() {
    RequestDraft held =
        new RequestDraft(
            world.newRequestId(World.SUPPLIER, World.ESME),
            CommandVariant.NON_CRITICAL_WAN,
            new ServiceReferenceVariant("4.1.1"),
            Optional.of(true),
            Optional.empty(),
            read(World.SUPPLIER, date(in(Duration.ofDays(2)))).body());
    send(held);
    send(after(held.requestId()));
    pass(Duration.ofMinutes(61));
    assertThat(states()).containsExactly("HELD", "WAITING_FOR_PREDECESSOR");
    pass(Duration.ofDays(2));
    answer(world.wan.last());
    awaitStates("ANSWERED", "IN_FLIGHT");
  }

  @Test
  void whatMayNotStandInASequenceIsRefused() {
    RequestDraft outside = world.readRegisters(World.SUPPLIER);
    send(outside);
    assertThat(send(after(outside.requestId())).code().code()).isEqualTo("E41");
    RequestDraft one = first();
    send(one);
    MessageId both = world.newRequestId(World.SUPPLIER, World.ESME);
    assertThat(send(member(both, Optional.of(true), Optional.of(one.requestId()))).code().code())
        .isEqualTo("E41");
    RequestDraft local =
        new RequestDraft(
            world.newRequestId(World.SUPPLIER, World.ESME),
            CommandVariant.NON_CRITICAL_LOCAL,
            new ServiceReferenceVariant("4.1.1"),
            Optional.of(true),
            Optional.empty(),
            one.body());
    assertThat(world.send(World.SUPPLIER, WebService.NON_DEVICE, local).code().code())
        .isEqualTo("E12");
  }

  // Future Dated (Device)

  private static final CosemAttribute SUSPEND = CosemAttribute.of(9000, "0-0:94.44.128.22", 6);
  private static final CosemAttribute MODE = CosemAttribute.of(111, "0-1:19.0.0.255", 13);

  private Downlink prepayment(String execution) throws DecodeException {
    MessageId id = world.newRequestId(World.SUPPLIER, World.ESME);
    RequestDraft change =
        World.draft(
            id,
            CommandVariant.TRANSFORM,
            "1.6",
            XmlElement.of(
                "UpdatePaymentMode",
                XmlElement.leaf("ExecutionDateTime", execution),
                XmlElement.of(
                    "Prepayment",
                    XmlElement.leaf("SuspendDebtDisabled", "true"),
                    XmlElement.leaf("SuspendDebtEmergency", "false"),
                    XmlElement.leaf("DisablementThreshold", "556677"))));
    Response transformed = world.send(World.SUPPLIER, WebService.TRANSFORM, change);
    Octets preCommand = ((ResponseData.PreCommand) data(transformed)).gbcsPayload();
    Octets signed =
        MessageProtection.sign(
                (GbcsMessage.PreCommand) GbcsMessage.decode(preCommand),
                World.SUPPLIER.commands().key())
            .encode();
    RequestDraft command =
        World.draft(
            id,
            CommandVariant.CRITICAL_WAN,
            "1.6",
            XmlElement.of(
                SignedPreCommand.ELEMENT,
                XmlElement.leaf("ExecutionDateTime", execution),
                XmlElement.leaf("GBCSPayload", XmlValues.base64(signed))));
    assertThat(send(command).code().code()).isEqualTo("I99");
    return world.wan.last();
  }

  private String dated() {
    return date(in(Duration.ofDays(2)));
  }

  private List<String> executions() {
    return world.query(
        "SELECT concat_ws(' ', state, reason) FROM dsp.request WHERE stage = 'X'"
            + " ORDER BY received, counter");
  }

  @Test
  void eachInstructionOfADatedCommandIsToldXOfY() throws DecodeException {
    Downlink command = prepayment(dated());
    answer(command);
    assertThat(data(next())).isInstanceOf(ResponseData.DeviceResponse.class);
    assertThat(executions()).containsExactly("AWAITING_OUTCOMES");

    world.clock.advance(Duration.ofDays(2));
    Octets second = World.METER.outcome(command.message(), 3001, 0x8F66, MODE);
    world.uplink(second);
    world.uplink(second);
    Response told = next();
    assertThat(told.requestId()).contains(command.correlation());
    assertThat(told.responseId().orElseThrow().counter().value()).isEqualTo(3001);
    assertThat(data(told)).isEqualTo(new FutureDatedDeviceAlert(0x8F66, second, 2, 2));
    assertThat(executions()).containsExactly("AWAITING_OUTCOMES");

    Octets first = World.METER.outcome(command.message(), 3002, 0x8F67, SUSPEND);
    world.uplink(first);
    assertThat(data(next())).isEqualTo(new FutureDatedDeviceAlert(0x8F67, first, 1, 2));
    assertThat(executions()).containsExactly("ANSWERED");
    pass(Duration.ofDays(2));
    assertThat(world.query("SELECT kind FROM dsp.delivery"))
        .containsExactly("RESPONSE", "RESPONSE", "RESPONSE");
  }

  // The same instruction told twice under different counters is told on, and counted once.
  @Test
  void anInstructionCountsOnce() throws DecodeException {
    Downlink command = prepayment(dated());
    answer(command);
    world.uplink(World.METER.outcome(command.message(), 3001, 0x8F66, MODE));
    world.uplink(World.METER.outcome(command.message(), 3002, 0x8F66, MODE));
    assertThat(executions()).containsExactly("AWAITING_OUTCOMES");
  }

  @Test
  void outcomesThatDoNotComeAreToldWithN10() throws DecodeException {
    Downlink command = prepayment(dated());
    answer(command);
    next();
    world.uplink(World.METER.outcome(command.message(), 3001, 0x8F66, MODE));
    next();
    pass(Duration.ofDays(2).plusHours(23));
    assertThat(executions()).containsExactly("AWAITING_OUTCOMES");
    pass(Duration.ofHours(2));
    assertThat(told(next())).isEqualTo("E30 N10");
    assertThat(executions()).containsExactly("EXPIRED OUTCOME_MISSING");
  }

  @Test
  void anImmediateCommandEndsWithItsResponse() throws DecodeException {
    answer(prepayment(date(world.clock.instant().minusSeconds(60))));
    assertThat(executions()).containsExactly("ANSWERED");
  }

  @Test
  void aCancellationAtTheDeviceEndsWhatItCancels() throws DecodeException {
    answer(prepayment(dated()));
    answer(prepayment(CANCEL));
    assertThat(executions()).containsExactly("CANCELLED BY_SENDER", "ANSWERED");
    pass(Duration.ofDays(4));
    assertThat(world.query("SELECT kind FROM dsp.delivery")).doesNotContain("DCC_ALERT");
  }

  // DSP schedules

  private RequestDraft schedule(String frequency, Instant start, XmlElement... more) {
    return World.draft(
        world.newRequestId(World.SUPPLIER, World.BROKER),
        CommandVariant.NON_DEVICE,
        "5.1",
        XmlElement.of(
            "CreateSchedule",
            Stream.concat(
                    Stream.of(
                        XmlElement.leaf("ScheduleFrequency", frequency),
                        XmlElement.leaf("ScheduleStartDate", start.toString().substring(0, 10))),
                    Stream.of(more))
                .toList()));
  }

  private static XmlElement[] dailyRead(String startOffset, String endOffset) {
    return new XmlElement[] {
      XmlElement.leaf("ScheduleExecutionStartTime", "01:00:00Z"),
      XmlElement.leaf("DSPScheduledServiceReference", "4.6"),
      XmlElement.leaf("DSPScheduledServiceReferenceVariant", "4.6.1"),
      XmlElement.leaf("DeviceID", World.ESME.dashed()),
      XmlElement.of(
          "DSPRetrieveImportDailyReadLog",
          XmlElement.leaf("StartDateOffset", startOffset),
          XmlElement.leaf("StartTime", "00:00:00Z"),
          XmlElement.leaf("EndDateOffset", endOffset),
          XmlElement.leaf("EndTime", "00:00:00Z"))
    };
  }

  private Response ask(RequestDraft draft) {
    return world.send(World.SUPPLIER, WebService.NON_DEVICE, draft);
  }

  private RequestDraft about(String service, String element, String name, String value) {
    return World.draft(
        world.newRequestId(World.SUPPLIER, World.BROKER),
        CommandVariant.NON_DEVICE,
        service,
        XmlElement.of(element, XmlElement.leaf(name, value)));
  }

  private long createDaily() {
    Response created = ask(schedule("Daily", world.clock.instant(), dailyRead("-1", "0")));
    assertThat(created.code().code()).isEqualTo("I0");
    return ((ResponseData.ScheduleCreated) data(created)).scheduleId();
  }

  @Test
  void aScheduleRunsEachDayAndItsResponsesBearItsNumber() {
    long id = createDaily();
    pass(Duration.ofDays(1));
    assertThat(world.wan.sent()).hasSize(1);
    assertThat(world.wan.last().priority()).isEqualTo(Priority.BULK);
    Octets answer = World.meterAnswers(world.wan.last().message(), World.SUPPLIER);
    world.uplink(answer);
    assertThat(data(next())).isEqualTo(new ResponseData.ScheduledResponse(answer, id));
    world.lookAfterDue();
    assertThat(world.wan.sent()).hasSize(1);
    pass(Duration.ofDays(1));
    assertThat(world.wan.sent()).hasSize(2);
    assertThat(
            world.query(
                "SELECT variant || ' ' || schedule FROM dsp.request WHERE stage = 'X'"
                    + " AND schedule IS NOT NULL"))
        .containsExactly("9 " + id, "9 " + id);
  }

  @Test
  void aScheduleIsReadAsItWasMadeAndDeleted() {
    long id = createDaily();
    Response found = ask(about("5.2", "ReadSchedule", "DeviceID", World.ESME.dashed()));
    XmlElement schedules = ((ResponseData.DspResult) data(found)).element();
    XmlElement only = schedules.children("DSPSchedules").getFirst();
    assertThat(only.find("DSPScheduleID").orElseThrow().token()).isEqualTo(Long.toString(id));
    assertThat(only.find("DSPScheduleDetails").orElseThrow().children())
        .isEqualTo(
            schedule("Daily", world.clock.instant(), dailyRead("-1", "0")).body().children());
    String number = Long.toString(id);
    assertThat(ask(about("5.3", "DeleteSchedule", "DSPScheduleID", number)).code().code())
        .isEqualTo("I0");
    pass(Duration.ofDays(2));
    assertThat(world.wan.sent()).isEmpty();
    assertThat(ask(about("5.2", "ReadSchedule", "DSPScheduleID", number)).code().code())
        .isEqualTo("E050201");
    assertThat(ask(about("5.3", "DeleteSchedule", "DSPScheduleID", number)).code().code())
        .isEqualTo("E050301");
    assertThat(ask(about("5.2", "ReadSchedule", "DeviceID", World.ESME.dashed())).code().code())
        .isEqualTo("W050201");
    assertThat(ask(about("5.3", "DeleteSchedule", "DeviceID", World.ESME.dashed())).code().code())
        .isEqualTo("W050301");
  }

  // Somebody else's schedule is as good as none.
  @Test
  void aScheduleIsItsOwnersAlone() {
    String id = Long.toString(createDaily());
    RequestDraft theirs =
        World.draft(
            world.newRequestId(World.OTHER_SUPPLIER, World.BROKER),
            CommandVariant.NON_DEVICE,
            "5.3",
            XmlElement.of("DeleteSchedule", XmlElement.leaf("DSPScheduleID", id)));
    assertThat(world.send(World.OTHER_SUPPLIER, WebService.NON_DEVICE, theirs).code().code())
        .isEqualTo("E050301");
    pass(Duration.ofDays(1));
    assertThat(world.wan.sent()).hasSize(1);
  }

  @Test
  void whoMayNotReadMayNotHaveItReadEachDay() {
    RequestDraft theirs =
        World.draft(
            world.newRequestId(World.OTHER_SUPPLIER, World.BROKER),
            CommandVariant.NON_DEVICE,
            "5.1",
            schedule("Daily", world.clock.instant(), dailyRead("-1", "0")).body());
    assertThat(world.send(World.OTHER_SUPPLIER, WebService.NON_DEVICE, theirs).code().code())
        .isEqualTo("E4");
  }

  @Test
  void aScheduleThatContradictsItselfIsRefusedForItsCause() {
    Instant now = world.clock.instant();
    assertThat(ask(schedule("Daily", now, dailyRead("0", "-1"))).code().code())
        .isEqualTo("E050107");
    XmlElement[] other = dailyRead("-1", "0");
    other[2] = XmlElement.leaf("DSPScheduledServiceReferenceVariant", "4.8.1");
    assertThat(ask(schedule("Daily", now, other)).code().code()).isEqualTo("E050102");
    XmlElement[] ended = dailyRead("-1", "0");
    ended[0] =
        XmlElement.leaf(
            "ScheduleEndDate", now.minus(Duration.ofDays(2)).toString().substring(0, 10));
    assertThat(ask(schedule("Daily", now, ended)).code().code()).isEqualTo("E050103");
    assertThat(ask(schedule("Daily", now.minus(Duration.ofDays(5)), ended)).code().code())
        .isEqualTo("E050105");
  }

  @Test
  void theHundredthScheduleOnADeviceIsRefused() {
    for (int i = 0; i < 99; i++) {
      createDaily();
    }
    assertThat(ask(schedule("Daily", world.clock.instant(), dailyRead("-1", "0"))).code().code())
        .isEqualTo("E050108");
    Response all = ask(about("5.2", "ReadSchedule", "DeviceID", World.ESME.dashed()));
    assertThat(((ResponseData.DspResult) data(all)).element().children()).hasSize(99);
  }

  @Test
  void aRunWithoutTheRightToItIsToldWithN35() {
    long id = createDaily();
    world.register(UserRole.IS, World.SUPPLIER.id(), in(Duration.ofHours(1)));
    pass(Duration.ofDays(1));
    Response alert = next();
    assertThat(told(alert)).isEqualTo("E46 N35");
    assertThat(((DccAlert) alert.body()).alert().find("DSPScheduleID").orElseThrow().token())
        .isEqualTo(Long.toString(id));
    assertThat(world.wan.sent()).isEmpty();
  }

  // After a week away the runs of six days are left out; that of the last day is made.
  @Test
  void runsThatAreTooLateAreLeftOut() {
    createDaily();
    world.clock.advance(Duration.ofDays(7));
    world.restart();
    world.lookAfterDue();
    assertThat(world.wan.sent()).hasSize(1);
  }

  // Change of tenancy: what an Other User reads with the former customer's consent ends.
  @Test
  void aChangeOfTenancyEndsWhatOtherUsersHaveWaiting() {
    try (UserServerForTests otherServer = UserServerForTests.plain()) {
      world.putUser(World.OTHER_SUPPLIER, Set.of(UserRole.OU), Optional.of(otherServer.address()));
      XmlElement[] profile = dailyRead("-1", "0");
      profile[1] = XmlElement.leaf("DSPScheduledServiceReference", "4.8");
      profile[2] = XmlElement.leaf("DSPScheduledServiceReferenceVariant", "4.8.1");
      profile[4] = XmlElement.of("DSPReadActiveImportProfileData", profile[4].children());
      RequestDraft theirs =
          World.draft(
              world.newRequestId(World.OTHER_SUPPLIER, World.BROKER),
              CommandVariant.NON_DEVICE,
              "5.1",
              schedule("Daily", world.clock.instant(), profile).body());
      assertThat(world.send(World.OTHER_SUPPLIER, WebService.NON_DEVICE, theirs).code().code())
          .isEqualTo("I0");
      long own = createDaily();

      RequestDraft change =
          World.draft(
              world.newRequestId(World.SUPPLIER, World.ESME),
              CommandVariant.NON_CRITICAL_WAN,
              "3.2",
              XmlElement.of(
                  "RestrictAccessForChangeOfTenancy",
                  XmlElement.leaf("RestrictionDateTime", date(world.clock.instant()))));
      assertThat(send(change).code().code()).isEqualTo("I99");
      answer(world.wan.last());
      Response removal = world.verified(otherServer.next());
      assertThat(((DccAlert) removal.body()).code().code()).isEqualTo("N17");
      assertThat(world.query("SELECT id FROM dsp.schedule WHERE state = 'ACTIVE'"))
          .containsExactly(Long.toString(own));
    }
  }
}
