// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.app.Meterbox;
import org.meterbox.kernel.Octets;

/**
 * The same octets wherever the program runs: every reference message and request goes through the
 * command line once as this build runs, once where numbers are written in other digits (Egyptian
 * Arabic), and once in Bengali in a time zone with half hours and daylight saving. Without the
 * reference data the examples of this project go the same way.
 */
class OtherLocalesTest {
  private static final int PROCESS_SECONDS_MAX = 300;
  private static final String BROKER = "90-B3-D5-1F-30-00-00-02";
  private static final String PRE_COMMAND = "_PRECOMMAND_GBCS.HEX";

  /** "Enable supply" for the example's meter, worked out by hand. */
  private static final String EXAMPLE_MESSAGE =
      "DF09010000000000000001"
          + "0890B3000000000003"
          + "0800DB000000000001"
          + "00"
          + "02004F"
          + "15"
          + "D9200000010001030009"
          + "00000A006AFF"
          + "01"
          + "01120033";

  @TempDir private Path folder;

  /** The names alone: whole documents would fill the report. */
  private static Set<String> differing(Map<String, Octets> here, Map<String, Octets> there) {
    Set<String> names = new TreeSet<>(here.keySet());
    names.addAll(there.keySet());
    names.removeIf(name -> Objects.equals(here.get(name), there.get(name)));
    return names;
  }

  @Test
  void theOctetsAreTheSameInEveryLocaleAndTimeZone() throws Exception {
    Files.createDirectory(inputs());
    Map<String, Octets> here =
        everything("here", "-Duser.language=en", "-Duser.country=GB", "-Duser.timezone=UTC");
    assertThat(here).as("what was written").hasSizeGreaterThan(6);
    assertThat(everything("cairo", "-Duser.language=ar", "-Duser.country=EG"))
        .satisfies(there -> assertThat(differing(here, there)).isEmpty());
    assertThat(
            everything(
                "dhaka",
                "-Duser.language=bn",
                "-Duser.country=BD",
                "-Duser.timezone=America/St_Johns"))
        .satisfies(there -> assertThat(differing(here, there)).isEmpty());
  }

  private Path inputs() {
    return folder.resolve("inputs");
  }

  /** Every file and output of every command, by name. */
  private Map<String, Octets> everything(String name, String... options) throws Exception {
    Path out = Files.createDirectory(folder.resolve(name));
    Optional<Path> reference = ReferenceData.find();
    List<List<String>> commands = new ArrayList<>();
    if (reference.isPresent()) {
      String messages = reference.get().resolve("rtds/gbcs").toString();
      String requests = reference.get().resolve("rtds/duis").toString();
      String keys = reference.get().resolve("rtds/keystore").toString();
      commands.add(List.of("parse", messages, "--keys", keys, "--out", out + "/documents"));
      commands.add(List.of("gbcs", "decode", messages, "--keys", keys, "--json"));
      // Without private keys: a signature never comes out the same twice.
      commands.add(List.of("transform", requests, "--broker", BROKER, "--out", out + "/gbcs"));
      commands.add(List.of("duis", "validate", requests));
      commands.add(List.of("correlate", "--pairs", pairs(reference.get()).toString()));
    } else {
      Path message = inputs().resolve("enable.hex");
      Files.writeString(message, EXAMPLE_MESSAGE);
      Path examples = checkout().resolve("docs/examples");
      commands.add(List.of("parse", message.toString(), "--out", out + "/documents"));
      commands.add(List.of("gbcs", "decode", message.toString()));
      commands.add(List.of("gbcs", "decode", message.toString(), "--json"));
      commands.add(List.of("duis", "validate", examples.toString()));
      commands.add(
          List.of("transform", examples.toString(), "--broker", BROKER, "--out", out + "/gbcs"));
      commands.add(
          List.of(
              "correlate", examples.resolve("disable-supply.xml").toString(), message.toString()));
    }
    for (int i = 0; i < commands.size(); i++) {
      Files.writeString(out.resolve("output-" + i + ".txt"), run(commands.get(i), out, options));
    }
    return contents(out);
  }

  private Path pairs(Path reference) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path message : ReferenceData.messages(PRE_COMMAND)) {
      String name = message.getFileName().toString().replace(PRE_COMMAND, "_REQUEST_DUIS.XML");
      Path request = reference.resolve("rtds/duis").resolve(name);
      if (Files.exists(request)) {
        lines.add(request + "\t" + message);
      }
    }
    return Files.write(inputs().resolve("pairs.tsv"), lines);
  }

  /** What a process of its own says, and how it ends. */
  private static String run(List<String> command, Path out, String... options) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of(options));
    line.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dstdout.encoding=UTF-8",
            "-Dstderr.encoding=UTF-8",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Meterbox.class.getName()));
    line.addAll(command);
    Path said = Files.createTempFile(out.getParent(), "said", ".txt");
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      assertThat(process.waitFor(PROCESS_SECONDS_MAX, TimeUnit.SECONDS)).as("%s", command).isTrue();
    } finally {
      process.destroyForcibly();
    }
    // Each locale writes into a folder of its own, which its messages name.
    String text = Files.readString(said, StandardCharsets.UTF_8).replace(out.toString(), "OUT");
    return text + "exit code " + process.exitValue() + "\n";
  }

  private static Path checkout() {
    Path here = Path.of("").toAbsolutePath();
    return Stream.iterate(here, Objects::nonNull, Path::getParent)
        .filter(above -> Files.isDirectory(above.resolve("docs/examples")))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, Octets> contents(Path directory) throws IOException {
    Map<String, Octets> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      files
          .filter(Files::isRegularFile)
          .forEach(file -> {
            try {
              contents.put(
                  directory.relativize(file).toString(), Octets.of(Files.readAllBytes(file)));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
    return contents;
  }
}
