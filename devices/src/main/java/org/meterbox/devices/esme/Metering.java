// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme;

import java.time.Instant;
import java.util.List;

/** What an electricity meter measures, at any instant up to now. Energy in Wh and varh. */
public interface Metering {
  /** Active import of all elements. */
  long activeImport(Instant at);

  /** Active import of the secondary element. */
  long secondaryActiveImport(Instant at);

  /** Reactive import. */
  long reactiveImport(Instant at);

  /** Snapshots of all import registers, at instants in ascending order. */
  List<RegisterRead> registerReads(List<Instant> at);
}
