// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterbox.devices.gas.GasHomeDevices.part;
import static org.meterbox.devices.gas.GasHomeDevices.status;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.devices.TestHome;
import org.meterbox.devices.esme.log.SampleLog;
import org.meterbox.devices.gas.futuredated.PendingCommands;
import org.meterbox.devices.gas.metering.NetworkLog;
import org.meterbox.devices.gas.register.GasAccount;
import org.meterbox.devices.gas.register.GasLogs;
import org.meterbox.devices.gas.register.Snapshot;
import org.meterbox.devices.gas.register.Volumes;
import org.meterbox.devices.gas.state.GasAttribute;
import org.meterbox.devices.gas.state.GasSettings;
import org.meterbox.devices.gas.valve.ValveFunction;
import org.meterbox.gbcs.dlms.LogTimestamp;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.gbz.Component;
import org.meterbox.gbcs.gbz.GbzAlert;
import org.meterbox.gbcs.gbz.ZclAttribute;
import org.meterbox.gbcs.gbz.ZclFieldsBuilder;
import org.meterbox.gbcs.gbz.ZclStatus;
import org.meterbox.gbcs.gbz.ZclValue;
import org.meterbox.kernel.Octets;

/** What a supplier sets at a gas meter, and what comes of it as time passes. */
class GasCommandsTest {
  private static final int SET_TARIFF = 0x006B;
  private static final int SET_PRICE = 0x00A3;
  private static final int SET_BILLING_CALENDAR = 0x007E;
  private static final int SET_ALERT_BEHAVIOURS = 0x00AD;
  private static final int START_NETWORK_LOG = 0x0080;
  private static final int SET_CALORIFIC_VALUE = 0x007C;
  private static final int COMMAND_CARRIED_OUT = 0x8F66;
  private static final int BILLING_DATA_LOG_UPDATED = 0x8F0A;
  private static final int VALVE_TESTED = 0x8184;
  private static final int BY_BLOCK = 0x10;
  private static final long NEVER = 0xFFFF_FFFFL;
  private static final Instant FEBRUARY = Instant.parse("2026-02-01T00:00:00Z");

  private final GasHomeDevices gas = new GasHomeDevices();

  @Test
  void aPriceHoldsFromTheTimeThatTheCommandNames() {
    Instant then = TestHome.MANUFACTURED.plus(Duration.ofHours(5));
    gas.charge(4_000, 0);
    List<Component> answers = setPrice(LogTimestamp.of(then).seconds(), 9_000);
    assertThat(answers).hasSize(2);
    assertThat(answers).allMatch(answer -> status(answer).equals(ZclStatus.SUCCESS));
    gas.waitUntil(then.minusSeconds(1));
    assertThat(tierPrice()).isEqualTo(4_000);
    assertThat(gas.alerts()).isEmpty();
    gas.waitFor(1);
    assertThat(tierPrice()).isEqualTo(9_000);
    assertThat(gas.alerts())
        .hasSize(2)
        .allSatisfy(alert -> {
          assertThat(alert.alertCode()).isEqualTo(COMMAND_CARRIED_OUT);
          assertThat(alert.utcSeconds()).isEqualTo(LogTimestamp.of(then).seconds());
          assertThat(((GbzAlert.FutureDated) alert.content()).commandCode())
              .isEqualTo(new MessageCode(SET_PRICE));
        });
    assertThat(GasLogs.of(gas.gsme()).changes().getLast().cause())
        .isEqualTo(Snapshot.CHANGE_OF_TARIFF);
  }

  @Test
  void aPriceThatWaitsCanBeCancelled() {
    Instant then = TestHome.MANUFACTURED.plus(Duration.ofHours(5));
    gas.charge(4_000, 0);
    setPrice(LogTimestamp.of(then).seconds(), 9_000);
    setPrice(NEVER, 9_000);
    assertThat(gas.gsme().part(PendingCommands.class).pending()).isEmpty();
    gas.waitUntil(then.plusSeconds(1));
    assertThat(tierPrice()).isEqualTo(4_000);
    assertThat(gas.codes()).doesNotContain(COMMAND_CARRIED_OUT);
  }

