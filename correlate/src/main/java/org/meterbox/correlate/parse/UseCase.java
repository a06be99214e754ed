// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.parse;

import java.util.List;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.ServiceReferenceVariant;

/**
 * A GBCS use case as Parse sees it.
 *
 * @param code its message code
 * @param name its name in GBCS
 * @param services the Service Requests that it may answer; more than one where the answer does not
 *     tell them apart
 */
record UseCase(MessageCode code, String name, List<Service> services) {
  /** Copies the list. */
  UseCase {
    services = List.copyOf(services);
  }

  /**
   * A Service Request that the use case answers.
   *
   * @param element local name of the MMC element; a dash where MMC has none
   */
  record Service(ServiceReferenceVariant variant, String element) {
    static final String NO_ELEMENT = "-";

    boolean hasElement() {
      return !element.equals(NO_ELEMENT);
    }
  }
}
