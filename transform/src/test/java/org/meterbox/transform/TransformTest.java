// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading;
import org.meterbox.duis.Reading.Valid;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.catalogue.ResponseCode;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import org.meterbox.transform.TransformResult.Critical;
import org.meterbox.transform.TransformResult.NonCritical;
import org.meterbox.transform.TransformResult.NotYetTranslated;
import org.meterbox.transform.TransformResult.Refused;

/** Octets of whole commands, as the published reference messages have them. */
class TransformTest {
  private static final Eui64 METER = Eui64.parse("00-DB-12-34-56-78-90-A0");
  private static final Eui64 BROKER = Eui64.parse("90-B3-D5-1F-30-00-00-02");
  private static final Eui64 SUPPLIER = Eui64.parse("90-B3-D5-1F-30-01-00-00");
  private static final Instant NOW = Instant.parse("2015-01-01T00:00:00Z");
  private static final BusinessOriginator KNOWN = new BusinessOriginator.KnownRemoteParty();

  @ParameterizedTest(name = "{0} becomes the reference Pre-Command")
  @CsvSource({
    "7.1, EnableSupply, 004F, 0033",
    "7.2, DisableSupply, 0050, 0034",
    "7.3, ArmSupply, 0051, 0036"
  })
  void supplyControlBecomesThePreCommand(
      String variant, String element, String code, String script) {
    TransformResult result =
        translate(
            request(4, variant, String.format(Locale.ROOT, "<sr:%s/>", element)),
            DeviceType.ESME,
            KNOWN);

    String expected =
        "DF090100000000000003E80890B3D51F300100000800DB1234567890A00002"
            + code
            + "15D9200003E8000103000900000A006AFF010112"
            + script;
    assertThat(((Critical) result).preCommand().encode()).isEqualTo(Octets.ofHex(expected));
  }

  @ParameterizedTest(name = "{0} becomes the reference command")
  @CsvSource({
    "4.1.1, ReadInstantaneousImportRegisters, 0027, 61D9200003E8000103001E00002B0208FF01010202"
        + "0101020512000109060000"
        + "5E2C220A0F021200000202160000010102021602020509090400000000000003E8090890B3D51F30010000"
        + "090800DB1234567890A00900020216020202090102090000",
    "7.4, ReadSupplyStatus, 0052, 13D9200003E80001010046000060030AFF03010000",
    "11.2, ReadFirmwareVersion, 0059, 13D9200003E800010100010000000201FF02010000"
  })
  void readsBecomeTheCommandBeforeItsMac(String variant, String element, String code, String rest) {
    TransformResult result =
        translate(
            request(1, variant, String.format(Locale.ROOT, "<sr:%s/>", element)),
            DeviceType.ESME,
            KNOWN);

    assertThat(((NonCritical) result).command().encode())
        .isEqualTo(
            Octets.ofHex(
                "DF090100000000000003E80890B3D51F300100000800DB1234567890A00002" + code + rest));
  }

  @Test
  void theDailyReadLogIsRestrictedToThePeriod() {
    TransformResult result =
        translate(
            request(
                1,
                "4.6.1",
                "<sr:RetrieveImportDailyReadLog><sr:ReadLogPeriod>"
                    + "<sr:StartDateTime>2014-03-09T00:00:00.00Z</sr:StartDateTime>"
                    + "<sr:EndDateTime>2014-03-11T00:00:00.00Z</sr:EndDateTime>"
                    + "</sr:ReadLogPeriod></sr:RetrieveImportDailyReadLog>"),
            DeviceType.ESME,
            KNOWN);

    assertThat(((NonCritical) result).command().encode().hex())
        .contains(
            "12000709060000620109FF0F0212000002021601"
                + "0202090C07DE0309FF000000008000FF090C07DE030BFF000000008000FF");
  }

