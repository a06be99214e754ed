// SPDX-License-Identifier: Apache-2.0
package org.meterbox.wan;

import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.faults.FaultCount;
import org.meterbox.wan.DeliveryReport.Outcome;
import org.meterbox.wan.HubConnection.Upward;

/**
 * The SM WAN inside one JVM. Keeps nothing over a restart: the sender stores what it sends, and a
 * hub keeps what it sends until it is acknowledged.
 */
public final class InProcessWan implements SmWan, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(InProcessWan.class.getName());

  private final Map<Eui64, HubLine> lines = new ConcurrentHashMap<>();
  private final Coverage coverage;
  private final Uplink uplink;
  private final DeliveryReports reports;
  private final InstantSource clock;
  private final WanLimits limits;
  private final Executor threads;
  private final FaultCount faults;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("wan-tick").factory());
  private volatile boolean closed;

  /**
   * An SM WAN that is not yet ticking.
   *
   * @param threads runs the work of a line; in production a virtual thread for each piece of work
   */
  public InProcessWan(
      Coverage coverage,
      Uplink uplink,
      DeliveryReports reports,
      InstantSource clock,
      WanLimits limits,
      Executor threads) {
    this.coverage = coverage;
    this.uplink = uplink;
    this.reports = reports;
    this.clock = clock;
    faults = new FaultCount(clock);
    this.limits = limits;
    this.threads = threads;
  }

  /** An SM WAN that works on virtual threads and ticks by itself. */
  public static InProcessWan start(
      Coverage coverage,
      Uplink uplink,
      DeliveryReports reports,
      InstantSource clock,
      WanLimits limits) {
    Executor virtual = work -> Thread.ofVirtual().name("wan-line").start(work);
    InProcessWan wan = new InProcessWan(coverage, uplink, reports, clock, limits, virtual);
    long millis = WanLimits.TICK.toMillis();
    // Its future tells nothing: tick catches and logs the faults of each line.
    ScheduledFuture<?> _ =
        wan.timer.scheduleWithFixedDelay(wan::tick, millis, millis, TimeUnit.MILLISECONDS);
    return wan;
  }

  @Override
  public Acceptance send(Downlink downlink) {
    int length = downlink.message().length();
    if (length == 0 || length > WanLimits.MAX_MESSAGE_OCTETS) {
      return new Acceptance.Refused(Acceptance.Reason.BAD_LENGTH);
    }
    if (closed) {
      return new Acceptance.Refused(Acceptance.Reason.CLOSED);
    }
    Optional<Eui64> hub = coverage.hubServing(downlink.device());
    if (hub.isEmpty()) {
      return new Acceptance.Refused(Acceptance.Reason.UNKNOWN_DEVICE);
    }
    HubLine line = line(hub.get());
    Acceptance acceptance = line.send(downlink);
    if (closed) {
      // Closed since it was asked above, perhaps before this line was known: nothing is left in it.
      line.close();
    }
    return acceptance;
  }

  @Override
  public void withdraw(Eui64 device, MessageId correlation) {
    coverage
        .hubServing(device)
        .flatMap(hub -> Optional.ofNullable(lines.get(hub)))
        .ifPresent(line -> line.withdraw(correlation));
  }

  /**
   * A hub comes on, or comes back. What it keeps for the DSP is fetched, and what waits for it is
   * delivered.
   *
   * @param hub the identifier of its communications hub function
   */
  public HubLink connect(Eui64 hub, HubConnection connection) {
    return line(hub).connect(connection);
  }

  /** Tries again what failed and gives up what waited too long; {@link #start} calls it itself. */
  public void tick() {
    lines.forEach((hub, line) -> {
      try {
        line.tick();
      } catch (RuntimeException fault) {
        // The edge of the timer thread: one line's fault must not stop the clock of the others.
        logFault(hub, fault);
      }
    });
  }

  /** Takes nothing more and reports everything that waits as {@link Outcome#WAN_CLOSED}. */
  @Override
  public void close() {
    closed = true;
    timer.shutdownNow();
    lines.values().forEach(HubLine::close);
  }

  private HubLine line(Eui64 hub) {
    return lines.computeIfAbsent(hub, h -> new HubLine(h, threads, new Lines(), limits));
  }

  /** Faults of our own that work on the lines met. */
  public FaultCount faults() {
    return faults;
  }

  private void logFault(Eui64 hub, RuntimeException fault) {
    faults.add(fault);
    LOG.log(Level.ERROR, "a fault of our own on the line to hub " + hub, fault);
  }

  private final class Lines implements HubLine.Surroundings {
    @Override
    public Instant now() {
      return clock.instant();
    }

    @Override
    public void report(Downlink downlink, Outcome outcome) {
      DeliveryReport report =
          new DeliveryReport(downlink.correlation(), downlink.device(), outcome, clock.instant());
      try {
        reports.report(report);
      } catch (RuntimeException fault) {
        // The sender's fault must not end the line.
        faults.add(fault);
        LOG.log(Level.ERROR, "the delivery report of " + report.correlation() + " failed", fault);
      }
    }

    @Override
    public List<Boolean> store(List<Upward> messages) {
      return uplink.receivedTogether(
          messages.stream().map(m -> new Uplink.Sent(m.device(), m.message())).toList());
    }

    @Override
    public void fault(Eui64 hub, RuntimeException fault) {
      logFault(hub, fault);
    }
  }
}
