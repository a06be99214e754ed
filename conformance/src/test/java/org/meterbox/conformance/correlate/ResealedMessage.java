// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.correlate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.meterbox.correlate.keys.KeyUse;
import org.meterbox.correlate.keys.PartyCertificate;
import org.meterbox.correlate.keys.PartyKeys;
import org.meterbox.crypto.AgreementKey;
import org.meterbox.crypto.DerivedKey;
import org.meterbox.crypto.KeyPurpose;
import org.meterbox.crypto.MessageMac;
import org.meterbox.crypto.SensitiveContent;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.crypto.VerificationException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/**
 * A device message taken apart into the octets that anybody can read and those that are closed,
 * with which a device could have sent other values: closed parts are closed again and the MAC is
 * made again, by the secret that the published private keys of the parties give.
 */
final class ResealedMessage {
  /** Octets in which values stand: the message's own, or those of a closed part. */
  static final class Space {
    private final byte[] octets;
    private final List<OctetWalk.Place> places;
    private final Optional<OctetWalk.Closed> at;

    private Space(byte[] octets, List<OctetWalk.Place> places, Optional<OctetWalk.Closed> at) {
      this.octets = octets;
      this.places = places;
      this.at = at;
    }

    byte[] octets() {
      return octets.clone();
    }

    List<OctetWalk.Place> places() {
      return places;
    }
  }

  private final PartyKeys keys;
  private final byte[] message;
  private final List<Space> spaces = new ArrayList<>();

  ResealedMessage(Octets message, PartyKeys keys) throws VerificationException {
    this.keys = keys;
    this.message = message.toArray();
    OctetWalk walk = OctetWalk.ofMessage(this.message);
    spaces.add(new Space(this.message, walk.places(), Optional.empty()));
    for (OctetWalk.Closed closed : walk.closed()) {
      byte[] plainText =
          SensitiveContent.decrypt(encryption(), message.slice(closed.from(), closed.to()))
              .toArray();
      spaces.add(
          new Space(
              plainText,
              OctetWalk.ofPlainText(plainText, closed.zigbee()).places(),
              Optional.of(closed)));
    }
  }

  List<Space> spaces() {
    return spaces;
  }

  /** The message with other octets in one of its spaces. */
  Octets with(Space space, byte[] octets) {
    byte[] changed = message.clone();
    if (space.at.isEmpty()) {
      System.arraycopy(octets, 0, changed, 0, octets.length);
    } else {
      OctetWalk.Closed closed = space.at.get();
      byte[] block = SensitiveContent.encrypt(encryption(), Octets.of(octets)).toArray();
      System.arraycopy(block, 0, changed, closed.from(), block.length);
    }
    if (changed[0] == (byte) 0xDD && spaces.size() > 1) {
      int end = changed.length - MessageMac.OCTETS;
      byte[] mac =
          MessageMac.compute(
                  DerivedKey.derive(secret(recipient()), purpose(), header()),
                  Octets.of(Arrays.copyOfRange(changed, start(), end)))
              .toArray();
      System.arraycopy(mac, 0, changed, end, mac.length);
    }
    return Octets.of(changed);
  }

  /** Whether reading it takes keys. */
  boolean hasClosedParts() {
    return spaces.size() > 1;
  }

  private int start() {
    if (message[0] != (byte) 0xDD) {
      return 0;
    }
    int first = message[7] & 0xFF;
    return 7 + 1 + (first < 0x80 ? 0 : first - 0x80) + 5;
  }

  private long u64(int at) {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = (value << 8) | (message[at + i] & 0xFF);
    }
    return value;
  }

  private Eui64 recipient() {
    return new Eui64(u64(start() + 21));
  }

  private MessageId header() {
    int start = start();
    return new MessageId(
        new Eui64(u64(start + 12)), recipient(), new OriginatorCounter(u64(start + 3)));
  }

  private KeyPurpose purpose() {
    return message[start() + 2] == 2 ? KeyPurpose.RESPONSE : KeyPurpose.ALERT;
  }

  /** For the supplementary party and with its counter, where the message names them. */
  private DerivedKey encryption() {
    MessageId header = header();
    int at = start() + 29;
    at += 1 + message[at];
    int length = message[at];
    Eui64 party = length >= 18 ? new Eui64(u64(at + 3)) : recipient();
    long counter = length == 26 ? u64(at + 19) : header.counter().value();
    return DerivedKey.derive(
        secret(party),
        KeyPurpose.ENCRYPTION,
        new MessageId(header.originator(), party, new OriginatorCounter(counter)));
  }

  private SharedSecret secret(Eui64 party) {
    AgreementKey own = keys.agreementKey(party).orElseThrow();
    PartyCertificate device =
        keys.certificates(header().originator(), KeyUse.KEY_AGREEMENT).getFirst();
    return own.agree(device.publicKey());
  }
}