  @Test
  void theBrokerSpeaksForAPartyThatTheDeviceDoesNotKnow() {
    BusinessOriginator broker =
        new BusinessOriginator.AccessControlBroker(
            BROKER, new OriginatorCounter(1300), Optional.empty());

    TransformResult result =
        translate(request(1, "7.4", "<sr:ReadSupplyStatus/>"), DeviceType.ESME, broker);

    var header = ((NonCritical) result).command().header();
    assertThat(header.messageId().originator()).isEqualTo(BROKER);
    assertThat(header.messageId().counter()).isEqualTo(new OriginatorCounter(1300));
    assertThat(header.otherInformation())
        .isEqualTo(
            new OtherInformation.OnBehalfOf(
                header.messageCode(), SUPPLIER, new OriginatorCounter(1000)));
  }

  @Test
  void theUnknownPartysCertificateTravelsWithTheCommandAndItIsTheReader() {
    Octets certificate = Octets.ofHex("3082000A");
    BusinessOriginator broker =
        new BusinessOriginator.AccessControlBroker(
            BROKER, new OriginatorCounter(1300), Optional.of(certificate));

    TransformResult result =
        translate(
            request(1, "4.1.1", "<sr:ReadInstantaneousImportRegisters/>"), DeviceType.ESME, broker);

    var command = ((NonCritical) result).command();
    assertThat(command.header().otherInformation())
        .isInstanceOfSatisfying(
            OtherInformation.WithAgreementCertificate.class,
            other -> assertThat(other.certificate()).isEqualTo(certificate));
    // Transaction identifier with the broker's counter, then the user who will decrypt.
    assertThat(command.encode().hex()).contains("0909040000000000000514090890B3D51F30010000");
  }

