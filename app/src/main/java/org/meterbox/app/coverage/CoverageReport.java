// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.coverage;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Says of each table how much of it was shown, by which tests, and what is missing. */
final class CoverageReport {
  private static final int WIDTH = 100;

  private final Map<CoverageTable, Map<String, SortedSet<String>>> tests =
      new EnumMap<>(CoverageTable.class);

  CoverageReport(CoverageList list) {
    Arrays.stream(CoverageTable.values()).forEach(table -> tests.put(table, new TreeMap<>()));
    list.shown()
        .forEach(entry ->
            testsOf(entry.table())
                .computeIfAbsent(entry.name(), _ -> new TreeSet<>())
                .add(entry.test()));
  }

  private Map<String, SortedSet<String>> testsOf(CoverageTable table) {
    return tests.getOrDefault(table, Map.of());
  }

  private List<String> missing(CoverageTable table) {
    return table.entries().stream().filter(name -> !testsOf(table).containsKey(name)).toList();
  }

  /** One object with a member for each table. */
  String json() {
    JsonMapper mapper = new JsonMapper();
    ObjectNode report = mapper.createObjectNode();
    for (CoverageTable table : CoverageTable.values()) {
      ObjectNode one = report.putObject(table.key());
      one.put("shown", testsOf(table).size());
      one.put("total", table.entries().size());
      ArrayNode missing = one.putArray("missing");
      missing(table).forEach(missing::add);
      ObjectNode shownBy = one.putObject("shownBy");
      inOrder(table)
          .forEach(name -> {
            ArrayNode by = shownBy.putArray(name);
            testsOf(table).getOrDefault(name, new TreeSet<>()).forEach(by::add);
          });
    }
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(report);
  }

  private List<String> inOrder(CoverageTable table) {
    return table.entries().stream().filter(testsOf(table)::containsKey).toList();
  }

  /** Totals, then what each table lacks. */
  void print(PrintWriter out) {
    for (CoverageTable table : CoverageTable.values()) {
      out.printf(
          Locale.ROOT,
          "%-36s %4d of %4d%n",
          table.title(),
          testsOf(table).size(),
          table.entries().size());
    }
    for (CoverageTable table : CoverageTable.values()) {
      out.printf(Locale.ROOT, "%nNot shown of %s:%n", table.title());
      wrapped(missing(table)).forEach(out::println);
    }
  }

  /** Each entry with the tests that show it. */
  void printTests(PrintWriter out) {
    for (CoverageTable table : CoverageTable.values()) {
      out.printf(Locale.ROOT, "%nShown of %s:%n", table.title());
      for (String name : inOrder(table)) {
        SortedSet<String> by = testsOf(table).getOrDefault(name, new TreeSet<>());
        out.printf(
            Locale.ROOT,
            "  %-16s %s%s%n",
            name,
            shortened(by.first()),
            by.size() > 1 ? String.format(Locale.ROOT, " and %d more", by.size() - 1) : "");
      }
    }
  }

  /** Class and method without the package. */
  private static String shortened(String test) {
    String[] parts = test.split("\\.", -1);
    return Arrays.stream(parts)
        .skip(Math.max(0, parts.length - 2))
        .collect(Collectors.joining("."));
  }

  private static List<String> wrapped(List<String> names) {
    if (names.isEmpty()) {
      return List.of("  nothing");
    }
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(" ");
    for (String name : names) {
      if (line.length() + 2 + name.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(" ");
      }
      line.append(line.length() > 1 ? ", " : " ").append(name);
    }
    lines.add(line.toString());
    return lines;
  }
}
