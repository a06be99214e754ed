// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.delivery;

import java.net.URI;
import java.util.Optional;
import org.meterbox.kernel.Octets;

/** The port to users' Receive Response Services. */
@FunctionalInterface
public interface UserServer {
  /**
   * Posts a document and waits for the answer, within a bound.
   *
   * @return empty where the user's server took it (any 2xx); otherwise why not, in a few words
   */
  Optional<String> post(URI address, Octets document);
}
