// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.gbz;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.gbcs.HostileOctets;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.gbz.ZclCommand.Direction;
import org.meterbox.kernel.Octets;

/** Whatever comes in, GBZ payloads are refused by the one exception or kept whole. */
class GbzHostileTest {
  private static final long SEED = 4_711;
  private static final int MESSAGES = 12;
  private static final int NOISE_RUNS = 20_000;

  private static final RandomGenerator RANDOM =
      RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
  private static final ZclSamples SAMPLES = new ZclSamples(RANDOM);

  static Stream<ZclCommand> commands() {
    return ZclCatalogue.commands().stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandSurvivesDamage(ZclCommand command) {
    GbzMessage message = new GbzMessage(List.of(Component.Plain.of(frame(command))));
    HostileOctets.check(message.encode(), SEED, octets -> GbzMessage.decode(octets).encode());
  }

  @Test
  void longMessagesSurviveDamage() {
    List<ZclCommand> commands = List.copyOf(ZclCatalogue.commands());
    List<ZclAttribute> attributes = List.copyOf(ZclCatalogue.attributes());
    for (int i = 0; i < MESSAGES; i++) {
      List<Component> components = new ArrayList<>();
      components.add(
          new Component.Encrypted(
              Cluster.METERING,
              OptionalLong.empty(),
              0,
              ZclHeader.of(0x18, 0, 1),
              Octets.ofHex("3100000000").concat(SAMPLES.octets(12, 40))));
      for (int j = 0; j < 5; j++) {
        components.add(
            new Component.Plain(
                RANDOM.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(5),
                frame(commands.get(RANDOM.nextInt(commands.size())))));
        ZclAttribute attribute = attributes.get(RANDOM.nextInt(attributes.size()));
        components.add(
            Component.Plain.of(
                ZclFrame.readings(
                    attribute.cluster(), 0x08, j, List.of(SAMPLES.reading(attribute)))));
      }
      HostileOctets.check(
          new GbzMessage(components).encode(),
          SEED + i,
          octets -> GbzMessage.decode(octets).encode());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x1000, 0x00CD, 0x00CF, 0x00F2, 0x008B})
  void alertsSurviveDamage(int code) {
    Octets head = Octets.ofHex("0109 01 8F66 38818890");
    Octets content =
        switch (code) {
          case 0x00CD -> Octets.ofHex("0E 006B 00000000000003ED 0707 09 00");
          case 0x00CF -> Octets.ofHex("0920").concat(SAMPLES.octets(32, 32));
          case 0x00F2 -> Octets.ofHex("0005");
          case 0x008B ->
              Octets.ofHex("03 0702 0019 0000 190006 0012 3100000000 00")
                  .concat(Octets.of(new byte[12]));
          default -> Octets.EMPTY;
        };
    HostileOctets.Recoder codec = octets -> GbzAlert.decode(octets, new MessageCode(code)).encode();
    if (code == 0x1000) {
      HostileOctets.checkOpenEnded(Octets.ofHex("0109 00 8F30 38818890"), SEED, codec);
    } else {
      HostileOctets.check(head.concat(content), SEED, codec);
    }
  }

  @Test
  void noiseSurvives() {
    HostileOctets.checkNoise(
        NOISE_RUNS, 60, Octets.ofHex("0109"), SEED, octets -> GbzMessage.decode(octets).encode());
  }

  private static ZclFrame frame(ZclCommand command) {
    int frameControl = command.direction() == Direction.FROM_SERVER ? 0x09 : 0x01;
    return command.frame(frameControl, 0, SAMPLES.fields(command.layout()));
  }
}
