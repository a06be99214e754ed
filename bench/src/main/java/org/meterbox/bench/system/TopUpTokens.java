// SPDX-License-Identifier: Apache-2.0
package org.meterbox.bench.system;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.meterbox.adapter.identity.UserIdentity;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.machine.StoredDevice;
import org.meterbox.devices.memory.MemoryFailureException;
import org.meterbox.devices.security.KeyUse;
import org.meterbox.gbcs.utrn.TokenCounter;
import org.meterbox.gbcs.utrn.TokenValue;
import org.meterbox.gbcs.utrn.Utrn;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.OriginatorCounter;

/** A supplier's prepayment tokens for one meter, a pound each. Safe for use by many threads. */
final class TopUpTokens {
  private static final int PENCE = 100;

  private final SharedSecret secret;
  private final Eui64 supplier;
  private final Eui64 meter;
  private final AtomicLong last;

  private TopUpTokens(SharedSecret secret, Eui64 supplier, Eui64 meter, long last) {
    this.secret = secret;
    this.supplier = supplier;
    this.meter = meter;
    this.last = new AtomicLong(last);
  }

  /**
   * Tokens whose counters begin after this one.
   *
   * @param last a number of 32 bits
   */
  static TopUpTokens of(UserIdentity supplier, StoredDevice<EsmeState> meter, long last)
      throws MemoryFailureException {
    byte[] certificate =
        Objects.requireNonNull(meter.state().certificates().get(KeyUse.KEY_AGREEMENT)).toArray();
    try {
      ECPublicKey key =
          (ECPublicKey)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(certificate))
                  .getPublicKey();
      return new TopUpTokens(
          supplier.prepaymentTopUp().orElseThrow().key().agree(key),
          supplier.id(),
          meter.id(),
          last);
    } catch (CertificateException e) {
      throw new IllegalStateException("the meter's certificate cannot be read", e);
    }
  }

  /**
   * One token.
   *
   * @param counter of the token and of the command that carries it
   * @param digits what the command carries
   */
  record Token(OriginatorCounter counter, String digits) {}

  Token next() {
    TokenCounter counter = new TokenCounter(last.incrementAndGet());
    Utrn token = Utrn.issue(secret, supplier, meter, counter, TokenValue.ofPence(PENCE));
    return new Token(counter.originatorCounter(), token.digits());
  }
}
