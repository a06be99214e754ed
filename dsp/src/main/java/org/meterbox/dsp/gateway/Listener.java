// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.gateway;

import java.net.InetSocketAddress;

/**
 * Where a listener listens.
 *
 * @param host name or address of the interface
 * @param port 0 for any free one
 */
public record Listener(String host, int port) {
  /** Refuses what is no port. */
  public Listener {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is a number from 0 to 65535");
    }
  }

  /** The address, its host looked up. */
  InetSocketAddress address() {
    return new InetSocketAddress(host, port);
  }

  /** A port that only programs on this machine reach. */
  public static Listener local(int port) {
    return new Listener("127.0.0.1", port);
  }
}
