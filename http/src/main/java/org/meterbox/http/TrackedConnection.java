// SPDX-License-Identifier: Apache-2.0
package org.meterbox.http;

import java.net.SocketAddress;

/** One TCP connection as {@link ConnectionTable} knows it; its lock guards what changes here. */
final class TrackedConnection {
  /** What happens on a connection. */
  enum Phase {
    /** Nothing has been received but, perhaps, parts of a TLS handshake. */
    OPENING,
    /** The last request was answered and the next one has not begun. */
    IDLE,
    /** A request has begun and its last octet has not arrived, or it is being worked on. */
    RECEIVING,
    /** The answer is being sent. */
    ANSWERING
  }

  /** The socket behind it. */
  interface Socket {
    boolean isOpen();

    /** Closes it; whoever waits for its octets or for room in it stops waiting. */
    void close();
  }

  private final SocketAddress peer;
  private final Object address;
  private final Socket socket;

  Phase phase = Phase.OPENING;

  /** When the phase began, in ticks. */
  long since;

  /** Octets of the request that is arriving. */
  long octets;

  /** Whether the server waits for octets of the peer at this moment. */
  boolean awaitsPeer = true;

  /**
   * A connection that has just been accepted.
   *
   * @param peer its other end
   * @param address what counts as one address
   */
  TrackedConnection(SocketAddress peer, Object address, Socket socket) {
    this.peer = peer;
    this.address = address;
    this.socket = socket;
  }

  SocketAddress peer() {
    return peer;
  }

  Object address() {
    return address;
  }

  boolean isOpen() {
    return socket.isOpen();
  }

  void close() {
    socket.close();
  }
}
