// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server on bare sockets, which answers HTTP well or in ways that no HTTP library would. */
public final class SocketServer implements AutoCloseable {
  private static final int DRIP_MILLIS = 50;
  private static final int END = 0xAA;

  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Behaviour behaviour;

  /** What it does once a request has arrived. */
  public enum Behaviour {
    /** 204 and a closed connection. */
    ACCEPT,
    /** The head of a 200 whose body never comes. */
    HEADERS_AND_NO_BODY,
    /** A body that comes an octet at a time and never ends. */
    DRIPPING_BODY,
    /** A body without end, as fast as it is read. */
    ENDLESS_BODY,
    /** Nothing. */
    SILENT
  }

  private SocketServer(ServerSocket listener, Behaviour behaviour) {
    this.listener = listener;
    this.behaviour = behaviour;
  }

  public static SocketServer start(Behaviour behaviour) throws IOException {
    SocketServer server =
        new SocketServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), behaviour);
    Thread.ofVirtual().start(server::accept);
    return server;
  }

  public URI address() {
    return URI.create(
        String.format(Locale.ROOT, "http://127.0.0.1:%d/duis", listener.getLocalPort()));
  }

  /** What it does with requests from now on. */
  public void behave(Behaviour next) {
    behaviour = next;
  }

  /** Connections that neither side has closed. */
  public int openConnections() {
    return open.size();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException theEnd) {
      // Closed by the test.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      readRequest(socket.getInputStream());
      answer(socket.getInputStream(), socket.getOutputStream());
    } catch (IOException | InterruptedException theOtherSideLeft) {
      // What the tests want to see.
    } finally {
      open.remove(socket);
    }
  }

  /** The tests' documents end with an octet that is in no head. */
  private static void readRequest(InputStream in) throws IOException {
    int read = in.read();
    while (read >= 0 && read != END) {
      read = in.read();
    }
  }

  private void answer(InputStream in, OutputStream out) throws IOException, InterruptedException {
    switch (behaviour) {
      case ACCEPT -> say(out, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
      case SILENT -> waitForTheOtherSide(in);
      case HEADERS_AND_NO_BODY -> {
        say(out, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
        waitForTheOtherSide(in);
      }
      case DRIPPING_BODY -> {
        say(out, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
        while (!closed.await(DRIP_MILLIS, TimeUnit.MILLISECONDS)) {
          say(out, "x");
        }
      }
      case ENDLESS_BODY -> {
        say(out, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        while (true) {
          say(out, "x".repeat(1024));
        }
      }
    }
  }

  private static void waitForTheOtherSide(InputStream in) throws IOException {
    while (in.read() >= 0) {
      // It says nothing more until it closes.
    }
  }

  private static void say(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
