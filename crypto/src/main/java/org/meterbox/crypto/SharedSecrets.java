// SPDX-License-Identifier: Apache-2.0
package org.meterbox.crypto;

import java.security.interfaces.ECPublicKey;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps the static shared secrets of one private key with its peers, so that the elliptic curve
 * work is done once per pair of parties. Holds at most a given number and forgets the least
 * recently used. Safe for use by many threads.
 */
public final class SharedSecrets {
  private final AgreementKey own;
  private final Map<ECPublicKey, SharedSecret> byPeer;

  /**
   * An empty cache.
   *
   * @param maxPeers how many secrets are kept at most, one or more
   */
  public SharedSecrets(AgreementKey own, int maxPeers) {
    if (maxPeers < 1) {
      throw new IllegalArgumentException("room for at least one secret is needed");
    }
    this.own = own;
    this.byPeer =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<ECPublicKey, SharedSecret> eldest) {
            return size() > maxPeers;
          }
        };
  }

  /** The secret shared with the peer, agreed on now or taken from the cache. */
  public SharedSecret with(ECPublicKey peer) {
    synchronized (byPeer) {
      SharedSecret known = byPeer.get(peer);
      if (known != null) {
        return known;
      }
    }
    SharedSecret agreed = own.agree(peer);
    synchronized (byPeer) {
      byPeer.put(peer, agreed);
    }
    return agreed;
  }

  /** The private key's public half. */
  public ECPublicKey ownPublicKey() {
    return own.publicKey();
  }
}
