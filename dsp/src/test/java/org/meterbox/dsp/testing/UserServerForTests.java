// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.meterbox.kernel.Octets;

/** A user's Receive Response Service: keeps what it took, and can be told to refuse. */
public final class UserServerForTests implements AutoCloseable {
  private static final int KEPT_MAX = 100;
  private static final int WAIT_SECONDS = 120;

  private final HttpServer server;
  private final String scheme;
  private final BlockingQueue<Octets> taken = new ArrayBlockingQueue<>(KEPT_MAX);
  private final AtomicInteger attempts = new AtomicInteger();
  private volatile int status = 204;

  private UserServerForTests(HttpServer server, String scheme) {
    this.server = server;
    this.scheme = scheme;
    server.createContext("/smartdcc/duis", this::handle);
    server.start();
  }

  public static UserServerForTests plain() {
    return plain(0);
  }

  public static UserServerForTests plain(int port) {
    try {
      return new UserServerForTests(HttpServer.create(local(port), 0), "http");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** One that demands a client certificate. */
  public static UserServerForTests mutualTls(SSLContext context) {
    try {
      HttpsServer https = HttpsServer.create(local(0), 0);
      https.setHttpsConfigurator(
          new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
              SSLParameters mutual = context.getDefaultSSLParameters();
              mutual.setNeedClientAuth(true);
              parameters.setSSLParameters(mutual);
            }
          });
      return new UserServerForTests(https, "https");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static InetSocketAddress local(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  public URI address() {
    return URI.create(
        String.format(
            Locale.ROOT, "%s://localhost:%d/smartdcc/duis", scheme, server.getAddress().getPort()));
  }

  /** Answers with this HTTP status from now on; what is not 2xx is not kept. */
  public void answerWith(int newStatus) {
    status = newStatus;
  }

  /** The next document, which must come within a generous time. */
  public Octets next() {
    try {
      Octets document = taken.poll(WAIT_SECONDS, TimeUnit.SECONDS);
      if (document == null) {
        throw new AssertionError("nothing was pushed");
      }
      return document;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public boolean isEmpty() {
    return taken.isEmpty();
  }

  public int attempts() {
    return attempts.get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    int answer = status;
    if (answer / 100 == 2) {
      taken.add(Octets.of(body));
    }
    exchange.sendResponseHeaders(answer, -1);
    exchange.close();
    attempts.incrementAndGet();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
