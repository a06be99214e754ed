// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.parse;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.meterbox.correlate.keys.PartyCertificate;
import org.meterbox.correlate.keys.PartyKeys;
import org.meterbox.crypto.AgreementKey;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.crypto.SharedSecrets;
import org.meterbox.kernel.Eui64;

/** The secrets that the readers of messages share with devices, kept within a bound. */
final class Secrets {
  /** The most parties for which one program reads messages; a further one is not remembered. */
  private static final int MAX_READERS = 64;

  private final PartyKeys keys;
  private final int maxDevices;
  private final Map<Eui64, Reader> readers = new ConcurrentHashMap<>();

  Secrets(PartyKeys keys, int maxDevices) {
    this.keys = keys;
    this.maxDevices = maxDevices;
  }

  /** The secret of a reader with the holder of a certificate; empty without the reader's key. */
  Optional<SharedSecret> between(Eui64 reader, PartyCertificate device) {
    return reader(reader).map(own -> own.secrets().with(device.publicKey()));
  }

  private Optional<Reader> reader(Eui64 party) {
    Optional<AgreementKey> key = keys.agreementKey(party);
    if (key.isEmpty()) {
      return Optional.empty();
    }
    Reader known = readers.get(party);
    if (known != null && known.key().equals(key.get())) {
      return Optional.of(known);
    }
    // A key that was replaced takes its secrets along.
    Reader fresh = new Reader(key.get(), new SharedSecrets(key.get(), maxDevices));
    if (known != null || readers.size() < MAX_READERS) {
      readers.put(party, fresh);
    }
    return Optional.of(fresh);
  }

  private record Reader(AgreementKey key, SharedSecrets secrets) {}
}
