// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.gbz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.meterbox.gbcs.gbz.ZclCommand.Direction;
import org.meterbox.gbcs.gbz.ZclPayload.AttributeReadings;
import org.meterbox.gbcs.gbz.ZclPayload.ClusterCommand;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;

/** Every command, attribute and type of the table, there and back. */
class ZclCatalogueTest {
  private static final long SEED = 20_250_101;
  private static final int RUNS = 40;

  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
  private final ZclSamples samples = new ZclSamples(random);

  static Stream<ZclCommand> commands() {
    return ZclCatalogue.commands().stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandReadsWhatItWrites(ZclCommand command) throws DecodeException {
    int frameControl = command.direction() == Direction.FROM_SERVER ? 0x19 : 0x01;
    for (int run = 0; run < RUNS; run++) {
      ZclFields fields = samples.fields(command.layout());
      ZclFrame frame = command.frame(frameControl, 7, fields);
      ZclFrame read = ZclFrame.decode(frame.cluster(), frame.header(), frame.payloadOctets());

      assertThat(read).as("seed %d, run %d", SEED, run).isEqualTo(frame);
      assertThat(read.name()).isEqualTo(command.name());
    }
  }

  @Test
  void everyAttributeReadsWhatItWrites() throws DecodeException {
    for (ZclAttribute attribute : ZclCatalogue.attributes()) {
      for (int run = 0; run < RUNS; run++) {
        ZclFrame frame =
            ZclFrame.readings(attribute.cluster(), 0x18, 0, List.of(samples.reading(attribute)));
        ZclFrame read = ZclFrame.decode(frame.cluster(), frame.header(), frame.payloadOctets());

        assertThat(read).as("seed %d, run %d", SEED, run).isEqualTo(frame);
      }
      assertThat(attribute.name()).doesNotStartWith("attribute");
    }
  }

  @ParameterizedTest
  @EnumSource(ZclType.class)
  void everyTypeReadsWhatItWrites(ZclType type) throws DecodeException {
    ZclAttribute attribute = new ZclAttribute(Cluster.METERING, 0xABCD);
    for (int run = 0; run < RUNS; run++) {
      TypedValue value = new TypedValue(type.code(), samples.value(type));
      ZclFrame frame =
          new ZclFrame(
              Cluster.METERING,
              ZclHeader.of(0x08, 0, GlobalCommand.REPORT_ATTRIBUTES.id()),
              new ZclPayload.AttributeValues(
                  List.of(new ZclPayload.AttributeValue(attribute, value))));

      assertThat(ZclFrame.decode(frame.cluster(), frame.header(), frame.payloadOctets()))
          .as("seed %d, run %d", SEED, run)
          .isEqualTo(frame);
    }
    assertThat(ZclType.ofCode(type.code())).contains(type);
  }

  @Test
  void theNumberOfACommandMeansSomethingElseTheOtherWay() {
    assertThat(ZclCatalogue.command(Cluster.METERING, Direction.FROM_CLIENT, 0x06))
        .map(ZclCommand::name)
        .contains("Get Snapshot");
    assertThat(ZclCatalogue.command(Cluster.METERING, Direction.FROM_SERVER, 0x06))
        .map(ZclCommand::name)
        .contains("Publish Snapshot");
    assertThat(ZclCatalogue.command(Cluster.METERING, Direction.FROM_SERVER, 0xEE)).isEmpty();
    assertThatThrownBy(() -> ZclCatalogue.command("Publish Nonsense"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theBuilderFollowsTheLayout() {
    ZclCommand command = ZclCatalogue.command("Publish Block Thresholds");
    ZclFields fields =
        command
            .fields()
            .number("Provider Id", 0)
            .number("Issuer Event Id", 1)
            .number("Start Time", 2)
            .number("Issuer Tariff Id", 1)
            .number("Command Index", 0)
            .number("Total Commands", 1)
            .number("Sub-payload Control", 1)
            .rows(
                "Tiers",
                List.of(List.of(5L, 6L)),
                (tier, thresholds) ->
                    tier.number("Tier/Number of Block Thresholds", thresholds.size())
                        .rows(
                            "Thresholds",
                            thresholds,
                            (row, threshold) -> row.number("Block Threshold", threshold)))
            .build();

    assertThat(command.frame(0x09, 0, fields).payloadOctets())
        .isEqualTo(
            Octets.ofHex(
                "00000000 01000000 02000000 01000000 00 01 01 02 050000000000 060000000000"));
  }

  @Test
  void theBuilderRefusesWhatTheLayoutDoesNotHave() {
    ZclCommand command = ZclCatalogue.command("Set Event Configuration");
    assertThatThrownBy(() -> command.fields().number("Start Date/Time", 0))
        .hasMessageContaining("Issuer Event Id is the next field");
    assertThatThrownBy(() -> command.fields().number("Issuer Event Id", -1))
        .hasMessageContaining("does not fit");
    assertThatThrownBy(() -> command.fields().number("Issuer Event Id", 1L << 32))
        .hasMessageContaining("does not fit");
    assertThatThrownBy(() -> command.fields().build()).hasMessageContaining("is missing");
    ZclFieldsBuilder announcesTwo =
        command
            .fields()
            .number("Issuer Event Id", 0)
            .number("Start Date/Time", 0)
            .number("Event Configuration", 0)
            .number("Configuration Control", 0)
            .number("Number of Events", 2);
    assertThatThrownBy(() ->
            announcesTwo.rows("Events", List.of(1), (row, event) -> row.number("Event Id", event)))
        .hasMessageContaining("2 rows of Events are announced");
    ZclFieldsBuilder otherControl =
        command
            .fields()
            .number("Issuer Event Id", 0)
            .number("Start Date/Time", 0)
            .number("Event Configuration", 0)
            .number("Configuration Control", 1);
    assertThatThrownBy(() -> otherControl.number("Number of Events", 0))
        .hasMessageContaining("only with Configuration Control 0");
  }

  @Test
  void optionalFieldsMayBeLeftOut() throws DecodeException {
    ZclCommand command = ZclCatalogue.command("Get Billing Period");
    ZclFields fields =
        command
            .fields()
            .number("Earliest Start Time", 0)
            .number("Min Issuer Event Id", 0xFFFF_FFFFL)
            .number("Number of Commands", 1)
            .build();
    ZclFrame frame = command.frame(0x01, 0, fields);

    assertThat(frame.payloadOctets()).isEqualTo(Octets.ofHex("00000000 FFFFFFFF 01"));
    ZclFrame read = ZclFrame.decode(frame.cluster(), frame.header(), frame.payloadOctets());
    assertThat(((ClusterCommand) read.payload()).fields().find("Tariff Type")).isEmpty();
  }

  @Test
  void fieldsAreAskedForByNameAndKind() {
    ZclFields fields =
        new ZclFields(
            List.of(
                new ZclField("Number", new ZclValue.Signed(ZclType.INT8, -1)),
                new ZclField("No text", new ZclValue.Invalid(ZclType.OCTET_STRING)),
                new ZclField("Day", new ZclValue.Date(125, 1, 2, ZclValue.Date.ANY))));
    assertThat(fields.number("Number")).isEqualTo(-1);
    assertThat(fields.octets("No text")).isEqualTo(Octets.EMPTY);
    assertThat(fields.date("Day").year()).isEqualTo(125);
    assertThatThrownBy(() -> fields.number("Day")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> fields.octets("Day")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> fields.rows("Day")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> fields.date("Number")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> fields.number("None")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void valuesThatDoNotFitTheirTypeCannotBeMade() {
    for (Runnable mistake :
        List.<Runnable>of(
            () -> new ZclValue.Unsigned(ZclType.UINT8, 256),
            () -> new ZclValue.Unsigned(ZclType.UINT8, -1),
            () -> new ZclValue.Unsigned(ZclType.INT8, 1),
            () -> new ZclValue.Signed(ZclType.INT8, 128),
            () -> new ZclValue.Signed(ZclType.INT8, -129),
            () -> new ZclValue.Date(256, 0, 0, 0),
            () -> new ZclValue.Fixed(ZclType.DATA16, Octets.of((byte) 1)),
            () -> new ZclValue.Text(ZclType.OCTET_STRING, Octets.of(new byte[255])),
            () -> new ZclValue.Invalid(ZclType.UINT8),
            () -> new ZclHeader(0x04, OptionalInt.empty(), 0, 0),
            () -> new ZclHeader(0x00, OptionalInt.of(1), 0, 0),
            () -> ZclCatalogue.command("Get Snapshot").frame(0x09, 0, new ZclFields(List.of())))) {
      assertThatThrownBy(mistake::run).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void sequencesAreBoundedInDepthAndNumber() {
    // Arrays within arrays, deeper than the limit.
    String deep = "48" + "480100".repeat(6) + "200000";
    assertThatThrownBy(() -> report(deep)).isInstanceOf(DecodeException.class);
    // A count of elements that take no octets would cost memory for nothing.
    assertThatThrownBy(() -> report("4800FEFF")).isInstanceOf(DecodeException.class);
    assertThatThrownBy(() -> report("48 20 FEFF 01")).isInstanceOf(DecodeException.class);
    assertThatThrownBy(() -> report("4C FEFF 2001")).isInstanceOf(DecodeException.class);
  }

  private static AttributeReadings report(String typedValue) throws DecodeException {
    return (AttributeReadings)
        ZclFrame.decode(
                Cluster.METERING,
                ZclHeader.of(0x08, 0, GlobalCommand.READ_ATTRIBUTES_RESPONSE.id()),
                Octets.ofHex("000000" + typedValue.replace(" ", "")))
            .payload();
  }
}
