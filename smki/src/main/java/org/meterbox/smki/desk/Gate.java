// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.desk;

import java.util.Locale;
import java.util.function.Supplier;
import org.meterbox.smki.audit.AuditAction;
import org.meterbox.smki.audit.AuditEntry;
import org.meterbox.smki.audit.AuditLog;
import org.meterbox.smki.people.Act;
import org.meterbox.smki.people.Person;

/** Lets people do what their duties allow, and writes down where they tried more. */
final class Gate {
  private final AuditLog audit;

  Gate(AuditLog audit) {
    this.audit = audit;
  }

  /** Does it, if the person may. */
  <T> Outcome<T> pass(Person person, Act act, Supplier<Outcome<T>> deed) {
    if (person.duty().allows(act)) {
      return deed.get();
    }
    note(person, AuditAction.ACCESS_REFUSED, "may not " + act.words());
    return Outcome.refused(
        Refusal.Kind.NOT_ALLOWED,
        "DUTY",
        "the person's duty covers the act",
        String.format(
            Locale.ROOT, "%s (%s) may not %s", person.name(), person.duty().title(), act.words()));
  }

  /** Writes an entry, cut to what the log takes. */
  void note(Person person, AuditAction action, String detail) {
    int length = Math.min(detail.length(), AuditEntry.DETAIL_LENGTH_MAX);
    audit.append(person.actor(), action, detail.substring(0, length));
  }
}
