// SPDX-License-Identifier: Apache-2.0
package org.meterbox.bench.gbcs;

import java.security.SecureRandom;
import org.meterbox.bench.measure.Stopwatch;
import org.meterbox.crypto.DerivedKey;
import org.meterbox.crypto.KeyPurpose;
import org.meterbox.crypto.MessageMac;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.crypto.Signatures;
import org.meterbox.crypto.VerificationException;
import org.meterbox.gbcs.decode.DecodedMessage;
import org.meterbox.gbcs.decode.MessageVerifier;
import org.meterbox.gbcs.decode.Verification;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;

/**
 * Decoding and checking, each beside its limit: the same cryptography on the same octets with
 * nothing around it.
 */
final class GbcsOperations {
  static final String DECODE_COMMAND = "decode read command";
  static final String DECODE_RESPONSE = "decode read response";
  static final String DECODE_CRITICAL = "decode critical command";
  static final String MAC_WARM = "decode, MAC, warm";
  static final String MAC_WARM_LIMIT = "KDF and GMAC alone";
  static final String MAC_COLD = "decode, MAC, cold";
  static final String MAC_COLD_LIMIT = "ECDH, KDF and GMAC alone";
  static final String SIGNATURE = "decode, signature";
  static final String SIGNATURE_LIMIT = "ECDSA verification alone";

  private final SampleExchange exchange = new SampleExchange(new SecureRandom());
  private final MessageVerifier verifier = new MessageVerifier(exchange.keys());
  private final SharedSecret secret = exchange.broker.agree(exchange.meter.publicKey());

  private final Octets readCommand = exchange.readCommand();
  private final Octets readResponse = exchange.readResponse();
  private final Octets criticalCommand = exchange.closeSwitchCommand();

  private final GbcsMessage.Command maced = command(readCommand);
  private final GroupedContent signed = command(criticalCommand).content();
  private final byte[] signedOctets = signed.signedOctets().toArray();

  /** Adds all operations. */
  void addTo(Stopwatch stopwatch) {
    stopwatch
        .add(DECODE_COMMAND, () -> DecodedMessage.decode(readCommand))
        .add(DECODE_RESPONSE, () -> DecodedMessage.decode(readResponse))
        .add(DECODE_CRITICAL, () -> DecodedMessage.decode(criticalCommand))
        .add(MAC_WARM, this::decodeAndMac)
        .add(MAC_WARM_LIMIT, () -> macAlone(secret))
        .add(MAC_COLD, this::decodeAndAgree)
        .add(MAC_COLD_LIMIT, () -> macAlone(exchange.broker.agree(exchange.meter.publicKey())))
        .add(SIGNATURE, this::decodeAndSignature)
        .add(SIGNATURE_LIMIT, this::signatureAlone);
  }

  private Verification decodeAndMac() throws DecodeException, VerificationException {
    Verification verification = verifier.verify(DecodedMessage.decode(readCommand));
    if (verification.mac() != Verification.Verdict.VALID) {
      throw new VerificationException("the MAC of our own message does not hold");
    }
    return verification;
  }

  private DecodedMessage decodeAndAgree() throws DecodeException, VerificationException {
    DecodedMessage message = DecodedMessage.decode(readCommand);
    SharedSecret agreed = exchange.broker.agree(exchange.meter.publicKey());
    MessageProtection.verifyMac(message.message().content(), maced.mac(), agreed);
    return message;
  }

  private DecodedMessage decodeAndSignature() throws DecodeException, VerificationException {
    DecodedMessage message = DecodedMessage.decode(criticalCommand);
    MessageProtection.verifySignature(
        message.message().content(), exchange.supplierSigning.publicKey());
    return message;
  }

  private DerivedKey macAlone(SharedSecret known) throws VerificationException {
    DerivedKey key = DerivedKey.derive(known, KeyPurpose.COMMAND, maced.header().messageId());
    MessageMac.verify(key, maced.content().octets(), maced.mac());
    return key;
  }

  private byte[] signatureAlone() throws VerificationException {
    Signatures.verify(
        exchange.supplierSigning.publicKey(), signedOctets, signed.signature().orElseThrow());
    return signedOctets;
  }

  private static GbcsMessage.Command command(Octets octets) {
    try {
      return (GbcsMessage.Command) GbcsMessage.decode(octets);
    } catch (DecodeException ownMessage) {
      throw new IllegalStateException("our own message cannot be read", ownMessage);
    }
  }
}
