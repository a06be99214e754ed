// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.system;

import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.meterbox.adapter.certificates.DspSigners;
import org.meterbox.adapter.certificates.RepositoryKeys;
import org.meterbox.adapter.certificates.SmkiRepositoryClient;
import org.meterbox.adapter.certificates.TrustedAuthorities;
import org.meterbox.adapter.identity.UserIdentity;
import org.meterbox.adapter.sending.CriticalCommand;
import org.meterbox.adapter.sending.GatewayConnection;
import org.meterbox.adapter.sending.RequestSender;
import org.meterbox.correlate.ParseAndCorrelate;
import org.meterbox.duis.signature.XmlVerifier;

/**
 * Everything that a DCC User works with: its keys, its connections to the gateway and to the SMKI
 * Repository, and Parse and Correlate.
 */
public final class UserDesk implements AutoCloseable {
  private final UserIdentity identity;
  private final SmkiRepositoryClient repository;
  private final GatewayConnection gateway;
  private final XmlVerifier dspVerifier;
  private final RequestSender sender;
  private final ParseAndCorrelate parseAndCorrelate;
  private final CriticalCommand critical;

  private UserDesk(
      UserIdentity identity,
      SmkiRepositoryClient repository,
      TrustedAuthorities authorities,
      GatewayConnection gateway) {
    this.identity = identity;
    this.repository = repository;
    this.gateway = gateway;
    this.dspVerifier = dspVerifier(repository, authorities);
    this.sender =
        new RequestSender(gateway, identity, dspVerifier, CentralParties.ACCESS_CONTROL_BROKER);
    this.parseAndCorrelate =
        new ParseAndCorrelate(new RepositoryKeys(identity, repository, authorities));
    this.critical =
        new CriticalCommand(sender, parseAndCorrelate, identity.digitalSignature().key());
  }

  /**
   * Opens a desk.
   *
   * @param tls the user's DCCKI key and trust; without it the gateway is spoken to in plain HTTP
   */
  public static UserDesk open(
      UserIdentity identity,
      URI gateway,
      URI repository,
      TrustedAuthorities authorities,
      Optional<SSLContext> tls) {
    return new UserDesk(
        identity,
        new SmkiRepositoryClient(repository),
        authorities,
        new GatewayConnection(gateway, tls));
  }

  /** Verifies what the DSP signs, with certificates from the repository. */
  static XmlVerifier dspVerifier(SmkiRepositoryClient repository, TrustedAuthorities authorities) {
    return new XmlVerifier(
        new DspSigners(repository, authorities, CentralParties.ACCESS_CONTROL_BROKER));
  }

  /** The user's keys. */
  public UserIdentity identity() {
    return identity;
  }

  /** Signs and sends. */
  public RequestSender sender() {
    return sender;
  }

  /** The way of critical requests. */
  public CriticalCommand critical() {
    return critical;
  }

  /** Reads device messages and checks Pre-Commands. */
  public ParseAndCorrelate parseAndCorrelate() {
    return parseAndCorrelate;
  }

  @Override
  public void close() {
    gateway.close();
    repository.close();
  }
}
