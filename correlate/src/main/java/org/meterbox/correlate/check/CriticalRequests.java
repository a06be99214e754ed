// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.kernel.ServiceReferenceVariant;

/** Every critical Service Request and how to know what its Pre-Command must say. */
final class CriticalRequests {
  /** Says what the use cases that may carry out a request must look like, each completely. */
  @FunctionalInterface
  interface Reading {
    List<Expectation> expectations(OriginalRequest request) throws ElementException;
  }

  /**
   * One critical Service Request.
   *
   * @param element local name of its element in the request's body
   */
  record Entry(String element, Reading reading) {}

  private static final Map<String, Entry> BY_SERVICE =
      Map.ofEntries(
          Map.entry("7.1", new Entry("EnableSupply", SupplyRequests::enable)),
          Map.entry("7.2", new Entry("DisableSupply", SupplyRequests::disable)),
          Map.entry("7.3", new Entry("ArmSupply", SupplyRequests::arm)));

  private CriticalRequests() {}

  static Optional<Entry> find(ServiceReferenceVariant service) {
    return Optional.ofNullable(BY_SERVICE.get(service.value()));
  }
}
