// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.users;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.UserRole;

/**
 * A DCC User as the DSP knows it: one user identifier with everything that is agreed about it.
 *
 * @param id the identifier that originates its Service Requests
 * @param name for people; never used in a decision
 * @param roles the roles it holds; the same identifier may hold several (for example IS and GS)
 * @param tlsIdentities further identities, beside its own, whose TLS certificates may post its
 *     requests, for example those of a shared service provider
 * @param receiveResponse where its responses and alerts are posted; none while it has not said
 * @param duisVersion the highest DUIS version it understands, for example {@code 5.4}
 */
public record DccUser(
    Eui64 id,
    String name,
    UserStatus status,
    Set<UserRole> roles,
    Set<Eui64> tlsIdentities,
    Optional<URI> receiveResponse,
    String duisVersion) {
  /** Identities beside its own that one user may entitle at most. */
  public static final int TLS_IDENTITIES_MAX = 16;

  /** Keeps unchangeable copies. */
  public DccUser {
    roles = Set.copyOf(roles);
    tlsIdentities = Set.copyOf(tlsIdentities);
    if (tlsIdentities.size() > TLS_IDENTITIES_MAX) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "a user entitles at most %d TLS identities", TLS_IDENTITIES_MAX));
    }
    if (!receiveResponse.map(DccUser::isWebAddress).orElse(true)) {
      throw new IllegalArgumentException(
          "a Receive Response address is http or https with a host: " + receiveResponse.get());
    }
  }

  /** Whether a connection with this TLS identity may bring the user's requests. */
  public boolean entitles(Eui64 tlsIdentity) {
    return id.equals(tlsIdentity) || tlsIdentities.contains(tlsIdentity);
  }

  private static boolean isWebAddress(URI address) {
    boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
    return web && address.getHost() != null;
  }
}