  @Test
  void aTypeOfDeviceThatTheServiceDoesNotKnowIsRefused() {
    assertThat(translate(request(4, "7.1", "<sr:EnableSupply/>"), DeviceType.GSME, KNOWN))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.code()).isEqualTo(ResponseCode.E11));
  }

  @Test
  void whatHasNoMappingYetIsSaid() {
    Transform without = new Transform(ServiceRequestCatalogue.current(), List.of());
    TranslationRequest subject =
        new TranslationRequest(
            request(1, "7.4", "<sr:ReadSupplyStatus/>"),
            new TargetDevice(METER, DeviceType.ESME, false),
            TranslationContext.at(NOW));

    assertThat(without.translate(subject, KNOWN)).isInstanceOf(NotYetTranslated.class);
  }

  @ParameterizedTest(name = "{0} becomes the payload of the reference command")
  @CsvSource({
    "1, GSME, 4.1.1, ReadInstantaneousImportRegisters, 010901010702000B0000000203010300030000",
    "1, GPF, 4.18, ReadMeterBalance, 010902000702000500000000" + "0A01070500050001000100",
    "1, GSME, 6.2.10, ReadDeviceConfigurationEventAndAlertBehaviours, "
        + "0109010107080005090005FF81",
    "1, GSME, 8.9, ReadDeviceLog, 0500",
    "1, PPMID, 11.2, ReadFirmwareVersion, 0500"
  })
  void gasAndAsn1RequestsBecomeTheirPayload(
      int commandVariant, DeviceType type, String variant, String element, String payload) {
    TransformResult result =
        translate(
            request(commandVariant, variant, String.format(Locale.ROOT, "<sr:%s/>", element)),
            type,
            KNOWN);

    assertThat(((NonCritical) result).command().content().payload())
        .isEqualTo(Octets.ofHex(payload));
  }

  @ParameterizedTest(name = "{0} at {1} is activated with {2}")
  @CsvSource({
    "'', 30260420, ''",
    "3000-12-31T00:00:00.00Z, 30370420, 180F39393939313233313233353935395A",
    "2030-01-15T09:00:00.00Z, 30370420, 180F32303330303131353039303030305A"
  })
  void firmwareIsActivatedAtOnceLaterOrNever(String when, String start, String end) {
    String hash = "AA758690730934FF0685AA758690730934FF0685657788990011223344556677";
    String date =
        when.isEmpty()
            ? ""
            : String.format(Locale.ROOT, "<sr:ExecutionDateTime>%s</sr:ExecutionDateTime>", when);

    TransformResult result =
        translate(
            request(
                4,
                "11.3",
                String.format(
                    Locale.ROOT,
                    "<sr:ActivateFirmware>%s<sr:FirmwareHash>%s</sr:FirmwareHash></sr:ActivateFirmware>",
                    date,
                    hash)),
            DeviceType.ESME,
            KNOWN);

    assertThat(((Critical) result).preCommand().content().payload())
        .isEqualTo(Octets.ofHex(start + hash + "020203E8" + end));
  }

  @Test
  void aJoinWithADeviceThatTheInventoryLacksIsRefused() {
    TransformResult result =
        translate(
            request(
                4,
                "8.7.1",
                "<sr:JoinServiceCritical><sr:OtherDeviceID>00-DB-12-34-56-78-90-9A"
                    + "</sr:OtherDeviceID></sr:JoinServiceCritical>"),
            DeviceType.ESME,
            KNOWN);

    assertThat(result)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.code()).isEqualTo(ResponseCode.E19));
  }

  @ParameterizedTest(name = "alerts of another type of device are refused for a {0}")
  @CsvSource({"GSME, ElectricitySupplierAlerts", "ESME, GasSupplierAlerts"})
  void contentForAnotherTypeOfDeviceIsRefused(DeviceType type, String alerts) {
    TransformResult result =
        translate(
            request(
                1,
                "6.22",
                String.format(
                    Locale.ROOT,
                    "<sr:ConfigureAlertBehaviour><sr:%s/></sr:ConfigureAlertBehaviour>",
                    alerts)),
            type,
            KNOWN);

    assertThat(result)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.code()).isEqualTo(ResponseCode.E11));
  }

  @ParameterizedTest(name = "a billing calendar {0} has the dates {1}")
  @CsvSource({
    "<sr:Daily/>, 01FFFFFFFFFF",
    "<sr:Weekly>3</sr:Weekly>, 01FFFFFFFF03",
    "<sr:Monthly>28</sr:Monthly>, 01FFFFFF1CFF",
    "<sr:SixMonthly><sr:DayOfMonth>1</sr:DayOfMonth><sr:BillingPeriodStartMonth>9"
        + "</sr:BillingPeriodStartMonth></sr:SixMonthly>, 02FFFF0901FFFFFF0301FF"
  })
  void billingDatesLeaveOpenWhatRepeats(String periodicity, String dates) {
    TransformResult result =
        translate(
            request(
                4,
                "6.8",
                "<sr:UpdateDeviceConfigurationBillingCalendar><sr:ElectricityBillingCalendar>"
                    + "<sr:BillingTime>12:30:00.00Z</sr:BillingTime>"
                    + periodicity
                    + "</sr:ElectricityBillingCalendar>"
                    + "</sr:UpdateDeviceConfigurationBillingCalendar>"),
            DeviceType.ESME,
            KNOWN);

    StringBuilder expected = new StringBuilder("01" + dates.substring(0, 2));
    for (int at = 2; at < dates.length(); at += 10) {
      expected.append("020209040C1E00000905").append(dates, at, at + 10);
    }
    assertThat(((Critical) result).preCommand().encode().hex()).endsWith(expected.toString());
  }

  private static TransformResult translate(
      ServiceRequest request, DeviceType type, BusinessOriginator origin) {
    return Transform.standard()
        .translate(
            new TranslationRequest(
                request, new TargetDevice(METER, type, false), TranslationContext.at(NOW)),
            origin);
  }

  private static ServiceRequest request(int commandVariant, String variant, String body) {
    String reference =
        variant.indexOf('.') == variant.lastIndexOf('.')
            ? variant
            : variant.substring(0, variant.lastIndexOf('.'));
    String xml =
        String.format(
            Locale.ROOT,
            """
            <sr:Request xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway" schemaVersion="5.4"><sr:Header>\
            <sr:RequestID>90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:1000</sr:RequestID>\
            <sr:CommandVariant>%d</sr:CommandVariant><sr:ServiceReference>%s</sr:ServiceReference>\
            <sr:ServiceReferenceVariant>%s</sr:ServiceReferenceVariant></sr:Header><sr:Body>%s</sr:Body></sr:Request>\
            """,
            commandVariant,
            reference,
            variant,
            body);
    Reading<ServiceRequest> reading =
        new DuisReader()
            .readRequest(Octets.of(xml.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    return ((Valid<ServiceRequest>) reading).value();
  }
}
