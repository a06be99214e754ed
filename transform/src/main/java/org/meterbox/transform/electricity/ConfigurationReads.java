// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform.electricity;

import static org.meterbox.kernel.DeviceType.CHF;
import static org.meterbox.kernel.DeviceType.ESME;
import static org.meterbox.transform.CosemForms.reads;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.meterbox.transform.Mapping;

/** Reading what a device is and how it is set up (6.2.x, 4.11, 4.13, 7.7, 7.14, 7.15, 11.2). */
public final class ConfigurationReads {
  private static final String[] VOLTAGE_LIMITS = {
    "71 0-0:17.0.1.255 4 6",
    "71 0-0:17.0.2.255 4 6",
    "71 0-0:17.0.3.255 4 6",
    "71 0-0:17.0.4.255 4 6",
    "1 1-0:32.35.0.4 2",
    "1 1-0:32.31.0.4 2"
  };

  private static final String[] TARIFF = {
    "3 0-0:94.44.1.7 2 3",
    "20 0-0:13.0.0.255 3 4 5",
    "11 0-0:11.0.0.255 2",
    "21 0-0:16.0.11.255 2",
    "21 0-0:16.0.12.255 2",
    "21 0-0:16.0.13.255 2",
    "21 0-0:16.0.14.255 2",
    "21 0-0:16.0.15.255 2",
    "21 0-0:16.0.16.255 2",
    "21 0-0:16.0.17.255 2",
    "21 0-0:16.0.18.255 2",
    "9000 0-0:94.44.2.0 2",
    "113 0-0:19.20.4.255 5",
    "113 0-0:19.20.0.255 5"
  };

  /** The use case names the current debt recovery rates twice: once more as what they recover. */
  private static final String[] PREPAYMENT = {
    "113 0-0:19.20.1.255 5",
    "11 0-0:11.0.2.255 2",
    "113 0-0:19.20.1.255 8 5",
    "113 0-0:19.20.2.255 5 8 5",
    "113 0-0:19.20.3.255 13",
    "9000 0-0:94.44.2.10 2",
    "21 0-0:16.0.1.255 2",
    "9000 0-0:94.44.2.20 2",
    "111 0-0:19.0.0.255 16 18 19",
    "112 0-0:19.10.1.255 9 10",
    "10 0-0:12.0.1.255 2",
    "111 0-0:19.0.0.255 11"
  };

  private static final String[] DESCRIPTIONS = numbered("1 0-0:94.44.0.%d 2", 11);
  private static final String[] SWITCH_TYPES = numbered("1 0-0:94.44.0.%d 2", 21);
  private static final String[] CALENDAR = {"11 0-0:11.0.3.255 2", "10 0-0:12.0.2.255 2"};

  /** The mappings of this family. */
  public static final List<Mapping> MAPPINGS =
      Stream.of(identity(), settings(), auxiliaryControllers()).flatMap(List::stream).toList();

  private ConfigurationReads() {}

  private static List<Mapping> identity() {
    return List.of(
        Mapping.of("11.2", Set.of(ESME, CHF), "ECS52", 0x0059, reads("1 0-0:0.2.1.255 2")),
        meter(
                "6.2.4",
                "ECS26e",
                0x003F,
                "1 0-0:96.1.1.255 2",
                "1 0-0:96.1.2.255 2",
                "1 0-0:96.1.4.255 2",
                "1 0-0:96.1.6.255 2",
                "1 0-0:94.44.0.4 2")
            .forEarlierDevices(),
        meter(
            "6.2.4",
            "ECS26m",
            0x00F9,
            "1 0-0:96.1.2.255 2",
            "1 0-0:96.1.4.255 2",
            "1 0-0:96.1.6.255 2",
            "1 0-0:94.44.0.4 2"),
        Mapping.of(
                "6.2.4",
                CHF,
                "ECS26i",
                0x0092,
                reads("1 0-0:96.1.1.255 2", "1 0-0:96.1.4.255 2", "1 0-0:96.1.6.255 2"))
            .forEarlierDevices(),
        Mapping.of(
            "6.2.4", CHF, "ECS26n", 0x00FA, reads("1 0-0:96.1.4.255 2", "1 0-0:96.1.6.255 2")),
        meter("6.2.7", "ECS40", 0x004E, "1 0-0:94.44.34.11 2", "1 1-0:0.0.2.255 2"));
  }

