// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.UserRole;

/**
 * What a translation needs and the request does not say: facts that the DSP supplies.
 *
 * @param now the time of translation; ZigBee commands carry it as their issuer's event identifier
 * @param requester in which role the user sends, where some use cases differ by it
 * @param inventory the other devices that the request names, as far as they are known
 * @param customerIdentificationNumber four ASCII digits for service request 9.1
 * @param storedLog the stored log of the device that a restored one replaces (8.12.1 and 8.12.2)
 */
public record TranslationContext(
    Instant now,
    Optional<UserRole> requester,
    Map<Eui64, NamedDevice> inventory,
    Optional<Octets> customerIdentificationNumber,
    Optional<StoredLog> storedLog) {
  /** Copies the map. */
  public TranslationContext {
    inventory = Map.copyOf(inventory);
  }

  /** The time only. */
  public static TranslationContext at(Instant now) {
    return new TranslationContext(
        now, Optional.empty(), Map.of(), Optional.empty(), Optional.empty());
  }

  /** The same with the user's role. */
  public TranslationContext requestedBy(UserRole role) {
    return new TranslationContext(
        now, Optional.of(role), inventory, customerIdentificationNumber, storedLog);
  }

  /** The same with the devices that the request may name. */
  public TranslationContext knowing(Map<Eui64, NamedDevice> devices) {
    return new TranslationContext(now, requester, devices, customerIdentificationNumber, storedLog);
  }

  /** The same with the number that the customer is to read out. */
  public TranslationContext withCustomerIdentificationNumber(Octets digits) {
    return new TranslationContext(now, requester, inventory, Optional.of(digits), storedLog);
  }

  /** The same with a device log to be restored. */
  public TranslationContext restoring(StoredLog log) {
    return new TranslationContext(
        now, requester, inventory, customerIdentificationNumber, Optional.of(log));
  }

  /** Whether a network operator sends. */
  public boolean fromNetworkOperator() {
    return requester.filter(role -> role == UserRole.ED || role == UserRole.GT).isPresent();
  }

  /**
   * Another device of the inventory.
   *
   * @param agreementCertificate its key agreement certificate (DER), needed for CS03C
   */
  public record NamedDevice(DeviceType type, Optional<Octets> agreementCertificate) {}

  /** The device log that a hub part last reported. */
  public sealed interface StoredLog {
    /**
     * A hub's log (CS14 alert).
     *
     * @param extendedPanId eight octets
     */
    record OfHub(Octets extendedPanId, List<LinkKeyHash> entries) implements StoredLog {
      /** Copies the list. */
      public OfHub {
        entries = List.copyOf(entries);
      }
    }

    /** A gas proxy's log (GCS62 alert). */
    record OfGasProxy(List<JoinedDevice> entries) implements StoredLog {
      /** Copies the list. */
      public OfGasProxy {
        entries = List.copyOf(entries);
      }
    }

    /**
     * A device with the hash of its link key.
     *
     * @param hash 16 octets, or none before a key was agreed
     */
    record LinkKeyHash(Eui64 device, Octets hash) {}

    /**
     * A device that the gas proxy speaks to.
     *
     * @param typeCode the device type's number in GBCS's ASN.1
     */
    record JoinedDevice(Eui64 device, int typeCode) {}
  }
}
