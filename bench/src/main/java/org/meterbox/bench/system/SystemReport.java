// SPDX-License-Identifier: Apache-2.0
package org.meterbox.bench.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The results of the system bench, for people and for programs. */
final class SystemReport {
  /** Limits that a run is compared with. */
  private static final double PAIRS_PER_SECOND_WANTED = 2000;

  private static final double HALF_LOAD_P99_MILLIS_MAX = 100;
  private static final double DSP_RATIO_MAX = 3;
  private static final double ALLOCATED_KILOBYTES_MAX = 200;

  private static final double NANOS_PER_MICRO = 1000;
  private static final double OCTETS_PER_KILOBYTE = 1000;
  private static final JsonMapper JSON = new JsonMapper();

  private final BareCosts bare;

  SystemReport(BareCosts bare) {
    this.bare = bare;
  }

  /**
   * One mix.
   *
   * @param closed with a fixed number outstanding, as fast as the system goes
   * @param open at half that rate
   * @param used in the closed phase
   * @param shares of this process's CPU time, by part
   */
  record Row(
      Mix mix,
      LoadDriver.Result closed,
      LoadDriver.Result open,
      Costs used,
      Map<String, Double> shares) {
    private double perPair(long amount) {
      return (double) amount / Math.max(1, closed.latency().getTotalCount());
    }

    double jvmMicros() {
      return perPair(used.jvmCpuNanos()) / NANOS_PER_MICRO;
    }

    double databaseMicros() {
      return perPair(used.databaseCpuNanos()) / NANOS_PER_MICRO;
    }

    /** The DSP's code and its database; HTTP and TLS below it are not told apart from others'. */
    double dspMicros() {
      return jvmMicros() * shares.getOrDefault("DSP", 0.0) + databaseMicros();
    }
  }

  /** How many times its bare cost the DSP, with its database, uses per pair. */
  double dspRatio(Row row) {
    return row.dspMicros() / bare.dsp();
  }

  List<String> bare() {
    return List.of(
        "bare costs of this run, CPU of one core",
        micros("ECDSA sign", bare.sign()),
        micros("ECDSA verify", bare.verify()),
        micros("XML parse of a request", bare.parse()),
        micros("GBCS MAC", bare.mac()),
        micros("encrypt a reading", bare.encrypt()),
        micros("durable commit", bare.commit()),
        micros("a read pair, all sides", bare.pair()),
        micros("a read pair, the DSP's part", bare.dsp()));
  }

  List<String> lines(Row row) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "%s: %,.0f pairs/s (wanted %,.0f), %,d failed",
            row.mix().title(),
            row.closed().pairsPerSecond(),
            PAIRS_PER_SECOND_WANTED,
            row.closed().failed() + row.open().failed()));
    row.closed().firstFailure().or(row.open()::firstFailure).ifPresent(lines::add);
    lines.add(latencies("full load", row.closed(), ""));
    lines.add(
        latencies(
            "half load",
            row.open(),
            String.format(Locale.ROOT, " (p99 at most %.0f)", HALF_LOAD_P99_MILLIS_MAX)));
    lines.add(micros("CPU per pair, this process", row.jvmMicros()));
    row.shares().forEach((part, share) -> lines.add(micros("  " + part, row.jvmMicros() * share)));
    lines.add(micros("CPU per pair, database", row.databaseMicros()));
    lines.add(micros("bare cost of a read pair", bare.pair()));
    lines.add(
        String.format(
            Locale.ROOT,
            "  DSP and database: %.1f times the DSP's bare cost (at most %.0f)",
            dspRatio(row),
            DSP_RATIO_MAX));
    lines.add(
        String.format(
            Locale.ROOT,
            "  per pair: %,.0f kB allocated (at most %.0f), %.1f commits, %,.0f octets of WAL",
            row.perPair(row.used().octetsAllocated()) / OCTETS_PER_KILOBYTE,
            ALLOCATED_KILOBYTES_MAX,
            row.perPair(row.used().commits()),
            row.perPair(row.used().walOctets())));
    return lines;
  }

  String json(Row row) {
    ObjectNode node = JSON.createObjectNode();
    node.put("mix", row.mix().title());
    node.put("pairsPerSecond", round(row.closed().pairsPerSecond()));
    node.put("p50Ms", round(row.closed().percentileMillis(50)));
    node.put("p99Ms", round(row.closed().percentileMillis(99)));
    node.put("p999Ms", round(row.closed().percentileMillis(99.9)));
    node.put("halfLoadP99Ms", round(row.open().percentileMillis(99)));
    node.put("cpuPerPairUs", round(row.jvmMicros() + row.databaseMicros()));
    node.put("bareUs", round(bare.pair()));
    node.put("dspRatio", round(dspRatio(row)));
    node.put("allocatedPerPair", round(row.perPair(row.used().octetsAllocated())));
    node.put("commitsPerPair", round(row.perPair(row.used().commits())));
    node.put("walOctetsPerPair", round(row.perPair(row.used().walOctets())));
    node.put("failed", row.closed().failed() + row.open().failed());
    return JSON.writeValueAsString(node);
  }

  private static double round(double value) {
    return Math.round(value * 100) / 100.0;
  }

  private static String latencies(String load, LoadDriver.Result result, String limit) {
    return String.format(
        Locale.ROOT,
        "  %s: p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms%s",
        load,
        result.percentileMillis(50),
        result.percentileMillis(99),
        result.percentileMillis(99.9),
        limit);
  }

  private static String micros(String what, double micros) {
    return String.format(Locale.ROOT, "  %-30s %9.1f us", what, micros);
  }
}