  private static List<Mapping> settings() {
    return List.of(
        meter(
                "6.2.1",
                "ECS26k",
                0x00C6,
                join(
                    VOLTAGE_LIMITS,
                    "1 1-0:52.31.0.4 2",
                    "1 1-0:52.35.0.4 2",
                    "1 1-0:72.31.0.4 2",
                    "1 1-0:72.35.0.4 2"))
            .when(subject -> subject.device().polyphase()),
        meter("6.2.1", "ECS26b", 0x003C, VOLTAGE_LIMITS),
        meter(
            "6.2.2",
            "ECS26c",
            0x003D,
            "1 0-0:94.44.0.0 2",
            "1 0-0:94.44.0.2 2",
            "1 0-0:94.44.0.1 2"),
        meter("6.2.3", "ECS26d", 0x003E, "22 0-0:15.0.0.255 4").forEarlierDevices(),
        meter("6.2.3", "ECS26l", 0x00D9, "22 0-0:15.0.0.255 4"),
        meter("6.2.5", "ECS26f", 0x0040, "21 0-0:16.0.0.255 2"),
        meter("6.2.9", "ECS26j", 0x00BE, "111 0-0:19.0.0.255 2"),
        meter("6.2.10", "ECS25r2", 0x00EF, "1 0-33:97.98.15.255 2", "1 0-33:97.98.18.255 2")
            .when(subject -> subject.context().fromNetworkOperator()),
        meter(
            "6.2.10",
            "ECS25r1",
            0x00EE,
            "1 0-30:97.98.15.255 2",
            "1 0-30:97.98.16.255 2",
            "1 0-30:97.98.17.255 2",
            "1 0-30:97.98.18.255 2"),
        meter("4.11.1", "ECS24", 0x003A, TARIFF),
        meter(
            "4.11.2",
            "ECS24b",
            0x00BD,
            "113 0-0:19.20.5.255 5",
            "3 0-0:94.44.1.8 2 3",
            "11 0-0:11.0.1.255 2",
            "20 0-0:13.0.1.255 3 4 5"),
        meter("4.13", "ECS26a", 0x003B, PREPAYMENT));
  }

  private static List<Mapping> auxiliaryControllers() {
    return List.of(
        meter(
            "7.7",
            "ECS61a",
            0x00BB,
            join(
                join(join(DESCRIPTIONS, SWITCH_TYPES), CALENDAR),
                "70 0-1:96.3.10.255 2",
                "70 0-2:96.3.10.255 2",
                "70 0-3:96.3.10.255 2",
                "70 0-4:96.3.10.255 2",
                "70 0-5:96.3.10.255 2")),
        meter("7.14", "ECS61d", 0x011C, join(DESCRIPTIONS, CALENDAR)),
        meter("7.15", "ECS61e", 0x011D, join(SWITCH_TYPES, numbered("1 0-0:94.44.0.%d 2", 31))));
  }

  private static Mapping meter(String variant, String useCase, int code, String... rows) {
    return Mapping.of(variant, ESME, useCase, code, reads(rows));
  }

  /** One row for each of the five auxiliary controllers. */
  private static String[] numbered(String row, int first) {
    return IntStream.range(first, first + 5)
        .mapToObj(column -> String.format(Locale.ROOT, row, column))
        .toArray(String[]::new);
  }

  private static String[] join(String[] rows, String... more) {
    return Stream.concat(Stream.of(rows), Stream.of(more)).toArray(String[]::new);
  }
}
