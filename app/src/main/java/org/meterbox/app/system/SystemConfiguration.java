// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.system;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.http.ConnectionLimits;
import org.meterbox.portal.operations.OperationsService;

/**
 * How a system is started.
 *
 * @param data where it keeps everything
 * @param databaseUrl an external PostgreSQL; without it an embedded one is started
 * @param ports the ports to listen on
 * @param binding the interfaces to listen on
 * @param receivers where users' responses go, by participant; a participant without one gets a
 *     receiver of this system's own
 * @param boxed whether, and how, existing clients of the commercial emulator are served
 * @param connections TCP connections of each listener of the gateway, in all and from one address
 * @param meter what the electricity meter of the home measures; holds when it is first switched on
 * @param progress told in a few words of each step that may take a person's time
 */
public record SystemConfiguration(
    DataDirectory data,
    Optional<String> databaseUrl,
    Ports ports,
    Binding binding,
    Map<Participant, URI> receivers,
    Optional<Boxed> boxed,
    ConnectionLimits connections,
    EsmeVariant meter,
    Consumer<String> progress) {

  /**
   * Ports; 0 is any free one.
   *
   * @param gateway the DCC User gateway (HTTPS)
   * @param management health and metrics
   * @param repository the SMKI Repository's query interface
   * @param portal the SMKI Portal and its API (HTTPS)
   * @param operations the operations pages and their API
   * @param adapter the users' adapter, on the loopback interface only
   */
  public record Ports(
      int gateway, int management, int repository, int portal, int operations, int adapter) {
    /** Any free ports. */
    public static final Ports FREE = new Ports(0, 0, 0, 0, 0, 0);

    /** The usual ports; the repository's is the one that existing clients expect. */
    public static final Ports USUAL =
        new Ports(8443, 9079, 8083, 8444, OperationsService.PORT, 8445);
  }

  /**
   * The plain HTTP interface of the commercial emulator. Validity dates of certificates are not
   * enforced then.
   *
   * @param keyStore the published keys
   * @param port of the DUIS services
   * @param keysPort where client tools fetch the organisations' keys; without one it is {@link
   *     #KEYS_PORT} if this process may use it, and else {@link #KEYS_PORT_ELSE}
   */
  public record Boxed(Path keyStore, int port, Optional<Integer> keysPort) {
    /** How far ahead requests may be dated: client tools send examples that are dated 2030. */
    public static final Duration DATED_AHEAD_MAX = Duration.ofDays(10 * 365);

    /** Where client tools look for the organisations' keys. */
    public static final int KEYS_PORT = 80;

    /** Where they are instead for a process that may not use {@link #KEYS_PORT}. */
    public static final int KEYS_PORT_ELSE = 8081;
  }

  /** Copies the map. */
  public SystemConfiguration {
    receivers = Map.copyOf(receivers);
  }

  /** Reached from this machine only. */
  public SystemConfiguration(
      DataDirectory data,
      Optional<String> databaseUrl,
      Ports ports,
      Map<Participant, URI> receivers,
      Optional<Boxed> boxed,
      ConnectionLimits connections,
      Consumer<String> progress) {
    this(data, databaseUrl, ports, Binding.LOOPBACK, receivers, boxed, connections, progress);
  }

  /** With a meter of a single element. */
  public SystemConfiguration(
      DataDirectory data,
      Optional<String> databaseUrl,
      Ports ports,
      Binding binding,
      Map<Participant, URI> receivers,
      Optional<Boxed> boxed,
      ConnectionLimits connections,
      Consumer<String> progress) {
    this(
        data,
        databaseUrl,
        ports,
        binding,
        receivers,
        boxed,
        connections,
        EsmeVariant.SINGLE_ELEMENT,
        progress);
  }

  /** This with another kind of electricity meter. */
  public SystemConfiguration withMeter(EsmeVariant variant) {
    return new SystemConfiguration(
        data, databaseUrl, ports, binding, receivers, boxed, connections, variant, progress);
  }
}
