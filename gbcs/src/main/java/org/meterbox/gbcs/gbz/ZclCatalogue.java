// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.gbz;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.meterbox.gbcs.gbz.ZclCommand.Count;
import org.meterbox.gbcs.gbz.ZclCommand.Direction;
import org.meterbox.gbcs.gbz.ZclCommand.Element;
import org.meterbox.gbcs.gbz.ZclCommand.OnlyIf;
import org.meterbox.gbcs.gbz.ZclCommand.Remainder;
import org.meterbox.gbcs.gbz.ZclCommand.Repeat;
import org.meterbox.gbcs.gbz.ZclCommand.Scalar;

/**
 * Names, types and layouts of the clusters that GBCS uses, read once from the table {@code zcl.txt}
 * beside this class, whose head explains its form.
 */
public final class ZclCatalogue {
  private static final String TABLE = "zcl.txt";

  private static final Map<Cluster, String> CLUSTERS = new HashMap<>();
  private static final Map<ZclAttribute, KnownAttribute> ATTRIBUTES = new HashMap<>();
  private static final Map<Integer, ZclCommand> COMMANDS = new HashMap<>();
  private static final Map<String, ZclCommand> BY_NAME = new HashMap<>();

  static {
    try (InputStream table = ZclCatalogue.class.getResourceAsStream(TABLE)) {
      if (table == null) {
        throw new IllegalStateException(TABLE + " is missing beside " + ZclCatalogue.class);
      }
      new TableReader(new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8)))
          .read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record KnownAttribute(String name, ZclType type) {}

  private ZclCatalogue() {}

  /** The layout of a cluster-specific command. */
  public static Optional<ZclCommand> command(Cluster cluster, Direction direction, int id) {
    return Optional.ofNullable(COMMANDS.get(key(cluster, direction, id)));
  }

  /**
   * The command with this name: no two commands of the table share one.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static ZclCommand command(String name) {
    ZclCommand command = BY_NAME.get(name);
    if (command == null) {
      throw new IllegalArgumentException("GBCS uses no ZCL command " + name);
    }
    return command;
  }

  /** Every command of the table. */
  public static Collection<ZclCommand> commands() {
    return List.copyOf(COMMANDS.values());
  }

  /** Every attribute of the table. */
  public static Collection<ZclAttribute> attributes() {
    return List.copyOf(ATTRIBUTES.keySet());
  }

  static Optional<String> clusterName(Cluster cluster) {
    return Optional.ofNullable(CLUSTERS.get(cluster));
  }

  static Optional<String> attributeName(ZclAttribute attribute) {
    return Optional.ofNullable(ATTRIBUTES.get(attribute)).map(KnownAttribute::name);
  }

  static Optional<ZclType> attributeType(ZclAttribute attribute) {
    return Optional.ofNullable(ATTRIBUTES.get(attribute)).map(KnownAttribute::type);
  }

  private static int key(Cluster cluster, Direction direction, int id) {
    return (cluster.id() << 9) | (direction == Direction.FROM_SERVER ? 0x100 : 0) | id;
  }

  /** Reads the table line by line; a fault in it is a mistake of ours and ends the program. */
  private static final class TableReader {
    private final BufferedReader lines;
    private int lineNumber;
    private Cluster cluster = Cluster.BASIC;

    TableReader(BufferedReader lines) {
      this.lines = lines;
    }

    void read() throws IOException {
      String line = next();
      while (!line.isEmpty()) {
        String[] words = line.split(" ", 4);
        switch (words[0]) {
          case "cluster" -> {
            cluster = new Cluster(hex(words[1]));
            CLUSTERS.put(cluster, line.substring("cluster 0000 ".length()));
            line = next();
          }
          case "attribute" -> {
            ATTRIBUTES.put(
                new ZclAttribute(cluster, hex(words[1])),
                new KnownAttribute(words[3], type(words[2])));
            line = next();
          }
          case "command" -> line = command(words);
          default -> throw mistake(line);
        }
      }
    }

    /** Reads one command and returns the line that follows it. */
    private String command(String[] words) throws IOException {
      Direction direction =
          words[1].equals("from-server") ? Direction.FROM_SERVER : Direction.FROM_CLIENT;
      int id = hex(words[2]);
      List<Element> layout = new ArrayList<>();
      String line = elements(layout);
      ZclCommand command = new ZclCommand(cluster, direction, id, words[3], layout);
      boolean twice =
          COMMANDS.put(key(cluster, direction, id), command) != null
              || BY_NAME.put(command.name(), command) != null;
      if (twice) {
        throw mistake(String.format(Locale.ROOT, "%s stands twice", command.name()));
      }
      return line;
    }

    /** Reads elements up to a line that is none, and returns that line. */
    private String elements(List<Element> into) throws IOException {
      for (String line = next(); ; line = next()) {
        int space = line.indexOf(' ');
        String word = space < 0 ? line : line.substring(0, space);
        String rest = line.substring(space + 1);
        switch (word) {
          case "", "end", "command", "cluster", "attribute" -> {
            return line;
          }
          case "repeat" -> into.add(repeat(rest));
          case "optional" -> into.add(scalar(rest, true));
          case "only-if" -> into.add(new OnlyIf(after(rest), hex(before(rest))));
          case "rest" -> into.add(new Remainder(rest));
          default -> into.add(scalar(line, false));
        }
      }
    }

    private Repeat repeat(String rest) throws IOException {
      List<Element> row = new ArrayList<>();
      String end = elements(row);
      if (!end.equals("end")) {
        throw mistake(end);
      }
      String name = after(rest);
      return switch (before(rest)) {
        case "to-end" -> new Repeat(name, Count.TO_END, 0, row);
        case "counted" -> new Repeat(name, Count.FIELD_BEFORE, 0, row);
        case "low-nibble" -> new Repeat(name, Count.LOW_NIBBLE_BEFORE, 0, row);
        case String number -> new Repeat(name, Count.FIXED, Integer.parseInt(number), row);
      };
    }

    private Scalar scalar(String line, boolean optional) {
      return new Scalar(after(line), type(before(line)), optional);
    }

    private static String before(String line) {
      return line.substring(0, line.indexOf(' '));
    }

    private static String after(String line) {
      return line.substring(line.indexOf(' ') + 1);
    }

    private static ZclType type(String word) {
      return ZclType.valueOf(word.replace('-', '_').toUpperCase(Locale.ROOT));
    }

    private static int hex(String word) {
      return Integer.parseInt(word, 16);
    }

    /** The next line that says something, or an empty one at the end. */
    private String next() throws IOException {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        lineNumber++;
        if (!line.isBlank() && !line.startsWith("#")) {
          return line.strip();
        }
      }
      return "";
    }

    private IllegalStateException mistake(String line) {
      return new IllegalStateException(
          String.format(Locale.ROOT, "%s, line %d: %s", TABLE, lineNumber, line));
    }
  }
}
