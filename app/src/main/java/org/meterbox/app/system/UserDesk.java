// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.system;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.meterbox.adapter.certificates.DspSigners;
import org.meterbox.adapter.certificates.RepositoryKeys;
import org.meterbox.adapter.certificates.SmkiRepositoryClient;
import org.meterbox.adapter.certificates.TrustedAuthorities;
import org.meterbox.adapter.identity.UserIdentity;
import org.meterbox.adapter.requests.DccUser;
import org.meterbox.adapter.sending.CriticalCommand;
import org.meterbox.adapter.sending.GatewayConnection;
import org.meterbox.adapter.sending.RequestSender;
import org.meterbox.correlate.ParseAndCorrelate;
import org.meterbox.correlate.check.DeviceTypes;
import org.meterbox.correlate.check.SenderTimes;
import org.meterbox.duis.signature.XmlVerifier;

/**
 * Everything that a DCC User works with: its keys, its connections to the gateway and to the SMKI
 * Repository, and Parse and Correlate.
 */
public final class UserDesk implements AutoCloseable {
  /**
   * How far from the user's clock a Pre-Command may be dated. It is made while the user waits, but
   * clocks differ; a gas meter refuses what is older than what it was told last.
   */
  public static final Duration SENDER_TIME_TOLERANCE = Duration.ofMinutes(15);

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
      GatewayConnection gateway,
      InstantSource clock) {
    this.identity = identity;
    this.repository = repository;
    this.gateway = gateway;
    this.dspVerifier = dspVerifier(repository, authorities);
    this.sender =
        new RequestSender(gateway, identity, dspVerifier, CentralParties.ACCESS_CONTROL_BROKER);
    this.parseAndCorrelate =
        new ParseAndCorrelate(
            new RepositoryKeys(identity, repository, authorities, clock),
            ParseAndCorrelate.DEFAULT_MAX_DEVICES,
            SenderTimes.near(clock, SENDER_TIME_TOLERANCE),
            DeviceTypes.unknown());
    this.critical =
        new CriticalCommand(sender, parseAndCorrelate, identity.digitalSignature().key());
  }

  /**
   * Opens a desk.
   *
   * @param tls the user's DCCKI key and trust; without it the gateway is spoken to in plain HTTP
   * @param clock the user's own: commands that the DSP dates far from it are not signed
   */
  public static UserDesk open(
      UserIdentity identity,
      URI gateway,
      URI repository,
      TrustedAuthorities authorities,
      Optional<SSLContext> tls,
      InstantSource clock) {
    return new UserDesk(
        identity,
        new SmkiRepositoryClient(repository),
        authorities,
        new GatewayConnection(gateway, tls),
        clock);
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

  /** The same for the adapter's service. */
  public DccUser dccUser(Participant participant) {
    return new DccUser(
        participant.name(), participant.roles(), identity, sender, critical, parseAndCorrelate);
  }

  /** Verifies what the DSP signs. */
  public XmlVerifier dspVerifier() {
    return dspVerifier;
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
