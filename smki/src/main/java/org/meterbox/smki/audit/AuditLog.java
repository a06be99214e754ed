// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.audit;

import java.util.List;
import org.meterbox.kernel.Octets;

/** The append-only log of everything that people and authorities decided. */
public interface AuditLog {
  /** Most entries that one reading returns. */
  int PAGE_MAX = 1000;

  /** Writes an entry; it is durable when this returns. */
  AuditEntry append(String actor, AuditAction action, String detail);

  /** Entries from this number on, in order, at most {@link #PAGE_MAX}. */
  List<AuditEntry> read(long from, int entriesMax);

  /** The number of the last entry, which is also how many there are; 0 before the first. */
  long last();

  /** Walks the whole log. */
  default Verification verify() {
    long next = 1;
    Octets last = AuditEntry.BEGINNING;
    while (true) {
      List<AuditEntry> page = read(next, PAGE_MAX);
      for (AuditEntry entry : page) {
        if (entry.number() != next) {
          return new Verification.Broken(next, "the entry is missing");
        }
        if (!entry.previous().equals(last)) {
          return new Verification.Broken(next, "it does not follow the entry before it");
        }
        if (!entry.hash().equals(entry.computeHash())) {
          return new Verification.Broken(next, "its contents were changed");
        }
        last = entry.hash();
        next++;
      }
      if (page.isEmpty()) {
        return new Verification.Intact(next - 1, last);
      }
    }
  }

  /** What a walk through the log found. */
  sealed interface Verification {
    /**
     * Every entry is as it was written. Whoever noted an earlier head elsewhere can also tell that
     * none was cut off the end.
     *
     * @param entries how many there are
     * @param head the hash of the last one
     */
    record Intact(long entries, Octets head) implements Verification {}

    /**
     * The log was tampered with.
     *
     * @param number the first entry that is not as it was written
     */
    record Broken(long number, String why) implements Verification {}
  }
}
