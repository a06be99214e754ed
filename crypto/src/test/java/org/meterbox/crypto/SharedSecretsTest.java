// SPDX-License-Identifier: Apache-2.0
package org.meterbox.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SharedSecretsTest {
  /** Counts how often the elliptic curve work is done. */
  private static final class CountingKey implements AgreementKey {
    private final AgreementKey key = SoftwareAgreementKey.of(P256.generate(new SecureRandom()));
    private final AtomicInteger agreements = new AtomicInteger();

    @Override
    public SharedSecret agree(ECPublicKey peer) {
      agreements.incrementAndGet();
      return key.agree(peer);
    }

    @Override
    public ECPublicKey publicKey() {
      return key.publicKey();
    }
  }

  private final CountingKey own = new CountingKey();

  private static ECPublicKey peer() {
    return P256.publicKey(P256.generate(new SecureRandom()).getPublic());
  }

  // The point of the cache: the second message of a pair of parties costs no curve work.
  @Test
  void agreesOncePerPeer() {
    SharedSecrets secrets = new SharedSecrets(own, 10);
    ECPublicKey meter = peer();
    // The same key as another object, as it comes out of another certificate object.
    ECPublicKey again = P256.publicKey(meter.getW().getAffineX(), meter.getW().getAffineY());
    assertThat(secrets.with(meter)).isSameAs(secrets.with(again));
    assertThat(own.agreements).hasValue(1);
    assertThat(secrets.ownPublicKey()).isEqualTo(own.publicKey());
  }

  // Millions of meters must not fill the memory: the one not used for longest goes first.
  @Test
  void forgetsTheLeastRecentlyUsed() {
    SharedSecrets secrets = new SharedSecrets(own, 2);
    List<ECPublicKey> meters = Stream.generate(SharedSecretsTest::peer).limit(3).toList();
    secrets.with(meters.get(0));
    secrets.with(meters.get(1));
    secrets.with(meters.get(0));
    secrets.with(meters.get(2));
    assertThat(own.agreements).hasValue(3);
    secrets.with(meters.get(0));
    secrets.with(meters.get(2));
    assertThat(own.agreements).hasValue(3);
    secrets.with(meters.get(1));
    assertThat(own.agreements).hasValue(4);
  }

  @Test
  void refusesABoundThatKeepsNothing() {
    assertThatThrownBy(() -> new SharedSecrets(own, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // Many links at once: every thread gets the right secret, whatever the others evict.
  @Test
  void servesManyThreads() throws InterruptedException, ExecutionException {
    SharedSecrets secrets = new SharedSecrets(own, 4);
    List<ECPublicKey> meters = Stream.generate(SharedSecretsTest::peer).limit(8).toList();
    List<byte[]> expected = meters.stream().map(meter -> own.agree(meter).octets()).toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> checks = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        int meter = i % meters.size();
        checks.add(
            threads.submit(() ->
                java.util.Arrays.equals(
                    secrets.with(meters.get(meter)).octets(), expected.get(meter))));
      }
      for (Future<Boolean> check : checks) {
        assertThat(check.get()).isTrue();
      }
    }
  }
}
