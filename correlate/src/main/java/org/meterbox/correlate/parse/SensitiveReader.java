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
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;

/**
 * Reads the encrypted parts of one message. All parts of a message have the same key; the verdict
 * speaks for all of them.
 */
final class SensitiveReader {
  private final PartyKeys keys;
  private final Secrets secrets;
  private final GroupingHeader header;
  private Verdict verdict = new Verdict.Absent();

  SensitiveReader(PartyKeys keys, Secrets secrets, GroupingHeader header) {
    this.keys = keys;
    this.secrets = secrets;
    this.header = header;
  }

  /** The plain text of a part; empty where no key at hand opens it. */
  Optional<Octets> open(Octets block) {
    Eui64 reader = reader();
    Eui64 device = header.messageId().originator();
    List<PartyCertificate> tried = new ArrayList<>(1);
    for (PartyCertificate certificate : keys.certificates(device, KeyUse.KEY_AGREEMENT)) {
      Optional<SharedSecret> secret = secrets.between(reader, certificate);
      if (secret.isEmpty()) {
        note(new Verdict.NoKey(reader, KeyUse.KEY_AGREEMENT));
        return Optional.empty();
      }
      try {
        Octets plainText = MessageProtection.decrypt(header, block, secret.get());
        note(new Verdict.Valid(certificate));
        return Optional.of(plainText);
      } catch (VerificationException notThisOne) {
        tried.add(certificate);
      }
    }
    note(
        tried.isEmpty()
            ? new Verdict.NoKey(device, KeyUse.KEY_AGREEMENT)
            : new Verdict.Invalid(tried));
    return Optional.empty();
  }

  /** What came of all parts so far: the worst of them. */
  Verdict verdict() {
    return verdict;
  }

  private void note(Verdict next) {
    if (rank(next) > rank(verdict)) {
      verdict = next;
    }
  }

  private static int rank(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Absent ignored -> 0;
      case Verdict.Valid ignored -> 1;
      case Verdict.NoKey ignored -> 2;
      case Verdict.Invalid ignored -> 3;
    };
  }

  /** For whom the content is encrypted: the party behind the broker, or the recipient. */
  private Eui64 reader() {
    return switch (header.otherInformation()) {
      case OtherInformation.CodeOnly ignored -> header.messageId().target();
      case OtherInformation.SupplementaryParty s -> s.party();
      case OtherInformation.OnBehalfOf o -> o.party();
      case OtherInformation.EncryptedFor e -> e.party();
      case OtherInformation.WithAgreementCertificate c -> c.party();
    };
  }
}
