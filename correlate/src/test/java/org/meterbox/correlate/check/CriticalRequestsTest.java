// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.meterbox.correlate.Correlation;
import org.meterbox.correlate.Correlation.Match;
import org.meterbox.correlate.Correlation.Mismatch;
import org.meterbox.correlate.Correlation.Unusable;
import org.meterbox.correlate.Difference;
import org.meterbox.correlate.keys.KnownKeys;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;

/** Every critical request in every mode against Pre-Commands that were worked out apart. */
class CriticalRequestsTest {
  /** The sender's time in all vectors. */
  private static final Instant MADE = Instant.parse("2015-01-01T00:00:00Z");

  private static final int EXHAUSTIVE_OCTETS = 60;

  private final PreCommandCheck check = check(SenderTimes.exactly(MADE), DeviceTypes.unknown());

  static List<PreCommandVector> vectors() {
    return PreCommandVector.all();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void matches(PreCommandVector vector) {
    assertThat(check.check(vector.request(), vector.preCommand())).isInstanceOf(Match.class);
  }

  // 7.1 to 7.3 of electricity meters have a test of their own.
  @Test
  void everyCriticalServiceHasAVector() {
    Set<String> services = new TreeSet<>(Set.of("7.1"));
    vectors().forEach(vector -> services.add(vector.request().service().value()));
    assertThat(services).containsExactlyInAnyOrderElementsOf(CriticalRequests.services());
    assertThat(services).hasSize(37);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void refusesChangedOctets(PreCommandVector vector) {
    SplittableRandom random = new SplittableRandom(37);
    byte[] octets = vector.preCommand().toArray();
    List<Integer> accepted = new ArrayList<>();
    for (int at = 0; at < octets.length; at++) {
      byte original = octets[at];
      int step = octets.length <= EXHAUSTIVE_OCTETS ? 1 : random.nextInt(60, 120);
      for (int change = step; change < 256; change += step) {
        octets[at] = (byte) (original ^ change);
        if (check.check(vector.request(), Octets.of(octets)) instanceof Match) {
          accepted.add(at);
        }
      }
      octets[at] = original;
    }
    assertThat(accepted).allMatch(at -> freeIn(vector, at));
  }

  /** Where GBCS leaves two ways open, one octet may lead from the one to the other. */
  private static boolean freeIn(PreCommandVector vector, int at) {
    return switch (vector.request().service().value()) {
      // The message code of the older or newer use case.
      case "6.8" -> at == 32;
      // Switch or prepayment interface: the request does not say.
      case "8.7.1" -> at == vector.preCommand().length() - 1;
      default -> false;
    };
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void refusesMissingAndAddedOctets(PreCommandVector vector) {
    Octets whole = vector.preCommand();
    for (int length = 0; length < whole.length(); length++) {
      assertThat(check.check(vector.request(), whole.slice(0, length)))
          .isNotInstanceOf(Match.class);
    }
    assertThat(check.check(vector.request(), whole.concat(Octets.ofHex("0000"))))
        .isInstanceOf(Unusable.class);
  }

  @Test
  void namesWhatDiffersInTheWordsOfTheRequest() {
    PreCommandVector vector = PreCommandVector.named("balance of an electricity meter by");
    String changed = vector.preCommand().hex().replace("05FFFE1DC0", "0500000001");
    assertThat(differences(vector.request(), Octets.ofHex(changed)))
        .containsExactly(
            new Difference(
                "Body/UpdateMeterBalance/CreditMode/AdjustMeterBalance", "-123456", "1"));
  }

  @Test
  void namesDifferencesBehindOnesThatMoveTheRest() {
    PreCommandVector vector = PreCommandVector.named("descriptions of switches");
    OriginalRequest other =
        PreCommandVector.request(
            "6.14.1",
            1000,
            "<UpdateDeviceConfigurationALCDescriptions>"
                + "<ALCSHCALCSDescription index='1'>"
                + "<SwitchDescription>Hot water</SwitchDescription></ALCSHCALCSDescription>"
                + "<ALCSHCALCSDescription index='5'>"
                + "<SwitchDescription>E-Car</SwitchDescription></ALCSHCALCSDescription>"
                + "</UpdateDeviceConfigurationALCDescriptions>");
    String path =
        "Body/UpdateDeviceConfigurationALCDescriptions/ALCSHCALCSDescription/SwitchDescription";
    assertThat(differences(other, vector.preCommand()))
        .extracting(Difference::field, Difference::requested)
        .containsExactly(tuple(path, "Hot water"), tuple(path, "E-Car"));
  }

  @Test
  void namesTimes() {
    PreCommandVector vector = PreCommandVector.named("prices of the secondary element");
    String changed = vector.preCommand().hex().replace("07EF0203FF04050600", "07EF0204FF04050600");
    assertThat(differences(vector.request(), Octets.ofHex(changed)))
        .containsExactly(
            new Difference(
                "Body/UpdatePriceSecondaryElement/ExecutionDateTime",
                "2031-02-03T04:05:06Z",
                "2031-02-04T04:05:06Z"));
  }

  @Test
  void refusesASendersTimeThatIsNotTheSameThroughout() {
    PreCommandVector vector = PreCommandVector.named("gas conversion");
    String hex = vector.preCommand().hex();
    int second = hex.lastIndexOf("804A371C");
    Octets changed = Octets.ofHex(hex.substring(0, second) + "81" + hex.substring(second + 2));
    PreCommandCheck anyTime = check(SenderTimes.any(), DeviceTypes.unknown());
    assertThat(anyTime.check(vector.request(), vector.preCommand())).isInstanceOf(Match.class);
    assertThat(anyTime.check(vector.request(), changed)).isInstanceOf(Mismatch.class);
  }

  @Test
  void refusesAnImplausibleSendersTime() {
    PreCommandVector vector = PreCommandVector.named("gas off");
    Instant now = MADE.plusSeconds(3600);
    SenderTimes withinTheHour = SenderTimes.near(() -> now, Duration.ofHours(1));
    SenderTimes withinMinutes = SenderTimes.near(() -> now, Duration.ofMinutes(59));
    assertThat(
            check(withinTheHour, DeviceTypes.unknown())
                .check(vector.request(), vector.preCommand()))
        .isInstanceOf(Match.class);
    assertThat(
            check(withinMinutes, DeviceTypes.unknown())
                .check(vector.request(), vector.preCommand()))
        .isEqualTo(
            new Mismatch(
                List.of(
                    new Difference(
                        "the sender's time", "about the time of sending", MADE.toString()))));
  }

  @Test
  void takesTheKindOfAnotherDeviceFromWhatTheUserKnows() {
    PreCommandVector ofSwitch = PreCommandVector.named("a meter learns of a switch");
    PreCommandVector ofInterface = PreCommandVector.named("a meter learns of a prepayment");
    Eui64 meter = ofSwitch.request().requestId().target();
    PreCommandCheck knowing =
        check(
            SenderTimes.any(),
            device -> Set.of(device.equals(meter) ? DeviceType.ESME : DeviceType.HCALCS));
    assertThat(knowing.check(ofSwitch.request(), ofSwitch.preCommand())).isInstanceOf(Match.class);
    assertThat(knowing.check(ofInterface.request(), ofInterface.preCommand()))
        .isInstanceOf(Mismatch.class);
  }

  // A switch does not join a switch, nor a gas meter one.
  @Test
  void knowsNoCommandThatJoinsDevicesWhichDoNotJoin() {
    PreCommandVector ofSwitch = PreCommandVector.named("a meter learns of a switch");
    for (DeviceType addressed : Set.of(DeviceType.HCALCS, DeviceType.GSME)) {
      Eui64 meter = ofSwitch.request().requestId().target();
      PreCommandCheck knowing =
          check(
              SenderTimes.any(),
              device -> Set.of(device.equals(meter) ? addressed : DeviceType.HCALCS));
      assertThat(knowing.check(ofSwitch.request(), ofSwitch.preCommand()))
          .isInstanceOf(Unusable.class);
    }
  }

  @Test
  void needsTheCertificateOfADeviceWhoseCertificateIsSent() {
    Octets certificate = Octets.ofHex("30050203123456");
    OriginalRequest request =
        PreCommandVector.request(
            "8.7.1",
            1000,
            "<JoinServiceCritical><OtherDeviceID>00-DB-12-34-56-78-90-98</OtherDeviceID>"
                + "</JoinServiceCritical>");
    Octets payload =
        Octets.ofHex("3017" + "020103" + "040800DB123456789098" + "020105").concat(certificate);
    Octets preCommand = PreCommandVector.preCommand(request, 0x00AF, payload);
    assertThat(check.check(request, preCommand)).isInstanceOf(Unusable.class);
    KnownKeys keys = new KnownKeys();
    keys.certify(Eui64.parse("00-DB-12-34-56-78-90-98"), certificate);
    PreCommandCheck knowing =
        new PreCommandCheck(new UserKnowledge(SenderTimes.any(), DeviceTypes.unknown(), keys));
    assertThat(knowing.check(request, preCommand)).isInstanceOf(Match.class);
    String changed = preCommand.hex().replace("123456", "123457");
    assertThat(knowing.check(request, Octets.ofHex(changed))).isInstanceOf(Mismatch.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.5|<UpdateMeterBalance/>",
        "1.5|<UpdateMeterBalance><CreditMode><AdjustMeterBalance>2147483648</AdjustMeterBalance>"
            + "</CreditMode></UpdateMeterBalance>",
        "6.7|<UpdateDeviceConfigurationGasFlow>"
            + "<UncontrolledGasFlowRateDecimal>0.00001</UncontrolledGasFlowRateDecimal>"
            + "</UpdateDeviceConfigurationGasFlow>",
        "6.25|<SetElectricitySupplyTamperState><SupplyTamperState>Open</SupplyTamperState>"
            + "</SetElectricitySupplyTamperState>",
        "7.5|<ActivateAuxiliaryLoad><ActivateALCSHCALCS index='6'><Duration>1</Duration>"
            + "</ActivateALCSHCALCS></ActivateAuxiliaryLoad>",
        "7.5|<ActivateAuxiliaryLoad><ActivateALCSHCALCS><Duration>1</Duration>"
            + "</ActivateALCSHCALCS></ActivateAuxiliaryLoad>",
        "7.12|<SetRandomisedOffsetLimit><RandomisedOffsetLimit>1800</RandomisedOffsetLimit>"
            + "</SetRandomisedOffsetLimit>",
        "6.14.3|<UpdateDeviceConfigurationAuxiliaryControllerScheduler>"
            + "<AuxiliaryControllerSpecialDayDefinitions>"
            + "<AuxiliaryControllerSpecialDayDefinition identifier='1'/>"
            + "<AuxiliaryControllerSpecialDayDefinition identifier='1'/>"
            + "</AuxiliaryControllerSpecialDayDefinitions>"
            + "</UpdateDeviceConfigurationAuxiliaryControllerScheduler>",
        "6.15.1|<UpdateSecurityCredentialsKRP><RemotePartyRole>ACB</RemotePartyRole>"
            + "</UpdateSecurityCredentialsKRP>",
        "6.6|<UpdateDeviceConfigurationGasConversion>"
            + "<CalorificValue>-1</CalorificValue><ConversionFactor>1</ConversionFactor>"
            + "</UpdateDeviceConfigurationGasConversion>",
        // A service whose request goes to the device as it is, and an element of another service.
        "4.1.1|<ReadInstantaneousImportRegisters/>",
        "7.1|<DisableSupply/>"
      })
  void cannotUseARequestThatSaysNothingDefinite(String service, String body) {
    OriginalRequest request = PreCommandVector.request(service, 1000, body);
    Octets anything = PreCommandVector.named("gas off").preCommand();
    assertThat(check.check(request, anything)).isInstanceOf(Unusable.class);
  }

  // A threshold that the request names and the Pre-Command lacks would be the last tariff's.
  @Test
  void refusesAGasTariffWithAThresholdLess() {
    PreCommandVector vector = PreCommandVector.named("tariff of a gas meter with blocks, later");
    String payload = payload(vector);
    int command = payload.indexOf("00010102E80300000000FFFFFFFFFFFF");
    assertThat(command).as(payload).isPositive();
    String less = payload.replace("00010102E80300000000FFFFFFFFFFFF", "00010101E80300000000");
    // The component is six octets shorter, and says so.
    String shorter = less.replace("00070000230906", "000700001D0906");
    Octets preCommand =
        PreCommandVector.preCommand(vector.request(), 0x006B, Octets.ofHex(shorter));
    assertThat(check.check(vector.request(), preCommand)).isInstanceOf(Mismatch.class);
  }

  // A day by blocks names no tier; tier 1 is another price.
  @Test
  void refusesATierForADayByBlocks() {
    PreCommandVector vector = PreCommandVector.named("tariff of a gas meter with blocks, later");
    String payload = payload(vector);
    String tier = payload.replaceFirst("0101000100000000", "0101000100000001");
    assertThat(tier).isNotEqualTo(payload);
    Octets preCommand = PreCommandVector.preCommand(vector.request(), 0x006B, Octets.ofHex(tier));
    assertThat(check.check(vector.request(), preCommand)).isInstanceOf(Mismatch.class);
  }

  private static String payload(PreCommandVector vector) {
    Octets whole = vector.preCommand();
    String hex = whole.hex();
    return hex.substring(hex.indexOf("010908"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "tariff of a gas meter with blocks, later"
            + "|<NumberOfThresholds>2<|<NumberOfThresholds>3<|NumberOfThresholds",
        "tariff of a gas meter with blocks, later"
            + "|<BlockTariff/>|<TOUTariffAction>1</TOUTariffAction>|DayProfile",
        "tariff of a gas meter with blocks, later|<DayName>1<|<DayName>2<|ReferencedDayName",
        "tariff of a gas meter with blocks, later|<WeekName>1<|<WeekName>2<|ReferencedWeekName",
        "tariff of a gas meter with blocks, later|>281474976710655<|>2000<|NumberOfThresholds",
        "tariff of a gas meter with blocks, later"
            + "|<BlockPrice index=\"2\">|<BlockPrice index=\"3\">|BlockTariff",
        "tariff of an electricity meter with blocks, to be taken back"
            + "|<ReferencedDayName>1<|<ReferencedDayName>2<|SpecialDay",
        "tariff of an electricity meter with blocks, to be taken back"
            + "|index=\"7\">1<|index=\"7\">2<|ReferencedDayName",
        "tariff of an electricity meter with blocks, to be taken back"
            + "|<TOUPrice index=\"48\">|<TOUPrice index=\"47\">|TOUTariffAction",
        "tariff of an electricity meter with blocks, to be taken back"
            + "|<BlockTariffAction>1<|<BlockTariffAction>2<|BlockTariffAction",
        "tariff of an electricity meter with blocks, to be taken back"
            + "|>4294967294<|>4294967295<|BlockPrices",
        "tariff of the secondary element|<TOUTariffAction>4<|<TOUTariffAction>3<|TOUTariffAction",
        "tariff of the secondary element|<WeekName>4<|<WeekName>3<|ReferencedWeekName",
      })
  void cannotUseATariffThatContradictsItself(
      String name, String said, String other, String element) {
    PreCommandVector vector = PreCommandVector.named(name);
    String body = PreCommandVector.body(name);
    assertThat(body).contains(said);
    OriginalRequest contradicting =
        vector.request().withBody(PreCommandVector.element(body.replace(said, other)));
    assertThat(check.check(contradicting, vector.preCommand()))
        .isInstanceOfSatisfying(
            Unusable.class, unusable -> assertThat(unusable.reason()).contains(element));
  }

  // A day whose price is not there would be charged at whatever the meter held before.
  @Test
  void cannotUseATariffWithADayWhosePriceIsNotThere() {
    String blocks = "tariff of a gas meter with blocks, later";
    PreCommandVector vector = PreCommandVector.named(blocks);
    String body =
        PreCommandVector.body(blocks)
            .replace("<BlockTariff/>", "<TOUTariffAction>3</TOUTariffAction>")
            .replaceFirst(
                "<BlockTariff>.*</BlockTariff>",
                "<TOUTariff><TOUPrice index=\"1\">9600</TOUPrice></TOUTariff>");
    OriginalRequest contradicting = vector.request().withBody(PreCommandVector.element(body));
    assertThat(check.check(contradicting, vector.preCommand()))
        .isInstanceOfSatisfying(
            Unusable.class,
            unusable -> assertThat(unusable.reason()).contains("names a price that is not among"));
    OriginalRequest consistent =
        vector.request().withBody(PreCommandVector.element(body.replace(">3<", ">1<")));
    assertThat(check.check(consistent, vector.preCommand())).isInstanceOf(Mismatch.class);
  }

  // In the wrong cell a certificate would shut its holder out.
  @Test
  void refusesACertificateOfAnotherUse() {
    String named = "certificates of a supplier, later";
    PreCommandVector vector = PreCommandVector.named(named);
    String swapped =
        PreCommandVector.body(named)
            .replace("DigitalSigningCertificate>", "X>")
            .replace("KeyAgreementCertificate>", "DigitalSigningCertificate>")
            .replace("X>", "KeyAgreementCertificate>");
    OriginalRequest contradicting = vector.request().withBody(PreCommandVector.element(swapped));
    assertThat(check.check(contradicting, vector.preCommand()))
        .isInstanceOfSatisfying(
            Unusable.class,
            unusable ->
                assertThat(unusable.reason()).contains("Certificate: certifies no key for"));
  }

  // Only variant 4 is answered with a Pre-Command, and the reference must be that of the service.
  @Test
  void comparesTheHeaderOfTheRequest() {
    PreCommandVector vector = PreCommandVector.named("gas off");
    OriginalRequest request = vector.request();
    OriginalRequest sent =
        new OriginalRequest(
            request.requestId(),
            CommandVariant.CRITICAL_WAN,
            request.serviceReference(),
            request.service(),
            request.body());
    assertThat(check.check(sent, vector.preCommand()))
        .isInstanceOfSatisfying(
            Unusable.class, unusable -> assertThat(unusable.reason()).contains("CommandVariant"));
    OriginalRequest other =
        new OriginalRequest(
            request.requestId(),
            request.commandVariant(),
            "4.1",
            request.service(),
            request.body());
    assertThat(check.check(other, vector.preCommand()))
        .isInstanceOfSatisfying(
            Unusable.class, unusable -> assertThat(unusable.reason()).contains("ServiceReference"));
  }

  @Test
  void saysTheIssuerTimeOfAMatch() {
    PreCommandVector gas = PreCommandVector.named("gas off");
    assertThat(check.check(gas.request(), gas.preCommand()))
        .isInstanceOfSatisfying(
            Match.class, match -> assertThat(match.issuerTime()).contains(MADE));
    PreCommandVector electricity = PreCommandVector.named("block counters");
    assertThat(check.check(electricity.request(), electricity.preCommand()))
        .isInstanceOfSatisfying(Match.class, match -> assertThat(match.issuerTime()).isEmpty());
  }

  private List<Difference> differences(OriginalRequest request, Octets preCommand) {
    Correlation correlation = check.check(request, preCommand);
    assertThat(correlation).isInstanceOf(Mismatch.class);
    return ((Mismatch) correlation).differences();
  }

  private static PreCommandCheck check(SenderTimes times, DeviceTypes types) {
    return new PreCommandCheck(new UserKnowledge(times, types, new KnownKeys()));
  }
}
