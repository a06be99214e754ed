// SPDX-License-Identifier: Apache-2.0
package org.meterbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which of several addresses cannot be listened on. */
final class ListenExceptionTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @Test
  void namesTheOneThatIsTakenAndNotTheFreeOnes() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
      ListenException found =
          ListenException.diagnose(List.of(at(0), at(taken.getLocalPort()), at(0)));

      assertThat(found.address().getPort()).isEqualTo(taken.getLocalPort());
      assertThat(found).hasMessageContaining("port " + taken.getLocalPort());
    }
  }

  // Two listeners of one server with one port: neither is taken by somebody else.
  @Test
  void namesAPortThatIsAskedForTwice() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
      free = socket.getLocalPort();
    }

    assertThat(ListenException.diagnose(List.of(at(free), at(free))))
        .hasMessageContaining("in use");
  }

  // An address of another machine, as when a container has got another one than before.
  @Test
  void namesAnAddressThatIsNotOurs() {
    ListenException found =
        ListenException.diagnose(List.of(new InetSocketAddress("192.0.2.1", 0)));

    assertThat(found).hasMessageContaining("192.0.2.1");
  }

  private static InetSocketAddress at(int port) {
    return new InetSocketAddress(LOOPBACK, port);
  }
}
