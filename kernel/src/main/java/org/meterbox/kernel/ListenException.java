// SPDX-License-Identifier: Apache-2.0
package org.meterbox.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A server does not listen where it was told to: the port is taken, or the address is not ours. */
public final class ListenException extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  private final InetSocketAddress address;

  private ListenException(InetSocketAddress address, IOException cause) {
    super(
        String.format(
            Locale.ROOT,
            "cannot listen on port %s of %s: %s",
            address.getPort(),
            address.getHostString(),
            cause.getMessage()),
        cause);
    this.address = address;
  }

  /**
   * Why a server that was to listen on these addresses does not. To find out, each of them is bound
   * for a moment: the server must have let go of all of them.
   *
   * @param addresses all addresses of the server, at least one
   */
  public static ListenException diagnose(List<InetSocketAddress> addresses) {
    List<ServerSocket> bound = new ArrayList<>();
    try {
      for (InetSocketAddress address : addresses) {
        try {
          ServerSocket socket = new ServerSocket();
          bound.add(socket);
          socket.bind(address);
        } catch (IOException refused) {
          return new ListenException(address, refused);
        }
      }
    } finally {
      bound.forEach(ListenException::close);
    }
    // Whoever held it has let go in the meantime.
    return new ListenException(
        addresses.getFirst(), new IOException("it was taken a moment ago, and is free now"));
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // Nothing listens there any more, which is all that is wanted.
    }
  }

  /** Where it does not listen. */
  public InetSocketAddress address() {
    return address;
  }
}
