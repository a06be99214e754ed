// SPDX-License-Identifier: Apache-2.0
package org.meterbox.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real listener and real sockets; time passes when the test says so. */
@Timeout(value = 60, unit = SECONDS)
final class ConnectionGuardTest {
  private static final int BODY_MAX = 64 * 1024;
  private static final int CONNECTIONS = 20;

  private final ConnectionGuard guard = ConnectionGuard.ticking();
  private final BodyReader bodies = new BodyReader(16 * BODY_MAX);
  private final List<Socket> sockets = new ArrayList<>();
  private final WebServer server =
      WebServer.builder()
          .host("127.0.0.1")
          .port(0)
          .shutdownHook(false)
          .shutdownGracePeriod(Duration.ofSeconds(1))
          .update(
              listener -> guard.protect(listener, ConnectionLimits.of(CONNECTIONS, CONNECTIONS)))
          .maxPayloadSize(16 * BODY_MAX)
          .routing(routing ->
              routing.post(
                  "/length",
                  (request, response) -> {
                    try (BodyReader.Body body = bodies.read(request, BODY_MAX)) {
                      response.send("length " + body.octets().length());
                    } catch (BodyReader.BodyException e) {
                      response.header(HeaderValues.CONNECTION_CLOSE);
                      response.status(e.reason().status()).send(String.valueOf(e.getMessage()));
                    } catch (IOException e) {
                      response.status(Status.BAD_REQUEST_400).send();
                    }
                  }))
          .build()
          .start();

  @AfterEach
  void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    server.stop();
    guard.close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(20_000);
    sockets.add(socket);
    return socket;
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private static String post(int length) {
    return "POST /length HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n";
  }

  private static String chunked(String chunks) {
    return "POST /length HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
        + chunks;
  }

  /** Until the answer holds this, or the connection ends. */
  private static String heard(Socket socket, String until) throws IOException {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    for (int octet = socket.getInputStream().read();
        octet >= 0;
        octet = socket.getInputStream().read()) {
      heard.write(octet);
      if (heard.toString(StandardCharsets.UTF_8).contains(until)) {
        break;
      }
    }
    return heard.toString(StandardCharsets.UTF_8);
  }

  private void answersAnotherOne() throws IOException {
    Socket honest = connect();
    say(honest, post(3) + "abc");
    assertThat(heard(honest, "length 3")).contains("200 OK").contains("length 3");
  }

  private boolean isClosed(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException e) {
      return true;
    }
  }

  private void ticks(int count) {
    for (int i = 0; i < count; i++) {
      guard.tick();
    }
  }

  @Test
  void manySilentConnectionsKeepNobodyOut() throws IOException {
    for (int i = 0; i < 3 * CONNECTIONS; i++) {
      Socket _ = connect();
    }
    answersAnotherOne();
    assertThat(guard.connections()).isLessThanOrEqualTo(CONNECTIONS);
  }

  @Test
  void aSilentConnectionIsClosedAfterItsTime() throws IOException {
    Socket silent = connect();
    await().until(() -> guard.connections() == 1);
    ticks(30);
    assertThat(isClosed(silent)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /len",
        "POST /length HTTP/1.1\r\nHost: localhost\r\nX-",
        "POST /length HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nabc",
        "POST /length HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc"
      })
  void aRequestThatDoesNotEndIsClosedAfterItsTime(String begun) throws IOException {
    Socket slow = connect();
    say(slow, begun);
    // Not overdue for its handshake any more, once the request is known to have begun.
    await().until(() -> guard.connections() == 1);
    ticks(1);
    say(slow, "1");
    await()
        .untilAsserted(() -> {
          ticks(1);
          assertThat(guard.connections()).isZero();
        });
    assertThat(isClosed(slow)).isTrue();
  }

  @Test
  void unfinishedBodiesKeepNobodyOut() throws IOException {
    for (int i = 0; i < CONNECTIONS - 1; i++) {
      say(connect(), post(10) + "abc");
    }
    answersAnotherOne();
  }

  // A client that sends all of it before it looks must still find the answer.
  @ParameterizedTest
  @ValueSource(ints = {BODY_MAX + 1, 15 * BODY_MAX, 64 * BODY_MAX})
  void aBodyThatIsTooLongIsAnswered(int length) throws IOException {
    Socket client = connect();
    say(client, post(length));
    say(client, "x".repeat(length));
    assertThat(heard(client, "\r\n\r\n")).startsWith("HTTP/1.1 413");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\r\nabc\r\n0\r\n\r\n",
        "-3\r\nabc\r\n0\r\n\r\n",
        "FFFFFFFFFFFFFFFFF\r\nabc\r\n0\r\n\r\n",
        "80000000\r\nabc\r\n0\r\n\r\n",
        "\r\n\r\n",
        "3\nabc\r\n0\r\n\r\n"
      })
  void aBadChunkSizeIsABadRequest(String chunks) throws IOException {
    Socket client = connect();
    say(client, chunked(chunks));
    client.shutdownOutput();
    assertThat(heard(client, "\r\n\r\n")).startsWith("HTTP/1.1 400");
  }

  @Test
  void aConnectionServesManyRequestsAndWaitsBetweenThem() throws IOException {
    Socket client = connect();
    for (int i = 0; i < 5; i++) {
      say(client, chunked("3\r\nabc\r\n0\r\n\r\n"));
      assertThat(heard(client, "length 3")).contains("200 OK");
      ticks(29);
    }
    ticks(100);
    assertThat(isClosed(client)).isTrue();
  }

  // "100 Continue" must not begin a new time for the same request, nor count as an answer.
  @Test
  void toAskForTheBodyIsNoAnswer() throws IOException {
    Socket client = connect();
    say(
        client,
        "POST /length HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
            + "Content-Length: 3\r\n\r\n");
    assertThat(heard(client, "\r\n\r\n")).startsWith("HTTP/1.1 100");
    await()
        .untilAsserted(() -> {
          ticks(30);
          assertThat(guard.connections()).isZero();
        });
    assertThat(isClosed(client)).isTrue();
  }
}
