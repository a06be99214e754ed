// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.gbcs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * One component of a use case as the reference table prescribes it, and ZCL payloads of it with
 * random values. It writes by the types of that table alone and knows nothing of the codec that it
 * tests.
 */
record GbzTemplate(
    String useCase,
    String direction,
    boolean alternative,
    boolean encrypted,
    String instances,
    int cluster,
    int frameControl,
    int commandId,
    String commandName,
    List<Field> fields) {
  private static final int MAX_INSTANCES = 3;

  /** A field of the component. */
  record Field(String name, String type, String value) {}

  /** All components of the table by use case and direction, in order. */
  static Map<String, List<GbzTemplate>> read(List<List<String>> rows) {
    Map<String, GbzTemplate> components = new LinkedHashMap<>();
    for (List<String> row : rows) {
      components
          .computeIfAbsent(
              String.join(" ", row.subList(0, 3)),
              key ->
                  new GbzTemplate(
                      row.get(0),
                      row.get(1),
                      row.get(4).equals("yes"),
                      row.get(5).equals("yes"),
                      row.get(3),
                      Integer.decode(row.get(7)),
                      Integer.decode(row.get(8)),
                      Integer.decode(row.get(9)),
                      row.get(10),
                      new ArrayList<>()))
          .fields()
          .add(new Field(row.get(12), row.get(13), row.get(15)));
    }
    Map<String, List<GbzTemplate>> messages = new LinkedHashMap<>();
    components
        .values()
        .forEach(component ->
            messages
                .computeIfAbsent(
                    component.useCase() + " " + component.direction(), key -> new ArrayList<>())
                .add(component));
    return messages;
  }

  /** How many of the component a message holds: a fixed number, or a few where it varies. */
  int count() {
    int dash = instances.indexOf('-');
    String most = instances.substring(dash + 1);
    return most.equals("n") ? MAX_INSTANCES : Integer.parseInt(most);
  }

  boolean hasFromDateTime() {
    return fields.getFirst().name().equals("From Date Time");
  }

  boolean isReading() {
    return commandName.equals("Read Attributes Response");
  }

  /** The payload with random values; some readings fail where {@code failing} says so. */
  Octets payload(RandomGenerator random, int instance, boolean failing) {
    OctetWriter writer = new OctetWriter(64);
    long before = 0;
    boolean failed = false;
    for (Field field : fields) {
      boolean ofAttribute =
          field.name().equals("Attribute Data Type") || field.name().equals("Attribute Value");
      if (field.name().equals("From Date Time") || (ofAttribute && failed)) {
        continue;
      }
      if (isReading() && field.name().equals("Status")) {
        failed = failing && random.nextBoolean();
        writer.u8(failed ? 0xC0 : 0x00);
      } else if (field.type().equals("see zigbee.csv")) {
        writePart(field, before, random, writer);
      } else {
        before = writeScalar(field, instance, random, writer);
      }
    }
    return writer.toOctets();
  }

  private static long writeScalar(
      Field field, int instance, RandomGenerator random, OctetWriter writer) {
    String type = field.type().replace(" (NIBBLES)", "").toUpperCase(java.util.Locale.ROOT);
    if (type.endsWith("STRING")) {
      byte[] text = new byte[field.value().equals("0x00") ? 0 : random.nextInt(1, 20)];
      random.nextBytes(text);
      writer.u8(text.length).put(text);
      return text.length;
    }
    int octets = type.equals("UTCTIME") ? 4 : Integer.parseInt(type.replaceAll("\\D", "")) / 8;
    long value = number(field.value(), instance, random) & ((1L << (8 * octets)) - 1);
    if (isCountOfRows(field)) {
      value = random.nextInt(4);
    }
    writer.unsignedLittleEndian(value, octets);
    return value;
  }

  /** What the table says instead of a value: a constant, several, a range, or that it varies. */
  private static long number(String value, int instance, RandomGenerator random) {
    String[] choices = value.split(" \\| ", -1);
    String choice = choices[random.nextInt(choices.length)].strip();
    if (choice.startsWith("0b")) {
      return Long.parseLong(choice.substring(2), 2);
    }
    if (choice.matches("0x[0-9A-F]+|[0-9]+")) {
      return Long.decode(choice);
    }
    return choice.matches("0-[0-9]+") ? instance : random.nextLong();
  }

  private static boolean isCountOfRows(Field field) {
    return field.name().equals("NumberOfSamples");
  }

  private void writePart(Field field, long before, RandomGenerator random, OctetWriter writer) {
    int rows = random.nextInt(4);
    switch (field.name()) {
      case "Log Payload" -> {
        writer.u8(0);
        repeat(rows, random, writer, "1 2 4 s");
      }
      case "Day Schedule Entries" -> repeat(rows, random, writer, "2 1");
      case "Season Entry", "Special Day Entry" -> repeat(rows, random, writer, "1 1 1 1 1");
      case "Block Threshold Sub-payload" -> {
        writer.u8(rows);
        repeat(rows, random, writer, "6");
      }
      case "Price Matrix Sub-payload" -> repeat(rows, random, writer, "1 4");
      case "Snapshot Payload" -> repeat(1, random, writer, "4 4 4 4 4 4");
      case "SnapshotSub-Payload" -> {
        repeat(1, random, writer, "6");
        writer.u8(4);
        repeat(4, random, writer, "6");
        writer.u8(0x14);
        repeat(4, random, writer, "6");
      }
      case "Samples" -> repeat((int) before, random, writer, "3");
      case "Top Up Payload" -> repeat(rows, random, writer, "s 4 4");
      case "Debt Payload" -> repeat(rows, random, writer, "4 4 1 4");
      case "Event Configuration Payload" -> {
        // A list of event identifiers in the command, with their behaviour in the answer.
        if (commandName.equals("SetEventConfiguration")) {
          writer.u8(rows);
          repeat(rows, random, writer, "2");
        } else {
          repeat(rows, random, writer, "2 1");
        }
      }
      default -> throw new IllegalStateException("no such part: " + field.name());
    }
  }

  /** Rows of random numbers of so many octets, or of strings. */
  static void repeat(int rows, RandomGenerator random, OctetWriter writer, String parts) {
    for (int row = 0; row < rows; row++) {
      for (String part : parts.split(" ", -1)) {
        byte[] octets = new byte[part.equals("s") ? random.nextInt(9) : Integer.parseInt(part)];
        random.nextBytes(octets);
        if (part.equals("s")) {
          writer.u8(octets.length);
        }
        writer.put(octets);
      }
    }
  }
}
