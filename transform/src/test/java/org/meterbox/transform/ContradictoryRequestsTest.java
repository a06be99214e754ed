// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading;
import org.meterbox.duis.Reading.Valid;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.envelope.GbcsMessage.PreCommand;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.catalogue.ResponseCode;
import org.meterbox.transform.TargetDevice.Generation;
import org.meterbox.transform.TransformResult.Critical;
import org.meterbox.transform.TransformResult.NonCritical;
import org.meterbox.transform.TransformResult.Refused;
import org.meterbox.transform.TranslationContext.NamedDevice;

/** Requests that pass the schema and yet have no meaning, or one that depends on the device. */
class ContradictoryRequestsTest {
  private static final Eui64 DEVICE = Eui64.parse("00-DB-12-34-56-78-90-A0");
  private static final TargetDevice METER = new TargetDevice(DEVICE, DeviceType.ESME, false);
  private static final Eui64 OTHER = Eui64.parse("00-DB-12-34-56-78-90-9A");

  /** Certificates of the test's own, of keys for one use each. */
  private static final String SIGNING =
      "MIIBfTCCASOgAwIBAgIUL5GlUxHcml4a+ho7ElX6ePQcoJwwCgYIKoZIzj0EAwIwDDEKMAgGA1UEAwwB"
          + "VDAeFw0yNjExMjkyMzUzMTVaFw0zNjExMjYyMzUzMTVaMAwxCjAIBgNVBAMMAVQwWTATBgcqhkjOPQIB"
          + "BggqhkjOPQMBBwNCAASMTNgI4AjnCP6lmDrFSnRyIlqiozZD6sEZbzxB8Q0S0rxWZyJrZ9tO8UYTjeCs"
          + "qsm7mplAMzcn31NZ40+xgkuDo2MwYTAdBgNVHQ4EFgQU/DZR9vBSnOUPcGCCc9Gkbg5d8SYwHwYDVR0j"
          + "BBgwFoAU/DZR9vBSnOUPcGCCc9Gkbg5d8SYwDwYDVR0TAQH/BAUwAwEB/zAOBgNVHQ8BAf8EBAMCB4Aw"
          + "CgYIKoZIzj0EAwIDSAAwRQIgLaOsVqdi4GJTfeaX1ZL04kFTHS/m58qbT+0lhb5YjpsCIQDYT/AjqNi7"
          + "/yWG/lkNYgOrRyy94ZhWvdK9uAHlqLm43A==";

  private static final String AGREEMENT =
      "MIIBfTCCASOgAwIBAgIUJkblkiXzG5mqNYMr+P5HKoizp78wCgYIKoZIzj0EAwIwDDEKMAgGA1UEAwwB"
          + "VDAeFw0yNjExMjkyMzUzMTVaFw0zNjExMjYyMzUzMTVaMAwxCjAIBgNVBAMMAVQwWTATBgcqhkjOPQIB"
          + "BggqhkjOPQMBBwNCAAQ+70svraTcyzM7lMOCStXMRsQe7GaMEi4AE4qNsRxWRYhVqi8dnrJuGzH7bIl1"
          + "+u1CeWmyM8fUMWNA9m+jGqRlo2MwYTAdBgNVHQ4EFgQU/3bPvAWUlzkmu0QWXmp9+14/X0swHwYDVR0j"
          + "BBgwFoAU/3bPvAWUlzkmu0QWXmp9+14/X0swDwYDVR0TAQH/BAUwAwEB/zAOBgNVHQ8BAf8EBAMCAwgw"
          + "CgYIKoZIzj0EAwIDSAAwRQIgYKimHx1hmmOzaKRgyffmNaaphIIwxJnxq8XhJ6PvNmsCIQDr+7K16/tP"
          + "07HrdgFwjP7NIJ0f3IyYy65ttjuqBz+t6w==";

