// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading.Valid;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.catalogue.ResponseCode;
import org.meterbox.transform.TransformResult.Critical;
import org.meterbox.transform.TransformResult.Refused;

/** Tariffs and calendars that pass the schema and yet contradict themselves. */
class ContradictoryTariffsTest {
  private record Tariff(String variant, DeviceType type, boolean twin, String body) {}

  private static Tariff named(String name) throws IOException {
    try (InputStream file =
        Objects.requireNonNull(ContradictoryTariffsTest.class.getResourceAsStream("tariffs.txt"))) {
      List<String> line =
          new String(file.readAllBytes(), UTF_8)
              .lines()
              .filter(text -> text.startsWith(name + " | "))
              .map(text -> List.of(text.split(" \\| ", -1)))
              .findFirst()
              .orElseThrow();
      List<String> head = List.of(line.get(1).split(" ", -1));
      return new Tariff(
          head.get(0),
          DeviceType.valueOf(head.get(1)),
          Set.copyOf(head).contains("twin"),
          line.get(2));
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "electricity",
        "secondary",
        "gas by blocks",
        "gas by time of use",
        "gas prices",
        "gas non-disablement"
      })
  void oneThatAgreesWithItselfIsTranslated(String name) throws IOException {
    Tariff tariff = named(name);
    assertThat(translate(tariff, tariff.body())).isInstanceOf(Critical.class);
  }

  @ParameterizedTest(name = "{0}: {1} becomes {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "electricity|<DayName>3<|<DayName>4<|ReferencedDayName: is 3, but there is no DayProfile",
        "electricity|index=\"7\">3<|index=\"7\">4<|ReferencedDayName: is 4, but there is no",
        "electricity|<ReferencedWeekName>2<|<ReferencedWeekName>1<|WeekName: is 1, but there is no",
        "electricity|<ReferencedDayName>3<|<ReferencedDayName>1<|SpecialDay/ReferencedDayName: is 1",
        "electricity|<TOUPrice index=\"5\">|<TOUPrice index=\"6\">|TOUTariffAction: is 5, but there",
        "electricity|<BlockPrices index=\"2\">|<BlockPrices index=\"3\">|BlockTariffAction: is 2, but",
        "electricity|<BlockPrice index=\"2\">8</BlockPrice>||BlockPrices: has 1 BlockPrice",
        "electricity|<BlockPrice index=\"2\">|<BlockPrice index=\"3\">|BlockPrice",
        "electricity|>10</BlockThreshold>|>4294967295</BlockThreshold>|makes 1 blocks",
        "secondary|<DayName>3<|<DayName>4<|ReferencedDayName: is 3, but there is no DayProfile",
        "secondary|<ReferencedWeekName>2<|<ReferencedWeekName>3<|WeekName: is 3, but there is no",
        "secondary|index=\"4\">3<|index=\"1\">3<|TOUTariffAction: is 4, but there is no Electricity",
        "gas by blocks|<DayName>3<|<DayName>4<|ReferencedDayName: is 3, but there is no DayProfile",
        "gas by blocks|Thresholds>2<|Thresholds>1<|NumberOfThresholds: is 1",
        "gas by blocks|Thresholds>2<|Thresholds>3<|NumberOfThresholds: is 3",
        "gas by blocks|<BlockPrice index=\"3\">3</BlockPrice>||make 3 blocks, but there are 2",
        "gas by blocks|>2000<|>281474976710655<|make 2 blocks, but there are 3",
        "gas by blocks|<BlockTariff/>|<TOUTariffAction>1</TOUTariffAction>|names a price by time of",
        "gas by time of use|Action>1<|Action>2<|TOUTariffAction: is 2, but there is no TOUPrice",
        "gas by time of use|<TOUTariffAction>1</TOUTariffAction>|<BlockTariff/>|goes by blocks",
        "gas by time of use|<ReferencedDayName>3<|<ReferencedDayName>2<|is 2, but there is no Day",
        "gas prices|Thresholds>2<|Thresholds>1<|NumberOfThresholds: is 1, but BlockTariff has 3",
        "gas prices|<BlockPrice index=\"2\">|<BlockPrice index=\"4\">|BlockPrice",
        "gas non-disablement|<GasDayName>3<|<GasDayName>4<|DayName: is 3, but there is no DayProfile",
        "gas non-disablement|<ReferencedWeekName>2<|<ReferencedWeekName>1<|is 1, but there is no Week",
      })
  void oneThatContradictsItselfIsRefusedWithItsElement(
      String name, String said, String other, String fault) throws IOException {
    Tariff tariff = named(name);
    assertThat(tariff.body()).contains(said);

    TransformResult result =
        translate(tariff, tariff.body().replace(said, other == null ? "" : other));

    assertThat(result)
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(ResponseCode.E11);
              assertThat(refused.reason()).contains(fault);
            });
  }

  // Which of the two days a week means is anybody's guess.
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"electricity", "secondary", "gas by blocks"})
  void twoDaysOfOneNameAreRefused(String name) throws IOException {
    Tariff tariff = named(name);
    String twice = tariff.body().replaceFirst("(<DayProfile>.*</DayProfile>)", "$1$1");
    assertThat(translate(tariff, twice))
        .isInstanceOfSatisfying(
            Refused.class,
            refused ->
                assertThat(refused.reason())
                    .contains("DayName: is 3, which is the name of another too"));
  }

  private static TransformResult translate(Tariff tariff, String body) {
    String document =
        "<Request xmlns=\"http://www.dccinterface.co.uk/ServiceUserGateway\""
            + " schemaVersion=\"5.4\"><Header><RequestID>"
            + "90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:1000</RequestID>"
            + "<CommandVariant>4</CommandVariant><ServiceReference>"
            + tariff.variant().replaceFirst("^(\\d+\\.\\d+).*", "$1")
            + "</ServiceReference><ServiceReferenceVariant>"
            + tariff.variant()
            + "</ServiceReferenceVariant></Header><Body>"
            + body
            + "</Body></Request>";
    ServiceRequest request =
        ((Valid<ServiceRequest>) new DuisReader().readRequest(Octets.of(document.getBytes(UTF_8))))
            .value();
    TargetDevice device =
        new TargetDevice(request.requestId().target(), tariff.type(), tariff.twin());
    return Transform.standard()
        .translate(
            new TranslationRequest(
                request, device, TranslationContext.at(Instant.parse("2026-01-01T00:00:00Z"))),
            new BusinessOriginator.KnownRemoteParty());
  }
}
