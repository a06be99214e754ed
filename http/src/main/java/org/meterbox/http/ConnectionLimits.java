// SPDX-License-Identifier: Apache-2.0
package org.meterbox.http;

import java.time.Duration;

/**
 * The limits of one listener's TCP connections. All times are totals: octets that trickle in do not
 * prolong them.
 *
 * @param connectionsMax connections at the same time
 * @param perAddressMax connections from one IP address at the same time
 * @param handshakeMax from the TCP connection to the first octet of the first request, the TLS
 *     handshake included
 * @param requestMax from the first octet of a request to its last
 * @param answerMax how long the peer may leave one part of an answer unread
 * @param idleMax from an answer to the next request
 * @param octetsMax octets of unfinished requests of all connections together
 */
public record ConnectionLimits(
    int connectionsMax,
    int perAddressMax,
    Duration handshakeMax,
    Duration requestMax,
    Duration answerMax,
    Duration idleMax,
    long octetsMax) {
  /** Total time for a handshake and for a request, each. */
  public static final Duration ARRIVAL_MAX = Duration.ofSeconds(30);

  /** How long a connection may stay open between two requests. */
  public static final Duration IDLE_MAX = Duration.ofMinutes(2);

  /** Octets of unfinished requests that one listener holds at most, unless said otherwise. */
  public static final long OCTETS_MAX = 512L * 1024 * 1024;

  /** Refuses limits that would let nobody in. */
  public ConnectionLimits {
    if (connectionsMax < 1
        || perAddressMax < 1
        || !handshakeMax.isPositive()
        || !requestMax.isPositive()
        || !answerMax.isPositive()
        || !idleMax.isPositive()
        || octetsMax < 1) {
      throw new IllegalArgumentException("limits of connections are positive");
    }
  }

  /** The same with another limit for one address. */
  public ConnectionLimits withPerAddress(int max) {
    return new ConnectionLimits(
        connectionsMax, max, handshakeMax, requestMax, answerMax, idleMax, octetsMax);
  }

  /**
   * With the usual times.
   *
   * @param connectionsMax connections at the same time
   * @param perAddressMax connections from one IP address at the same time
   */
  public static ConnectionLimits of(int connectionsMax, int perAddressMax) {
    return new ConnectionLimits(
        connectionsMax, perAddressMax, ARRIVAL_MAX, ARRIVAL_MAX, ARRIVAL_MAX, IDLE_MAX, OCTETS_MAX);
  }
}
