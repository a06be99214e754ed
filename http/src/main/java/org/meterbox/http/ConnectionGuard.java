// SPDX-License-Identifier: Apache-2.0
package org.meterbox.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.socket.SocketOptions;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.http1.Http1ConnectionSelectorConfig;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Holds the TCP connections of HTTP/1.1 listeners to {@link ConnectionLimits}. The web server by
 * itself counts connections, and stops to accept when there are too many; this guard knows what
 * each of them is doing, closes those that have exceeded their time, and lets a new connection take
 * the place of one that only waits.
 */
public final class ConnectionGuard implements AutoCloseable {
  private static final byte[] CONTINUE = "HTTP/1.1 100 ".getBytes(StandardCharsets.US_ASCII);

  /** Octets of a request that is refused before its end are read up to here. */
  private static final long LINGER_OCTETS_MAX = 64L * 1024 * 1024;

  private final List<ConnectionTable> tables = new CopyOnWriteArrayList<>();
  private final Optional<ScheduledExecutorService> timer;

  private ConnectionGuard(Optional<ScheduledExecutorService> timer) {
    this.timer = timer;
  }

  /** A guard for which time passes by itself; to be closed with the listeners. */
  public static ConnectionGuard start() {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("connection-guard").factory());
    ConnectionGuard guard = new ConnectionGuard(Optional.of(timer));
    long period = ConnectionTable.TICK.toMillis();
    ScheduledFuture<?> _ =
        timer.scheduleAtFixedRate(guard::tick, period, period, TimeUnit.MILLISECONDS);
    return guard;
  }

  /** A guard for which time passes only with {@link #tick}. */
  static ConnectionGuard ticking() {
    return new ConnectionGuard(Optional.empty());
  }

  /**
   * Sets a listener up so that its connections keep to these limits, which are its own.
   *
   * @param <B> the builder of the listener
   */
  public <B extends ListenerConfig.BuilderBase<B, ?>> B protect(
      B listener, ConnectionLimits limits) {
    ConnectionTable table = new ConnectionTable(limits);
    tables.add(table);
    return listener
        .maxTcpConnections(-1)
        .idleConnectionTimeout(limits.idleMax().plus(ConnectionTable.TICK))
        .connectionOptions(new AcceptedSockets(SocketOptions.create(), table))
        .addConnectionSelector(
            new Selector(
                Http1ConnectionSelectorConfig.builder().config(Http1Config.create()).build(),
                table));
  }

  /** One unit of time passes. */
  void tick() {
    tables.forEach(ConnectionTable::tick);
  }

  /** The connections of all listeners. */
  public int connections() {
    return tables.stream().mapToInt(ConnectionTable::count).sum();
  }

  @Override
  public void close() {
    timer.ifPresent(ScheduledExecutorService::shutdownNow);
  }

  /** Sees each socket when it has been accepted; an exception from here closes it. */
  private record AcceptedSockets(SocketOptions options, ConnectionTable table)
      implements SocketOptions {
    @Override
    public void configureSocket(SocketChannel channel) {
      options.configureSocket(channel);
      try {
        SocketAddress peer = channel.getRemoteAddress();
        Object address = peer instanceof InetSocketAddress inet ? inet.getAddress() : peer;
        if (!table.admit(new TrackedConnection(peer, address, new Channel(channel)))) {
          throw new UncheckedIOException(new IOException("no room for a connection of " + address));
        }
      } catch (IOException alreadyGone) {
        throw new UncheckedIOException(alreadyGone);
      }
    }

    @Override
    public Map<SocketOption<?>, Object> socketOptions() {
      return options.socketOptions();
    }

    @Override
    public Duration connectTimeout() {
      return options.connectTimeout();
    }

    @Override
    public Duration readTimeout() {
      return options.readTimeout();
    }

    @Override
    public Optional<Integer> socketReceiveBufferSize() {
      return options.socketReceiveBufferSize();
    }

    @Override
    public Optional<Integer> socketSendBufferSize() {
      return options.socketSendBufferSize();
    }

    @Override
    public boolean socketReuseAddress() {
      return options.socketReuseAddress();
    }

    @Override
    public boolean socketKeepAlive() {
      return options.socketKeepAlive();
    }

    @Override
    public boolean tcpNoDelay() {
      return options.tcpNoDelay();
    }
  }

  private record Channel(SocketChannel channel) implements TrackedConnection.Socket {
    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException ignored) {
        // It is closed all the same, and there is nobody to tell.
      }
    }
  }

  /** Gives HTTP connections that tell the table what they are doing. */
  private record Selector(Http1ConnectionSelector http, ConnectionTable table)
      implements ServerConnectionSelector {
    @Override
    public int bytesToIdentifyConnection() {
      return http.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
      return http.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
      return http.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
      Optional<TrackedConnection> tracked = table.find(context.remotePeer().address());
      return tracked.isEmpty()
          ? http.connection(context)
          : new GuardedConnection(
              http.connection(new GuardedContext(context, table, tracked.get())),
              context.dataReader(),
              table,
              tracked.get());
    }
  }

  private static final class GuardedConnection
      implements ServerConnection, InterruptableTask<Void> {
    private final ServerConnection http;
    private final DataReader reader;
    private final ConnectionTable table;
    private final TrackedConnection tracked;
    private volatile boolean ending;

    GuardedConnection(
        ServerConnection http,
        DataReader reader,
        ConnectionTable table,
        TrackedConnection tracked) {
      this.http = http;
      this.reader = reader;
      this.table = table;
      this.tracked = tracked;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
      try {
        http.handle(limit);
        if (!ending && table.answeredEarly(tracked)) {
          linger();
        }
      } finally {
        table.left(tracked);
      }
    }

    /**
     * Reads and drops what the peer still sends: to close now would take the answer away from it
     * before it has read it. The time for an answer bounds the wait.
     */
    private void linger() {
      try {
        for (long dropped = 0; dropped < LINGER_OCTETS_MAX; ) {
          reader.ensureAvailable();
          int count = reader.available();
          reader.skip(count);
          dropped += count;
        }
      } catch (InsufficientDataAvailableException | UncheckedIOException end) {
        // The peer has read the answer, or is gone.
      }
    }

    @Override
    public Duration idleTime() {
      return http.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
      ending = true;
      http.close(interrupt);
    }

    @Override
    public boolean canInterrupt() {
      return table.answeredEarly(tracked)
          || (http instanceof InterruptableTask<?> task && task.canInterrupt());
    }
  }

  private static final class GuardedContext implements ConnectionContext {
    private final ConnectionContext context;
    private final DataReader reader;
    private final DataWriter writer;

    GuardedContext(ConnectionContext context, ConnectionTable table, TrackedConnection tracked) {
      this.context = context;
      DataReader source = context.dataReader();
      this.reader = DataReader.create(() -> read(source, table, tracked));
      this.writer = new GuardedWriter(context.dataWriter(), table, tracked);
    }

    /** Empty, as the web server's readers say it, where the peer sends nothing more. */
    private static byte @Nullable [] read(
        DataReader source, ConnectionTable table, TrackedConnection tracked) {
      table.awaitsPeer(tracked);
      try {
        source.ensureAvailable();
      } catch (InsufficientDataAvailableException end) {
        return null;
      }
      int count = source.available();
      table.received(tracked, count);
      return source.readBytes(count);
    }

    @Override
    public ListenerContext listenerContext() {
      return context.listenerContext();
    }

    @Override
    public ExecutorService executor() {
      return context.executor();
    }

    @Override
    public DataWriter dataWriter() {
      return writer;
    }

    @Override
    public DataReader dataReader() {
      return reader;
    }

    @Override
    public Router router() {
      return context.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
      return context.proxyProtocolData();
    }

    @Override
    public HelidonSocket serverSocket() {
      return context.serverSocket();
    }

    @Override
    public PeerInfo remotePeer() {
      return context.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
      return context.localPeer();
    }

    @Override
    public boolean isSecure() {
      return context.isSecure();
    }

    @Override
    public String socketId() {
      return context.socketId();
    }

    @Override
    public String childSocketId() {
      return context.childSocketId();
    }
  }

  private record GuardedWriter(DataWriter writer, ConnectionTable table, TrackedConnection tracked)
      implements DataWriter {
    @Override
    public void write(BufferData... buffers) {
      table.answers(tracked);
      writer.write(buffers);
    }

    @Override
    public void write(BufferData buffer) {
      answers(buffer);
      writer.write(buffer);
    }

    @Override
    public void writeNow(BufferData... buffers) {
      table.answers(tracked);
      writer.writeNow(buffers);
    }

    @Override
    public void writeNow(BufferData buffer) {
      answers(buffer);
      writer.writeNow(buffer);
    }

    @Override
    public void flush() {
      writer.flush();
    }

    @Override
    public void close() {
      writer.close();
    }

    /** To ask for the body, as "100 Continue" does, is no answer. */
    private void answers(BufferData buffer) {
      boolean asks = buffer.available() > CONTINUE.length;
      for (int i = 0; asks && i < CONTINUE.length; i++) {
        asks = buffer.get(i) == CONTINUE[i];
      }
      if (!asks) {
        table.answers(tracked);
      }
    }
  }
}
