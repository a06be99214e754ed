// SPDX-License-Identifier: Apache-2.0
package org.meterbox.bench.system;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What this process and its database have used so far.
 *
 * @param jvmCpuNanos of this process: clients, DSP and devices, garbage collector and compiler
 * @param databaseCpuNanos of its child processes
 * @param octetsAllocated on the heap
 * @param commits of transactions in the database
 * @param walOctets written ahead by the database
 */
record Costs(
    long jvmCpuNanos, long databaseCpuNanos, long octetsAllocated, long commits, long walOctets) {
  /** Reads them all. */
  static Costs now(DatabaseCounters database) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    DatabaseCounters.Reading counted = database.read();
    return new Costs(
        system.getProcessCpuTime(),
        childrenCpuNanos(),
        threads.getTotalThreadAllocatedBytes(),
        counted.commits(),
        counted.walOctets());
  }

  /** What was used since then. */
  Costs since(Costs earlier) {
    return new Costs(
        jvmCpuNanos - earlier.jvmCpuNanos,
        databaseCpuNanos - earlier.databaseCpuNanos,
        octetsAllocated - earlier.octetsAllocated,
        commits - earlier.commits,
        walOctets - earlier.walOctets);
  }

  private static long childrenCpuNanos() {
    try (Stream<ProcessHandle> children = ProcessHandle.current().descendants()) {
      return children
          .filter(Predicate.not(ProcessHandle.current()::equals))
          .flatMap(child -> child.info().totalCpuDuration().stream())
          .mapToLong(Duration::toNanos)
          .sum();
    }
  }
}
