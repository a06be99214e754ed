// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.meterbox.crypto.CryptoProviders;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * One entry of the audit log. Its hash covers its contents and the hash before it, so that nobody
 * can change, drop or insert an entry without changing every hash behind it.
 *
 * @param number counts entries from 1 without gaps
 * @param at when it was written, in whole microseconds
 * @param actor who acted, as a person would name them
 * @param action what was done
 * @param detail to what, in words; never a secret
 * @param previous the hash of the entry before, or 32 zero octets for the first
 * @param hash SHA-256 over the other fields
 */
public record AuditEntry(
    long number,
    Instant at,
    String actor,
    AuditAction action,
    String detail,
    Octets previous,
    Octets hash) {
  /** Longest name of an actor, in characters. */
  public static final int ACTOR_LENGTH_MAX = 128;

  /** Longest detail, in characters. */
  public static final int DETAIL_LENGTH_MAX = 2000;

  /** What stands before the first entry. */
  public static final Octets BEGINNING = Octets.of(new byte[32]);

  /** Refuses texts beyond their limits. */
  public AuditEntry {
    at = at.truncatedTo(ChronoUnit.MICROS);
    if (actor.isBlank()
        || actor.length() > ACTOR_LENGTH_MAX
        || detail.length() > DETAIL_LENGTH_MAX) {
      throw new IllegalArgumentException("an audit entry needs an actor, and texts within limits");
    }
  }

  /**
   * The entry that follows another one.
   *
   * @param lastHash the hash of the entry before, or {@link #BEGINNING} for the first
   */
  public static AuditEntry after(
      Octets lastHash, long number, Instant at, String actor, AuditAction action, String detail) {
    AuditEntry unhashed = new AuditEntry(number, at, actor, action, detail, lastHash, BEGINNING);
    return new AuditEntry(number, at, actor, action, detail, lastHash, unhashed.computeHash());
  }

  /** The hash that these contents have, whatever {@link #hash} says. */
  Octets computeHash() {
    byte[] actorOctets = actor.getBytes(StandardCharsets.UTF_8);
    byte[] actionOctets = action.name().getBytes(StandardCharsets.UTF_8);
    byte[] detailOctets = detail.getBytes(StandardCharsets.UTF_8);
    OctetWriter content = new OctetWriter(256);
    content.put(previous);
    content.u64(number);
    content.u64(ChronoUnit.MICROS.between(Instant.EPOCH, at));
    // Lengths keep apart what would otherwise run together.
    for (byte[] text : new byte[][] {actorOctets, actionOctets, detailOctets}) {
      content.u32(text.length);
      content.put(text);
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256", CryptoProviders.digest());
      return Octets.of(digest.digest(content.toOctets().toArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the provider knows no SHA-256", e);
    }
  }
}
