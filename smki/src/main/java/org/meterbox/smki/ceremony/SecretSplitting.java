// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.ceremony;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.crypto.threshold.ShamirSecretSplitter;
import org.bouncycastle.crypto.threshold.ShamirSplitSecret;
import org.bouncycastle.crypto.threshold.ShamirSplitSecretShare;
import org.meterbox.kernel.Octets;

/**
 * Splits a secret among custodians so that a threshold of them has it and one fewer has nothing
 * (Shamir's secret sharing over GF(2^8), by Bouncy Castle).
 */
public final class SecretSplitting {
  private static final ShamirSecretSplitter.Algorithm FIELD = ShamirSecretSplitter.Algorithm.AES;

  private SecretSplitting() {}

  /**
   * A secret in parts.
   *
   * @param shares in the order of the custodians
   */
  public record Split(Custody custody, List<Share> shares) {
    /** Keeps the list as it is now. */
    public Split {
      shares = List.copyOf(shares);
    }
  }

  /**
   * Splits a secret.
   *
   * @throws IllegalArgumentException where threshold and names contradict each other
   */
  public static Split split(byte[] secret, int threshold, List<String> names, SecureRandom random) {
    Custody.requireSizes(threshold, names);
    byte[] set = new byte[Custody.SET_OCTETS];
    random.nextBytes(set);
    ShamirSplitSecretShare[] parts =
        ShamirSecretSplitter.getInstance(FIELD, secret.length, random)
            .resplit(secret, threshold, names.size())
            .getSecretShares();
    List<Share> shares = new ArrayList<>();
    List<Custody.Custodian> custodians = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      Share share = new Share(Octets.of(set), names.get(i), encoded(parts[i]));
      shares.add(share);
      custodians.add(new Custody.Custodian(i + 1, share.custodian(), share.digest()));
    }
    return new Split(new Custody(Octets.of(set), threshold, custodians), shares);
  }

  /** What stands against one share, if anything. */
  static Optional<CeremonyRule.Broken> faultOf(Custody custody, Share share) {
    if (!share.set().equals(custody.set())) {
      return Optional.of(
          CeremonyRule.SET.broken("the share of " + share.custodian() + " is of another set"));
    }
    Optional<Custody.Custodian> custodian = custody.custodian(share.custodian());
    if (custodian.isEmpty()) {
      return Optional.of(CeremonyRule.CUSTODIAN.broken(share.custodian() + " is no custodian"));
    }
    return custodian.get().digest().equals(share.digest())
        ? Optional.empty()
        : Optional.of(
            CeremonyRule.SHARE.broken("the share of " + share.custodian() + " is a wrong one"));
  }

  /** What joining came to. */
  sealed interface Joining {
    /** The secret; whoever has it wipes it. */
    record Joined(Octets secret) implements Joining {
      @Override
      public String toString() {
        return "Joined[redacted]";
      }
    }

    /** Nothing. */
    record Refused(CeremonyRule.Broken broken) implements Joining {}
  }

  /** Joins shares; more than needed do no harm, as long as each is right. */
  static Joining join(Custody custody, List<Share> shares) {
    Set<String> present = new HashSet<>();
    for (Share share : shares) {
      Optional<CeremonyRule.Broken> fault = faultOf(custody, share);
      if (fault.isPresent()) {
        return new Joining.Refused(fault.get());
      }
      present.add(share.custodian());
    }
    if (present.size() < custody.threshold()) {
      return new Joining.Refused(
          CeremonyRule.QUORUM.broken(
              String.format(
                  Locale.ROOT,
                  "%d of %d custodians are needed, %d came",
                  custody.threshold(),
                  custody.custodians().size(),
                  present.size())));
    }
    return new Joining.Joined(joined(custody, shares));
  }

  private static Octets joined(Custody custody, List<Share> shares) {
    List<ShamirSplitSecretShare> parts = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (Share share : shares) {
      if (parts.size() < custody.threshold() && taken.add(share.custodian())) {
        int number = custody.custodian(share.custodian()).orElseThrow().number();
        parts.add(new ShamirSplitSecretShare(share.part().toArray(), number));
      }
    }
    try {
      return Octets.of(
          ShamirSplitSecret.getInstance(FIELD, parts.toArray(ShamirSplitSecretShare[]::new))
              .getSecret());
    } catch (IOException e) {
      throw new IllegalStateException("shares in memory cannot be read", e);
    }
  }

  private static Octets encoded(ShamirSplitSecretShare part) {
    try {
      return Octets.of(part.getEncoded());
    } catch (IOException e) {
      throw new IllegalStateException("a share in memory cannot be written", e);
    }
  }
}
