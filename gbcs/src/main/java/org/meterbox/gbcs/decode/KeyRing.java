// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.decode;

import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.meterbox.crypto.AgreementKey;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.crypto.SharedSecrets;
import org.meterbox.crypto.SigningKey;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;

/**
 * The keys at hand, by the EUI-64 of their holders, and the secrets that two holders share as far
 * as the private key of one of them is here. Safe for use by many threads.
 */
public final class KeyRing {
  /** How many shared secrets are kept per private key; an older one is agreed on again. */
  public static final int MAX_SECRETS_PER_KEY = 10_000;

  private final Map<Eui64, ECPublicKey> signing;
  private final Map<Eui64, SigningKey> ownSigning;
  private final Map<Eui64, AgreementEntry> agreement;
  private final Map<Eui64, AgreementEntry> topUp;
  private final List<Broker> brokers;

  private KeyRing(Builder builder) {
    signing = Map.copyOf(builder.signing);
    ownSigning = Map.copyOf(builder.ownSigning);
    agreement = Collections.unmodifiableMap(entries(builder.agreement));
    topUp = Collections.unmodifiableMap(entries(builder.topUp));
    brokers = brokers(agreement);
  }

  /** No keys at all. */
  public static KeyRing empty() {
    return new Builder().build();
  }

  /** What is known of a holder's key agreement pair. */
  private record AgreementEntry(
      ECPublicKey publicKey, Optional<SharedSecrets> own, Optional<RemotePartyRole> role) {}

  /** The key with which a party's or device's signatures are verified. */
  public Optional<ECPublicKey> signingKey(Eui64 holder) {
    return Optional.ofNullable(signing.get(holder));
  }

  /** The key with which to sign in the holder's name. */
  public Optional<SigningKey> ownSigningKey(Eui64 holder) {
    return Optional.ofNullable(ownSigning.get(holder));
  }

  /**
   * The secret that two holders share; empty unless one's private and the other's public are here.
   */
  public Optional<SharedSecret> secret(Eui64 one, Eui64 other) {
    return secret(agreement.get(one), agreement.get(other));
  }

  /** The secret of prepayment tokens: of a supplier's top-up key and a meter's agreement key. */
  public Optional<SharedSecret> topUpSecret(Eui64 supplier, Eui64 meter) {
    return secret(topUp.get(supplier), agreement.get(meter));
  }

  /**
   * Who may have added the Access Control Broker's MAC: first whose certificate says so, then whose
   * key is here without a certificate.
   */
  public List<Broker> brokers() {
    return brokers;
  }

  private static List<Broker> brokers(Map<Eui64, AgreementEntry> agreement) {
    List<Broker> certified = new ArrayList<>();
    List<Broker> possible = new ArrayList<>();
    agreement.forEach((holder, entry) -> {
      if (entry.role().isEmpty()) {
        possible.add(new Broker(holder, false));
      } else if (entry.role().get() == RemotePartyRole.ACCESS_CONTROL_BROKER) {
        certified.add(new Broker(holder, true));
      }
    });
    certified.addAll(possible);
    return List.copyOf(certified);
  }

  /**
   * A holder that may be the Access Control Broker.
   *
   * @param certified whether its certificate says so
   */
  public record Broker(Eui64 id, boolean certified) {}

  private static Optional<SharedSecret> secret(
      @org.jspecify.annotations.Nullable AgreementEntry one,
      @org.jspecify.annotations.Nullable AgreementEntry other) {
    if (one == null || other == null) {
      return Optional.empty();
    }
    return one.own()
        .map(own -> own.with(other.publicKey()))
        .or(() -> other.own().map(own -> own.with(one.publicKey())));
  }

  private static Map<Eui64, AgreementEntry> entries(Map<Eui64, Builder.Pair> pairs) {
    Map<Eui64, AgreementEntry> entries = new TreeMap<>();
    pairs.forEach((holder, pair) ->
        pair.anyPublicKey()
            .ifPresent(key ->
                entries.put(
                    holder,
                    new AgreementEntry(
                        key,
                        pair.own.map(own -> new SharedSecrets(own, MAX_SECRETS_PER_KEY)),
                        pair.role))));
    return entries;
  }

  /** Collects keys. */
  public static final class Builder {
    private final Map<Eui64, ECPublicKey> signing = new HashMap<>();
    private final Map<Eui64, SigningKey> ownSigning = new HashMap<>();
    private final Map<Eui64, Pair> agreement = new HashMap<>();
    private final Map<Eui64, Pair> topUp = new HashMap<>();

    /** One holder's pair, as far as it is known. */
    private static final class Pair {
      private Optional<ECPublicKey> publicKey = Optional.empty();
      private Optional<AgreementKey> own = Optional.empty();
      private Optional<RemotePartyRole> role = Optional.empty();

      Optional<ECPublicKey> anyPublicKey() {
        return publicKey.or(() -> own.map(AgreementKey::publicKey));
      }
    }

    /** A public key for digital signatures. */
    public Builder signing(Eui64 holder, ECPublicKey key) {
      signing.put(holder, key);
      return this;
    }

    /** A private key for digital signatures; its public half counts where no other is given. */
    public Builder ownSigning(Eui64 holder, SigningKey key) {
      ownSigning.put(holder, key);
      signing.putIfAbsent(holder, key.publicKey());
      return this;
    }

    /** A public key for key agreement, with the role that its certificate names, if it has one. */
    public Builder agreement(Eui64 holder, ECPublicKey key, Optional<RemotePartyRole> role) {
      Pair pair = agreement.computeIfAbsent(holder, ignored -> new Pair());
      pair.publicKey = Optional.of(key);
      pair.role = role;
      return this;
    }

    /** A private key for key agreement. */
    public Builder ownAgreement(Eui64 holder, AgreementKey key) {
      agreement.computeIfAbsent(holder, ignored -> new Pair()).own = Optional.of(key);
      return this;
    }

    /** A supplier's public key for prepayment tokens. */
    public Builder topUp(Eui64 supplier, ECPublicKey key) {
      topUp.computeIfAbsent(supplier, ignored -> new Pair()).publicKey = Optional.of(key);
      return this;
    }

    /** A supplier's private key for prepayment tokens. */
    public Builder ownTopUp(Eui64 supplier, AgreementKey key) {
      topUp.computeIfAbsent(supplier, ignored -> new Pair()).own = Optional.of(key);
      return this;
    }

    /** The keys collected so far. */
    public KeyRing build() {
      return new KeyRing(this);
    }
  }
}