  /** There are four tiers; the part that stands before stays done (GBCS section 7.2.9). */
  @Test
  void aPriceOfATierThatIsNotThereIsRefused() {
    List<Component> answers = gas.critical(SET_PRICE, information(0, 30_000), matrix(0, 5, 9_000));
    assertThat(status(answers.getFirst())).isEqualTo(ZclStatus.SUCCESS);
    assertThat(status(answers.getLast())).isEqualTo(ZclStatus.INVALID_VALUE);
    assertThat(tierPrice()).isZero();
    assertThat(number(GasAttribute.STANDING_CHARGE)).isEqualTo(30_000);
  }

  @Test
  void whatFollowsARefusedPartIsNotTried() {
    Component.Plain wrong = billing(FEBRUARY, 2);
    List<Component> answers = gas.critical(SET_BILLING_CALENDAR, wrong, blocks(FEBRUARY));
    assertThat(status(answers.getFirst())).isEqualTo(ZclStatus.INVALID_VALUE);
    assertThat(status(answers.getLast())).as("not tried").isEqualTo(ZclStatus.FAILURE);
    gas.waitUntil(FEBRUARY.plusSeconds(1));
    assertThat(GasLogs.of(gas.gsme()).billing()).isEmpty();
  }

  @Test
  void aBillingDateKeepsTheRegistersTellsThemAndBeginsTheBlocksAgain() {
    gas.burn(1_000, 0);
    gas.critical(SET_BILLING_CALENDAR, billing(FEBRUARY, 1), blocks(FEBRUARY));
    gas.locally(t ->
        t.updateFunction(gsme -> {
          Volumes volumes = Volumes.of(gsme);
          return gsme.with(
              new Volumes(volumes.total(), volumes.tiers(), List.of(5L, 6L, 7L, 8L), 90));
        }));
    gas.waitUntil(FEBRUARY.minusSeconds(1));
    gas.alerts();
    gas.waitFor(1);
    Snapshot billed = GasLogs.of(gas.gsme()).billing().getLast();
    assertThat(billed.at()).isEqualTo(FEBRUARY);
    assertThat(billed.litres()).isEqualTo(Volumes.of(gas.gsme()).litres()).isPositive();
    assertThat(billed.blocks()).containsExactly(5L, 6L, 7L, 8L);
    assertThat(Volumes.of(gas.gsme()).blocks()).containsOnly(0L);
    assertThat(gas.alerts())
        .singleElement()
        .satisfies(alert -> {
          assertThat(alert.alertCode()).isEqualTo(BILLING_DATA_LOG_UPDATED);
          assertThat(((GbzAlert.BillingData) alert.content()).snapshot())
              .isInstanceOf(Component.Encrypted.class);
        });
    gas.waitUntil(Instant.parse("2026-04-30T00:00:00Z"));
    assertThat(GasLogs.of(gas.gsme()).billing())
        .extracting(Snapshot::at)
        .containsExactly(
            FEBRUARY, Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-04-01T00:00:00Z"));
  }

  @Test
  void itKeepsThirtyOneDaysAndTwelveBillingDates() {
    gas.burn(1_000, 0);
    gas.critical(SET_BILLING_CALENDAR, billing(FEBRUARY, 1), blocks(FEBRUARY));
    gas.waitUntil(Instant.parse("2027-04-10T12:00:00Z"));
    GasLogs logs = GasLogs.of(gas.gsme());
    assertThat(logs.daily()).hasSize(31);
    assertThat(logs.daily().getLast().at()).isEqualTo(Instant.parse("2027-04-10T00:00:00Z"));
    assertThat(logs.billing()).hasSize(12);
    assertThat(logs.billing().getFirst().at()).isEqualTo(Instant.parse("2026-05-01T00:00:00Z"));
  }

  @Test
  void anEventThatTheSupplierSwitchesOffIsNeitherLoggedNorSent() {
    testValve();
    assertThat(gas.alerts()).extracting(GbzAlert::alertCode).contains(VALVE_TESTED);
    int logged = gas.meter().eventLog().entries().size();
    assertThat(status(events(0, VALVE_TESTED))).isEqualTo(ZclStatus.SUCCESS);
    gas.alerts();
    testValve();
    assertThat(gas.alerts()).extracting(GbzAlert::alertCode).doesNotContain(VALVE_TESTED);
    assertThat(gas.meter().eventLog().entries().stream().skip(logged))
        .noneMatch(entry -> entry.code() == VALVE_TESTED);
  }

  /** 8F73 is critical: nobody can switch it off, and so nothing of the command is done. */
  @Test
  void aCriticalEventCannotBeSwitchedOff() {
    assertThat(status(events(0, VALVE_TESTED, 0x8F73))).isEqualTo(ZclStatus.INVALID_VALUE);
    testValve();
    assertThat(gas.alerts()).extracting(GbzAlert::alertCode).contains(VALVE_TESTED);
  }

  /** Of six minutes, for four hours. */
  @Test
  void theNetworkLogEndsByItself() {
    gas.burn(1_000, 0);
    gas.fromBroker(
        START_NETWORK_LOG,
        part(
            "Start Sampling",
            fields ->
                fields
                    .number("Issuer Event Id", 0)
                    .number("Start Sampling Time", 0)
                    .number("Sample Type", 0)
                    .number("Sample Request Interval", 360)
                    .number("Max Number of Samples", 41)));
    gas.waitFor(Duration.ofHours(6).toSeconds());
    SampleLog log = gas.gsme().part(NetworkLog.class).samples();
    assertThat(log.size()).isEqualTo(41);
    assertThat(log.lastAt()).isEqualTo(TestHome.MANUFACTURED.plus(Duration.ofHours(4)));
    assertThat(log.number(1, 0)).isEqualTo(100);
  }

  @Test
  void energyIsChargedByTheCalorificValueThatTheSupplierSets() {
    gas.charge(1_000, 0);
    gas.burn(1_000, 0);
    assertThat(setCalorificValue(720)).allMatch(a -> status(a).equals(ZclStatus.SUCCESS));
    gas.waitFor(Duration.ofHours(1).toSeconds());
    // One m3 of 72 MJ are 20 kWh.
    assertThat(GasAccount.of(gas.gsme()).bill()).isEqualTo(20_000);
    for (long wrong : List.of(0L, 10_001L, 0xFFFF_FFFFL)) {
      assertThat(status(setCalorificValue(wrong).getLast())).isEqualTo(ZclStatus.INVALID_VALUE);
    }
    assertThat(number(GasAttribute.CALORIFIC_VALUE)).isEqualTo(720);
  }

  /** GBCS does not say which tier the days of a tariff by blocks name. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aTariffByBlocksChargesByConsumption(int tierOfDays) {
    gas.critical(
        SET_TARIFF,
        part(
            "Publish Calendar",
            fields ->
                calendarHead(fields)
                    .number("Start Time", 0)
                    .number("Calendar Type", 0)
                    .number("Calendar Time Reference", 0)
                    .octets("Calendar Name", Octets.EMPTY)
                    .number("Number of Seasons", 1)
                    .number("Number of Week Profiles", 1)
                    .number("Number of Day Profiles", 1)),
        part(
            "Publish Day Profile",
            fields ->
                calendarHead(fields)
                    .number("Day Id", 1)
                    .number("Total Number of Schedule Entries", 1)
                    .number("Command Index", 0)
                    .number("Total Number of Commands", 1)
                    .number("Calendar Type", 0)
                    .rows(
                        "Schedule Entries",
                        List.of(tierOfDays),
                        (row, tier) ->
                            row.number("Start Minute", 0)
                                .number("Price Tier or Friendly Credit Enable", tier))),
        part(
            "Publish Week Profile",
            fields ->
                calendarHead(fields)
                    .number("Week Id", 1)
                    .rows(
                        "Days From Monday",
                        Collections.nCopies(7, 1),
                        (row, day) -> row.number("Day Id Ref", day))),
        part(
            "Publish Seasons",
            fields ->
                calendarHead(fields)
                    .number("Command Index", 0)
                    .number("Total Number of Commands", 1)
                    .rows(
                        "Seasons",
                        List.of(1),
                        (row, week) ->
                            row.date("Season Start Date", new ZclValue.Date(0xFF, 1, 1, 0xFF))
                                .number("Week Id Ref", week))),
        part(
            "Publish Special Days",
            fields ->
                calendarHead(fields)
                    .number("Start Time", 0)
                    .number("Calendar Type", 0)
                    .number("Total Number of Special Days", 0)
                    .number("Command Index", 0)
                    .number("Total Number of Commands", 1)
                    .rows("Special Days", List.of(), (row, day) -> {})),
        information(0, 0, BY_BLOCK),
        part(
            "Publish Block Thresholds",
            fields ->
                fields
                    .number("Provider Id", 0)
                    .number("Issuer Event Id", 0)
                    .number("Start Time", 0)
                    .number("Issuer Tariff Id", 0)
                    .number("Command Index", 0)
                    .number("Total Commands", 1)
                    .number("Sub-payload Control", 0)
                    .rows(
                        "Tiers",
                        List.of(10_000L),
                        (row, threshold) ->
                            row.number("Tier/Number of Block Thresholds", 1)
                                .rows(
                                    "Thresholds",
                                    List.of(threshold),
                                    (inner, each) -> inner.number("Block Threshold", each)))),
        matrix(0, 0, 1_000, 3_000));
    gas.burn(1_000, 0);
    setCalorificValue(720);
    gas.waitFor(Duration.ofHours(1).toSeconds());
    // Of 20 kWh, ten cost a penny each and ten three.
    assertThat(GasAccount.of(gas.gsme()).bill()).isEqualTo(40_000);
    assertThat(Volumes.of(gas.gsme()).blocks()).containsExactly(500L, 500L, 0L, 0L);
    assertThat(Volumes.of(gas.gsme()).tiers()).containsOnly(0L);
  }

  @Test
  void aChargingSchemeThatAGasMeterDoesNotHaveIsRefused() {
    List<Component> answers =
        gas.critical(SET_PRICE, information(0, 30_000, 0x20), matrix(0, 1, 9_000));
    assertThat(status(answers.getFirst())).isEqualTo(ZclStatus.INVALID_VALUE);
    assertThat(number(GasAttribute.STANDING_CHARGE)).isZero();
    assertThat(tierPrice()).isZero();
  }

  /** The greatest numbers that the fields take: the bill stops at its own limit. */
  @Test
  void absurdPricesDoNotStopTheMeter() {
    gas.set(
        Map.of(
            GasAttribute.CONVERSION_FACTOR,
            1_000_000L,
            GasAttribute.CALORIFIC_VALUE,
            10_000L,
            GasAttribute.tierPrice(1),
            0xFFFF_FFFFL,
            GasAttribute.STANDING_CHARGE,
            0xFFFF_FFFFL));
    gas.burn(6_000, 0);
    gas.waitFor(Duration.ofDays(400).toSeconds());
    assertThat(GasAccount.of(gas.gsme()).bill()).isEqualTo(0xFFFF_FFFFL);
  }

  private long tierPrice() {
    return number(GasAttribute.tierPrice(1));
  }

  private long number(ZclAttribute attribute) {
    return GasSettings.of(gas.gsme()).number(attribute);
  }

  private void testValve() {
    gas.locally(ValveFunction::testAtMeter);
  }

  private List<Component> setPrice(long start, long price) {
    return gas.critical(SET_PRICE, information(start, 30_000), matrix(start, 1, price));
  }

  private static ZclFieldsBuilder calendarHead(ZclFieldsBuilder fields) {
    return fields
        .number("Provider Id", 0)
        .number("Issuer Event Id", 0)
        .number("Issuer Calendar Id", 1);
  }

  private static Component.Plain information(long start, long standingCharge) {
    return information(start, standingCharge, 0);
  }

  private static Component.Plain information(long start, long standingCharge, int scheme) {
    return part(
        "Publish Tariff Information",
        fields ->
            fields
                .number("Provider Id", 0)
                .number("Issuer Event Id", 0)
                .number("Issuer Tariff Id", 0)
                .number("Start Time", start)
                .number("Tariff Type/Charging Scheme", scheme)
                .octets("Tariff Label", Octets.EMPTY)
                .number("Number of Price Tiers In Use", 1)
                .number("Number of Block Thresholds In Use", 0)
                .number("Unit of Measure", 0)
                .number("Currency", 826)
                .number("Price Trailing Digit", 0x50)
                .number("Standing Charge", standingCharge)
                .number("Tier Block Mode", 0)
                .number("Block Threshold Multiplier", 1)
                .number("Block Threshold Divisor", 1_000));
  }

  /** Tiers count from 1, blocks from 0. */
  private static Component.Plain matrix(long start, int first, long... prices) {
    List<Integer> indices = IntStream.range(0, prices.length).boxed().toList();
    return part(
        "Publish Price Matrix",
        fields ->
            fields
                .number("Provider Id", 0)
                .number("Issuer Event Id", 0)
                .number("Start Time", start)
                .number("Issuer Tariff Id", 0)
                .number("Command Index", 0)
                .number("Total Commands", 1)
                .number("Sub-payload Control", first == 0 ? 0 : 1)
                .rows(
                    "Prices",
                    indices,
                    (row, index) ->
                        row.number("Tier/Block Id", first + index).number("Price", prices[index])));
  }

  /** Calendar months; a duration of two of them is not allowed. */
  private static Component.Plain billing(Instant start, int months) {
    return part(
        "Publish Billing Period",
        fields ->
            fields
                .number("Provider Id", 0)
                .number("Issuer Event Id", 0)
                .number("Billing Period Start Time", LogTimestamp.of(start).seconds())
                .number("Billing Period Duration", months)
                .number("Billing Period Duration Type", 3)
                .number("Tariff Type", 0));
  }

  private static Component.Plain blocks(Instant start) {
    return part(
        "Publish Block Period",
        fields ->
            fields
                .number("Provider Id", 0)
                .number("Issuer Event Id", 0)
                .number("Block Period Start Time", LogTimestamp.of(start).seconds())
                .number("Block Period Duration", 1)
                .number("Block Period Control", 2)
                .number("Block Period Duration Type", 3)
                .number("Tariff Type", 0)
                .number("Tariff Resolution Period", 1));
  }

  private Component events(int configuration, Integer... codes) {
    return gas.nonCritical(
            SET_ALERT_BEHAVIOURS,
            part(
                "Set Event Configuration",
                fields ->
                    fields
                        .number("Issuer Event Id", 0)
                        .number("Start Date/Time", 0)
                        .number("Event Configuration", configuration)
                        .number("Configuration Control", 0)
                        .number("Number of Events", codes.length)
                        .rows(
                            "Events", List.of(codes), (row, code) -> row.number("Event Id", code))))
        .getFirst();
  }

  /** With a conversion factor of 1. */
  private List<Component> setCalorificValue(long tenthsOfMegajoules) {
    return gas.critical(
        SET_CALORIFIC_VALUE,
        part(
            "Publish Conversion Factor",
            fields ->
                fields
                    .number("Issuer Event Id", 0)
                    .number("Start Time", 0)
                    .number("Conversion Factor", 100_000)
                    .number("Conversion Factor Trailing Digit", 0x50)),
        part(
            "Publish Calorific Value",
            fields ->
                fields
                    .number("Issuer Event Id", 0)
                    .number("Start Time", 0)
                    .number("Calorific Value", tenthsOfMegajoules)
                    .number("Calorific Value Unit", 1)
                    .number("Calorific Value Trailing Digit", 0x10)));
  }
}
