// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.transform;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;

/**
 * What a file says about devices, in the place of the DSP's inventory. One device a line: EUI-64,
 * type, and any of the words {@code twin}, {@code polyphase} and {@code earlier}; {@code #} begins
 * a comment.
 *
 * @param devices by identifier
 */
record KnownDevices(Map<Eui64, KnownDevice> devices) {
  private static final String REFERENCE = "reference-devices.txt";
  private static final int MAX_FILE_OCTETS = 16 * 1024 * 1024;

  /**
   * One device.
   *
   * @param traits of {@link #TWIN}, {@link #POLYPHASE} and {@link #EARLIER} those that it has
   */
  record KnownDevice(DeviceType type, Set<String> traits) {}

  /** An ESME that measures two elements. */
  static final String TWIN = "twin";

  /** An ESME on three phases. */
  static final String POLYPHASE = "polyphase";

  /** A device that takes use cases that GBCS has replaced. */
  static final String EARLIER = "earlier";

  private static final Set<String> TRAITS = Set.of(TWIN, POLYPHASE, EARLIER);

  /** Copies the map. */
  KnownDevices {
    devices = Map.copyOf(devices);
  }

  /**
   * The devices of the published reference messages and those of a file, which wins.
   *
   * @throws IOException where the file cannot be read or a line is none of a device
   */
  static KnownDevices read(@Nullable Path file) throws IOException {
    Map<Eui64, KnownDevice> devices = new HashMap<>();
    try (InputStream stream = KnownDevices.class.getResourceAsStream(REFERENCE)) {
      if (stream == null) {
        throw new IllegalStateException("this build lacks " + REFERENCE);
      }
      add(REFERENCE, new String(stream.readAllBytes(), StandardCharsets.UTF_8), devices);
    }
    if (file != null) {
      if (Files.size(file) > MAX_FILE_OCTETS) {
        throw new IOException(
            String.format(
                Locale.ROOT, "%s: a file of devices has at most %d octets", file, MAX_FILE_OCTETS));
      }
      add(file.toString(), Files.readString(file), devices);
    }
    return new KnownDevices(devices);
  }

  Optional<KnownDevice> find(Eui64 device) {
    return Optional.ofNullable(devices.get(device));
  }

  private static void add(String name, String text, Map<Eui64, KnownDevice> devices)
      throws IOException {
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String content = line.replaceFirst("#.*", "").strip();
      if (!content.isEmpty()) {
        try {
          List<String> words = List.of(content.split("\\s+", -1));
          devices.put(Eui64.parse(words.getFirst()), device(words));
        } catch (IllegalArgumentException e) {
          throw new IOException(
              String.format(Locale.ROOT, "%s, line %d: %s", name, number, e.getMessage()), e);
        }
      }
    }
  }

  private static KnownDevice device(List<String> words) {
    if (words.size() < 2) {
      throw new IllegalArgumentException("a device needs its EUI-64 and its type");
    }
    List<String> traits =
        words.subList(2, words.size()).stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
    if (!TRAITS.containsAll(traits)) {
      throw new IllegalArgumentException("a device may be twin, polyphase or earlier");
    }
    return new KnownDevice(
        DeviceType.valueOf(words.get(1).toUpperCase(Locale.ROOT)), Set.copyOf(traits));
  }
}
