// SPDX-License-Identifier: Apache-2.0
package org.meterbox.http;

import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSessionContext;

/**
 * What a listener accepts in TLS handshakes; whatever is not named here is refused. Named curves
 * only, authenticated encryption only, and a bounded life of sessions (ETSI TR 103 118 clause 4.3
 * describes such a policy for the German gateway).
 *
 * @param versions versions of the protocol, by their names in the JDK
 * @param suites cipher suites, the preferred first
 * @param curves named groups of the key agreement, the preferred first
 * @param sessionLifeMax how long a session may be resumed before the peer has to prove again that
 *     it holds its key
 * @param sessionsMax sessions that are kept to be resumed
 */
public record TlsPolicy(
    List<String> versions,
    List<String> suites,
    List<String> curves,
    Duration sessionLifeMax,
    int sessionsMax) {
  private static final List<String> SUITES_1_3 =
      List.of("TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256");

  /**
   * The DCC User gateway. The real one is documented with TLS 1.2; client libraries of users still
   * speak it. All DCCKI keys are on the curve P-256.
   */
  public static final TlsPolicy DCC_USERS =
      new TlsPolicy(
          List.of("TLSv1.3", "TLSv1.2"),
          List.of(
              "TLS_AES_256_GCM_SHA384",
              "TLS_AES_128_GCM_SHA256",
              "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
              "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"),
          List.of("secp256r1", "secp384r1"),
          Duration.ofHours(1),
          10_000);

  /** Pages and API for people and programs, with today's browsers and tools: TLS 1.3 only. */
  public static final TlsPolicy PEOPLE =
      new TlsPolicy(
          List.of("TLSv1.3"),
          SUITES_1_3,
          List.of("secp256r1", "secp384r1", "x25519"),
          Duration.ofHours(1),
          1_000);

  /** Copies the lists. */
  public TlsPolicy {
    versions = List.copyOf(versions);
    suites = List.copyOf(suites);
    curves = List.copyOf(curves);
    if (versions.isEmpty() || suites.isEmpty() || curves.isEmpty()) {
      throw new IllegalArgumentException("a TLS policy names versions, suites and curves");
    }
    if (sessionLifeMax.toSeconds() < 1 || sessionsMax < 1) {
      // Zero means without bound to the JDK.
      throw new IllegalArgumentException("a TLS policy bounds sessions, by a second at least");
    }
  }

  /**
   * The listener's side of TLS under this policy.
   *
   * @param context presents the listener's certificate and decides whom to trust; its sessions are
   *     bounded here
   * @param clientAuth whether the peer must show a certificate
   */
  public Tls listening(SSLContext context, TlsClientAuth clientAuth) {
    SSLSessionContext sessions = context.getServerSessionContext();
    sessions.setSessionTimeout((int) sessionLifeMax.toSeconds());
    sessions.setSessionCacheSize(sessionsMax);
    SSLParameters parameters = context.getDefaultSSLParameters();
    parameters.setProtocols(versions.toArray(String[]::new));
    parameters.setCipherSuites(suites.toArray(String[]::new));
    parameters.setNamedGroups(curves.toArray(String[]::new));
    parameters.setUseCipherSuitesOrder(true);
    switch (clientAuth) {
      case REQUIRED -> parameters.setNeedClientAuth(true);
      case OPTIONAL -> parameters.setWantClientAuth(true);
      case NONE -> parameters.setNeedClientAuth(false);
    }
    return Tls.builder()
        .sslContext(context)
        .sslParameters(parameters)
        .clientAuth(clientAuth)
        .build();
  }
}