  // What the header says and what the body says would be two different commands.
  @Test
  void aBodyOfAnotherServiceIsRefused() {
    assertThat(translate("7.2", "<sr:EnableSupply/>"))
        .isEqualTo(
            refused(
                "Body/EnableSupply is not a request for 7.2, which has the element DisableSupply"));
    assertThat(translate("7.1", "<sr:EnableSupply/>")).isInstanceOf(Critical.class);
    assertThat(translate("4.1.1", "<sr:DisableSupply/>"))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.code()).isEqualTo(ResponseCode.E12));
  }

  @Test
  void aServiceReferenceOfAnotherServiceIsRefused() {
    String document = document("7.1", "<sr:EnableSupply/>");
    assertThat(
            translate(
                document.replace("<sr:ServiceReference>7.1<", "<sr:ServiceReference>7.2<"),
                METER,
                TranslationContext.at(Instant.EPOCH)))
        .isEqualTo(
            refused(
                "Header/ServiceReference is 7.2, but ServiceReferenceVariant 7.1 belongs to 7.1"));
  }

  // With variant 5 the user sends what it has signed, not what is still to be translated.
  @Test
  void aCriticalRequestThatIsNotToBeTransformedIsRefused() {
    String document =
        document("7.1", "<sr:EnableSupply/>").replace("CommandVariant>4<", "CommandVariant>5<");
    assertThat(translate(document, METER, TranslationContext.at(Instant.EPOCH)))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.code()).isEqualTo(ResponseCode.E12));
  }

  private static Refused refused(String reason) {
    return new Refused(ResponseCode.E12, reason);
  }

  // In the wrong cell a certificate would shut its holder out.
  @Test
  void aCertificateOfAnotherUseIsRefused() {
    assertThat(translate("6.15.1", replacing(SIGNING, AGREEMENT))).isInstanceOf(Critical.class);
    assertThat(translate("6.15.1", replacing(AGREEMENT, AGREEMENT)))
        .isInstanceOfSatisfying(
            Refused.class,
            refused ->
                assertThat(refused.reason())
                    .contains("DigitalSigningCertificate: is not the certificate of a key for"));
    assertThat(translate("6.15.1", replacing(SIGNING, SIGNING)))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.reason()).contains("KeyAgreementCertificate: is not"));
    assertThat(translate("6.15.1", replacing("MAA=", AGREEMENT))).isInstanceOf(Refused.class);
  }

  private static String replacing(String signing, String agreement) {
    return "<sr:UpdateSecurityCredentialsKRP><sr:RemotePartyRole>NetworkOperator"
        + "</sr:RemotePartyRole><sr:ReplacementCertificates>"
        + "<sr:SupplierOrNetworkOperatorCertificates><sr:DigitalSigningCertificate>"
        + signing
        + "</sr:DigitalSigningCertificate><sr:KeyAgreementCertificate>"
        + agreement
        + "</sr:KeyAgreementCertificate></sr:SupplierOrNetworkOperatorCertificates>"
        + "</sr:ReplacementCertificates><sr:CertificationPathCertificates><sr:Certificate>MAA="
        + "</sr:Certificate></sr:CertificationPathCertificates><sr:ApplyTimeBasedCPVChecks>true"
        + "</sr:ApplyTimeBasedCPVChecks></sr:UpdateSecurityCredentialsKRP>";
  }

  // XML Schema lets a day end at 24:00:00, the midnight of the next one.
  @Test
  void aDayMayEndAtTwentyFour() {
    String period =
        "<sr:SetMaximumDemandConfigurableTimePeriod><sr:MaximumDemandTimePeriodSchedule>"
            + "<sr:StartTime>17:00:00.00Z</sr:StartTime><sr:EndTime>%s</sr:EndTime>"
            + "</sr:MaximumDemandTimePeriodSchedule></sr:SetMaximumDemandConfigurableTimePeriod>";
    NonCritical midnight = nonCritical(String.format(Locale.ROOT, period, "00:00:00Z"));
    assertThat(nonCritical(String.format(Locale.ROOT, period, "24:00:00Z"))).isEqualTo(midnight);
    assertThat(nonCritical(String.format(Locale.ROOT, period, "24:00:00.000"))).isEqualTo(midnight);
  }

  private static NonCritical nonCritical(String body) {
    return (NonCritical)
        translate(
            document("6.18.1", body).replace("CommandVariant>4<", "CommandVariant>1<"),
            METER,
            TranslationContext.at(Instant.EPOCH));
  }

  // A table has one line for each number: of two, one would go without a word.
  @Test
  void twoPricesWithOneNumberAreRefused() {
    String prices =
        "<sr:UpdatePriceSecondaryElement><sr:PriceElements><sr:PriceScale>-5</sr:PriceScale>"
            + "<sr:ElectricityPriceElement index=\"1\">10</sr:ElectricityPriceElement>"
            + "<sr:ElectricityPriceElement index=\"%d\">20</sr:ElectricityPriceElement>"
            + "</sr:PriceElements></sr:UpdatePriceSecondaryElement>";

    assertThat(translate("1.2.2", String.format(Locale.ROOT, prices, 1)))
        .isInstanceOf(Refused.class);
    assertThat(translate("1.2.2", String.format(Locale.ROOT, prices, 2)))
        .isInstanceOf(Critical.class);
  }

  @Test
  void namesOfSwitchesGoOutInTheOrderOfTheirNumbers() {
    String names = "<sr:UpdateDeviceConfigurationALCDescriptions>%s%s%s";
    String end = "</sr:UpdateDeviceConfigurationALCDescriptions>";
    String first = description(1, "boiler");
    String third = description(3, "heating");

    assertThat(octets(translate("6.14.1", String.format(Locale.ROOT, names, third, first, end))))
        .isEqualTo(
            octets(translate("6.14.1", String.format(Locale.ROOT, names, first, third, end))));
    assertThat(translate("6.14.1", String.format(Locale.ROOT, names, first, first, end)))
        .isInstanceOf(Refused.class);
  }

  private static String description(int index, String name) {
    return String.format(
        Locale.ROOT,
        "<sr:ALCSHCALCSDescription index=\"%d\"><sr:SwitchDescription>%s"
            + "</sr:SwitchDescription></sr:ALCSHCALCSDescription>",
        index,
        name);
  }

  @ParameterizedTest(name = "a {0} is told to join a {1} by {2}")
  @CsvSource({
    "ESME, HCALCS, 000D",
    "ESME, PPMID, 000D",
    "HCALCS, ESME, 00AB",
    "GSME, PPMID, 00AF",
    "ESME, ESME,",
    "ESME, GSME,",
    "HCALCS, HCALCS,",
    "GSME, HCALCS,",
  })
  void devicesJoinThoseThatTheyCanJoin(
      DeviceType type, DeviceType other, @Nullable String useCase) {
    String join =
        "<sr:JoinServiceCritical><sr:OtherDeviceID>00-DB-12-34-56-78-90-9A</sr:OtherDeviceID>"
            + "</sr:JoinServiceCritical>";
    TranslationContext context =
        TranslationContext.at(Instant.EPOCH)
            .knowing(Map.of(OTHER, new NamedDevice(other, Optional.of(Octets.ofHex("3000")))));

    TransformResult result =
        translate("8.7.1", join, new TargetDevice(DEVICE, type, false), context);

    if (useCase == null) {
      assertThat(result).isInstanceOf(Refused.class);
    } else {
      assertThat(code(result)).isEqualTo(useCase);
    }
  }

  // Whatever follows the certificate in the command would be read as something else.
  @ParameterizedTest(name = "{0} is one DER value: {1}")
  @CsvSource({
    "MAA=, true",
    "MIEBAA==, true",
    "'', false",
    "MA==, false",
    "MAAA, false",
    "MAEA AA==, false",
    "BAEA, false",
    "MIEBAAA=, false",
    "MIMAAAA=, false",
  })
  void aCertificateIsOneDerValue(String base64, boolean whole) {
    TransformResult result =
        translate(
            "6.15.2",
            "<sr:UpdateSecurityCredentialsDevice><sr:DeviceCertificate>"
                + base64
                + "</sr:DeviceCertificate></sr:UpdateSecurityCredentialsDevice>");

    assertThat(result).isInstanceOf(whole ? Critical.class : Refused.class);
  }

  @ParameterizedTest(name = "{0} for a device that is {1}: use case {2}")
  @CsvSource({
    "<sr:Monthly>1</sr:Monthly>, CURRENT, 00D7",
    "<sr:Monthly>1</sr:Monthly>, EARLIER, 0046",
    "<sr:Yearly><sr:DayOfMonth>1</sr:DayOfMonth>"
        + "<sr:BillingPeriodStartMonth>1</sr:BillingPeriodStartMonth></sr:Yearly>, EARLIER, 00D7",
  })
  void theOlderBillingCalendarHasNoPeriodsOverAMonth(
      String period, Generation generation, String useCase) {
    String calendar =
        "<sr:UpdateDeviceConfigurationBillingCalendar><sr:ElectricityBillingCalendar>"
            + "<sr:BillingTime>00:00:00Z</sr:BillingTime>"
            + period
            + "</sr:ElectricityBillingCalendar></sr:UpdateDeviceConfigurationBillingCalendar>";
    TargetDevice meter = new TargetDevice(DEVICE, DeviceType.ESME, false, false, generation);

    assertThat(code(translate("6.8", calendar, meter, TranslationContext.at(Instant.EPOCH))))
        .isEqualTo(useCase);
  }

  // Two octets hold the year; the schema knows no such limit.
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"-0001-01-01", "+65536-01-01"})
  void aYearThatNoDeviceKnowsIsRefused(String date) {
    XmlElement element = XmlElement.leaf("StartDate", date);

    assertThatThrownBy(() -> CosemForms.calendarDate(element)).isInstanceOf(ElementException.class);
  }

  private static TransformResult translate(String variant, String body) {
    return translate(
        variant,
        body,
        new TargetDevice(DEVICE, DeviceType.ESME, false),
        TranslationContext.at(Instant.EPOCH));
  }

  private static TransformResult translate(
      String variant, String body, TargetDevice device, TranslationContext context) {
    return translate(document(variant, body), device, context);
  }

  private static String document(String variant, String body) {
    String reference = variant.replaceFirst("^(\\d+\\.\\d+).*", "$1");
    return "<sr:Request xmlns:sr=\"http://www.dccinterface.co.uk/ServiceUserGateway\""
        + " schemaVersion=\"5.4\"><sr:Header><sr:RequestID>"
        + "90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:1000</sr:RequestID>"
        + "<sr:CommandVariant>4</sr:CommandVariant><sr:ServiceReference>"
        + reference
        + "</sr:ServiceReference><sr:ServiceReferenceVariant>"
        + variant
        + "</sr:ServiceReferenceVariant></sr:Header><sr:Body>"
        + body
        + "</sr:Body></sr:Request>";
  }

  private static TransformResult translate(
      String document, TargetDevice device, TranslationContext context) {
    Reading<ServiceRequest> reading =
        new DuisReader().readRequest(Octets.of(document.getBytes(StandardCharsets.UTF_8)));
    ServiceRequest request = ((Valid<ServiceRequest>) reading).value();
    return Transform.standard()
        .translate(
            new TranslationRequest(request, device, context),
            new BusinessOriginator.KnownRemoteParty());
  }

  private static String code(TransformResult result) {
    return ((Critical) result).preCommand().header().messageCode().hex();
  }

  private static Octets octets(TransformResult result) {
    PreCommand preCommand = ((Critical) result).preCommand();
    return preCommand.encode();
  }
}
