// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.correlate.Verdict;
import org.meterbox.correlate.keys.KeyUse;
import org.meterbox.correlate.keys.PartyCertificate;
import org.meterbox.correlate.keys.PartyKeys;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.crypto.VerificationException;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;

/**
 * Checks who made a message: its MAC under the secret of originator and recipient, its signature
 * under the originator's key (GBCS sections 4 to 7).
 */
final class OriginCheck {
  private static final Verdict ABSENT = new Verdict.Absent();

  private final PartyKeys keys;
  private final Secrets secrets;

  OriginCheck(PartyKeys keys, Secrets secrets) {
    this.keys = keys;
    this.secrets = secrets;
  }

  Verdict mac(GbcsMessage message) {
    return switch (message) {
      case GbcsMessage.Response response -> mac(response.content(), response.mac());
      case GbcsMessage.Alert alert -> mac(alert.content(), alert.mac());
      // The MAC of a command is between the Access Control Broker and the device, neither of which
      // reads here.
      case GbcsMessage.Command command ->
          new Verdict.NoKey(command.header().messageId().target(), KeyUse.KEY_AGREEMENT);
      case GbcsMessage.DirectCommand ignored -> ABSENT;
      case GbcsMessage.PreCommand ignored -> ABSENT;
      case GbcsMessage.SignedPreCommand ignored -> ABSENT;
      case GbcsMessage.UnsecuredCommand ignored -> ABSENT;
    };
  }

  private Verdict mac(GroupedContent content, Optional<Octets> mac) {
    if (mac.isEmpty()) {
      return ABSENT;
    }
    Eui64 device = content.header().messageId().originator();
    Eui64 reader = content.header().messageId().target();
    List<PartyCertificate> tried = new ArrayList<>(1);
    for (PartyCertificate certificate : keys.certificates(device, KeyUse.KEY_AGREEMENT)) {
      Optional<SharedSecret> secret = secrets.between(reader, certificate);
      if (secret.isEmpty()) {
        return new Verdict.NoKey(reader, KeyUse.KEY_AGREEMENT);
      }
      try {
        MessageProtection.verifyMac(content, mac.get(), secret.get());
        return new Verdict.Valid(certificate);
      } catch (VerificationException notThisOne) {
        tried.add(certificate);
      }
    }
    return noneOf(tried, device, KeyUse.KEY_AGREEMENT);
  }

  Verdict signature(GroupedContent content) {
    if (content.signature().isEmpty()) {
      return ABSENT;
    }
    Eui64 signer = content.header().messageId().originator();
    List<PartyCertificate> tried = new ArrayList<>(1);
    for (PartyCertificate certificate : keys.certificates(signer, KeyUse.DIGITAL_SIGNATURE)) {
      try {
        MessageProtection.verifySignature(content, certificate.publicKey());
        return new Verdict.Valid(certificate);
      } catch (VerificationException notThisOne) {
        tried.add(certificate);
      }
    }
    return noneOf(tried, signer, KeyUse.DIGITAL_SIGNATURE);
  }

  private static Verdict noneOf(List<PartyCertificate> tried, Eui64 holder, KeyUse use) {
    return tried.isEmpty() ? new Verdict.NoKey(holder, use) : new Verdict.Invalid(tried);
  }
}
