// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.repository;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Looks ahead for certificates that end soon: replacing one on every device of a supplier takes
 * weeks.
 */
public final class ExpiryWatch {
  /** How near the end is. */
  public enum Urgency {
    /** Time to ask for the next certificate. */
    SOON(Duration.ofDays(90)),
    /** Time for the next certificate to be on the way to devices. */
    URGENT(Duration.ofDays(30)),
    /** Messages will soon be refused. */
    CRITICAL(Duration.ofDays(7));

    private final Duration before;

    Urgency(Duration before) {
      this.before = before;
    }

    /** How long before the end this begins. */
    public Duration before() {
      return before;
    }
  }

  /** A certificate whose end is near. */
  public record Ending(CertificateRecord record, Urgency urgency) {}

  private final CertificateRepository repository;

  /** Watches this repository. */
  public ExpiryWatch(CertificateRepository repository) {
    this.repository = repository;
  }

  /** What ends within {@link Urgency#SOON}, nearest first. */
  public List<Ending> endingSoon(Instant now) {
    return repository.endingBetween(now, now.plus(Urgency.SOON.before())).stream()
        .map(record -> new Ending(record, urgency(Duration.between(now, record.notAfter()))))
        .toList();
  }

  private static Urgency urgency(Duration left) {
    Urgency urgency = Urgency.SOON;
    for (Urgency next : Urgency.values()) {
      if (left.compareTo(next.before()) <= 0) {
        urgency = next;
      }
    }
    return urgency;
  }
}
