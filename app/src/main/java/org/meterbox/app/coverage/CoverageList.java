// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.coverage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which test has shown what: the list that comes with the sources, or what tests have recorded in a
 * checkout ({@code ShownRecorder} of the room test-support writes those records).
 *
 * @param shown what tests have shown
 * @param ran the tests of which there is a record, also those that have shown nothing
 * @param skipped the tests that had nothing to run with
 */
public record CoverageList(Set<Entry> shown, Set<String> ran, Set<String> skipped) {
  /** The list of this build, in the sources of the room app. */
  public static final Path FILE =
      Path.of("app/src/main/resources/org/meterbox/app/coverage/shown.tsv");

  private static final String RESOURCE = "shown.tsv";
  private static final String RAN = "ran";
  private static final String SKIPPED = "skipped";
  private static final int COLUMNS = 3;

  /** Keeps unchangeable copies. */
  public CoverageList {
    shown = Set.copyOf(shown);
    ran = Set.copyOf(ran);
    skipped = Set.copyOf(skipped);
  }

  /**
   * Something shown.
   *
   * @param table where it stands
   * @param name its name in that table
   * @param test class and method of the test
   */
  public record Entry(CoverageTable table, String name, String test) {
    private String line() {
      return String.join("\t", table.key(), name, test);
    }
  }

  /** The list that comes with the sources: what a test run before their publication recorded. */
  public static CoverageList published() throws IOException {
    try (InputStream list = CoverageList.class.getResourceAsStream(RESOURCE)) {
      if (list == null) {
        throw new IOException("this build has no list of what tests have shown");
      }
      return parse(
          RESOURCE, new String(list.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    }
  }

  /** What tests have recorded in a checkout since {@code ./meterbox test} began anew. */
  public static CoverageList recorded(Path checkout) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> rooms = Files.list(checkout)) {
      for (Path room : rooms.sorted().toList()) {
        Path records = room.resolve("target/coverage");
        if (Files.isDirectory(records)) {
          try (Stream<Path> found = Files.list(records)) {
            found.filter(file -> file.toString().endsWith(".tsv")).sorted().forEach(files::add);
          }
        }
      }
    }
    Set<Entry> shown = new HashSet<>();
    Set<String> ran = new HashSet<>();
    Set<String> skipped = new HashSet<>();
    for (Path file : files) {
      CoverageList one = parse(file.toString(), Files.readAllLines(file));
      shown.addAll(one.shown());
      ran.addAll(one.ran());
      skipped.addAll(one.skipped());
    }
    return new CoverageList(shown, ran, skipped);
  }

  static CoverageList parse(String name, List<String> lines) throws IOException {
    Set<Entry> shown = new HashSet<>();
    Set<String> ran = new HashSet<>();
    Set<String> skipped = new HashSet<>();
    int number = 0;
    for (String line : lines) {
      number++;
      String[] cells = line.split("\t", -1);
      if (cells.length != COLUMNS) {
        throw fault(name, number, "three columns are needed: table, entry, test");
      }
      switch (cells[0]) {
        case RAN -> ran.add(cells[2]);
        case SKIPPED -> skipped.add(cells[2]);
        default -> shown.add(entry(name, number, cells));
      }
    }
    return new CoverageList(shown, ran, skipped);
  }

  private static Entry entry(String name, int line, String[] cells) throws IOException {
    Optional<CoverageTable> table = CoverageTable.find(cells[0]);
    if (table.isEmpty()) {
      throw fault(name, line, "there is no table " + cells[0]);
    }
    if (!table.get().entries().contains(cells[1])) {
      throw fault(name, line, "the table " + cells[0] + " has no entry " + cells[1]);
    }
    return new Entry(table.get(), cells[1], cells[2]);
  }

  private static IOException fault(String name, int line, String what) {
    return new IOException(String.format(Locale.ROOT, "%s, line %d: %s", name, line, what));
  }

  /**
   * This list, where what was recorded of a test takes the place of what is listed of it. Where
   * there are records of a test's class and none of the test, it is gone.
   */
  public CoverageList updatedBy(CoverageList recorded) {
    Set<String> classes =
        Stream.concat(recorded.ran().stream(), recorded.skipped().stream())
            .map(CoverageList::classOf)
            .collect(Collectors.toSet());
    Set<Entry> entries = new HashSet<>(recorded.shown());
    shown.stream()
        .filter(entry ->
            recorded.skipped().contains(entry.test()) || !classes.contains(classOf(entry.test())))
        .forEach(entries::add);
    return new CoverageList(entries, recorded.ran(), recorded.skipped());
  }

  /**
   * What the list of the sources claims and no test has shown, although every test that is listed
   * as showing it ran. What tests show beside the list is no fault: {@link #updatedBy} adds it.
   */
  public List<String> claimsWithoutTest(CoverageList recorded) {
    Set<String> seen =
        recorded.shown().stream().map(CoverageList::item).collect(Collectors.toSet());
    Map<String, Set<String>> claims =
        shown.stream()
            .collect(
                Collectors.groupingBy(
                    CoverageList::item,
                    TreeMap::new,
                    Collectors.mapping(Entry::test, Collectors.toSet())));
    List<String> without = new ArrayList<>();
    claims.forEach((item, tests) -> {
      if (!seen.contains(item) && recorded.hasRunAll(tests)) {
        without.add(
            String.format(
                Locale.ROOT,
                "in the list, but not shown: %s, by %s",
                item,
                String.join(", ", new TreeSet<>(tests))));
      }
    });
    return List.copyOf(without);
  }

  private static String item(Entry entry) {
    return entry.table().key() + " " + entry.name();
  }

  /** A test whose class ran without it is gone: it counts as run, and shows nothing. */
  private boolean hasRunAll(Set<String> tests) {
    Set<String> classes = ran.stream().map(CoverageList::classOf).collect(Collectors.toSet());
    return tests.stream()
        .allMatch(test -> !skipped.contains(test) && classes.contains(classOf(test)));
  }

  private static String classOf(String test) {
    return test.substring(0, Math.max(0, test.lastIndexOf('.')));
  }

  /** The lines of the file, sorted. */
  List<String> lines() {
    return shown.stream().map(Entry::line).sorted().toList();
  }
}
