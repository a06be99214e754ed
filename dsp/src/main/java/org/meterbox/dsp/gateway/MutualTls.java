// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.gateway;

import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import org.meterbox.kernel.Eui64;
import org.meterbox.smki.dccki.TlsIdentity;
import org.meterbox.smki.dccki.TlsRevocation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells which organisation stands at the other end of a connection with mutual TLS. */
final class MutualTls {
  private static final Logger LOG = LoggerFactory.getLogger(MutualTls.class);

  private final TlsRevocation revocation;

  /** Certificates on these lists are not accepted. */
  MutualTls(TlsRevocation revocation) {
    this.revocation = revocation;
  }

  /** The organisation; where it is empty, the request has been answered with the reason. */
  Optional<Eui64> identify(ServerRequest request, ServerResponse response) {
    Optional<X509Certificate> certificate = certificate(request);
    Optional<Eui64> organisation = certificate.flatMap(TlsIdentity::of);
    if (certificate.isEmpty() || organisation.isEmpty()) {
      ServiceEndpoint.plain(
          response, Status.FORBIDDEN_403, "the TLS certificate names no organisation");
      return Optional.empty();
    }
    return isTurnedAway(certificate.get(), response) ? Optional.empty() : organisation;
  }

  /** Asked for each request: a connection may be older than the revocation. */
  private boolean isTurnedAway(X509Certificate certificate, ServerResponse response) {
    TlsRevocation.Status status = revocation.statusOf(certificate);
    if (status == TlsRevocation.Status.GOOD) {
      return false;
    }
    response.header(HeaderValues.CONNECTION_CLOSE);
    switch (status) {
      case REVOKED -> {
        LOG.info(
            "a request over the revoked TLS certificate {} was refused",
            certificate.getSerialNumber().toString(16));
        ServiceEndpoint.plain(
            response, Status.FORBIDDEN_403, "the TLS certificate has been revoked");
      }
      case UNKNOWN -> {
        LOG.error("no DCCKI revocation list is in force: requests over TLS are not taken");
        ServiceEndpoint.plain(
            response,
            Status.SERVICE_UNAVAILABLE_503,
            "no revocation list is in force; try again later");
      }
      case GOOD -> throw new AssertionError("nobody good is turned away");
    }
    return true;
  }

  private static Optional<X509Certificate> certificate(ServerRequest request) {
    return request
        .remotePeer()
        .tlsCertificates()
        .flatMap(chain -> Arrays.stream(chain).findFirst())
        .filter(X509Certificate.class::isInstance)
        .map((Certificate certificate) -> (X509Certificate) certificate);
  }
}
