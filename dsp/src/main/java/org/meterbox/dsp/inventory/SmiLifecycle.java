// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.inventory;

import java.time.Period;
import java.util.Optional;
import java.util.Set;
import org.meterbox.kernel.DeviceType;

/**
 * How the status of a device in the Smart Metering Inventory moves (DUIS 5.4, DeviceStatus; the
 * statuses are published, which trigger leads where is put together from the services that name
 * them). Type 2 devices (IHD, CAD) have no status and never move.
 */
public final class SmiLifecycle {
  /** How long a device may stay announced without being installed: about a year. */
  public static final Period PENDING_MAX = Period.ofMonths(12);

  private static final Set<DeviceType> HUB_PARTS = Set.of(DeviceType.CHF, DeviceType.GPF);
  private static final Set<DeviceType> METERS = Set.of(DeviceType.ESME, DeviceType.GSME);
  private static final Set<DeviceType> JOINING =
      Set.of(DeviceType.PPMID, DeviceType.HCALCS, DeviceType.GPF);

  private SmiLifecycle() {}

  /** Whether devices of this type have a status at all. */
  public static boolean hasStatus(DeviceType type) {
    return switch (type) {
      case ESME, GSME, GPF, CHF, HCALCS, PPMID -> true;
      case IHD, CAD -> false;
    };
  }

  /** The status of a device that has just been announced; none for Type 2 devices. */
  public static Optional<SmiStatus> announced(DeviceType type) {
    return hasStatus(type) ? Optional.of(SmiStatus.PENDING) : Optional.empty();
  }

  /** Whether a device in this status is still a part of somebody's smart metering system. */
  public static boolean isLive(SmiStatus status) {
    return switch (status) {
      case PENDING,
          WHITELISTED,
          INSTALLED_NOT_COMMISSIONED,
          COMMISSIONED,
          SUSPENDED,
          RECOVERY,
          RECOVERED ->
          true;
      case DECOMMISSIONED, WITHDRAWN -> false;
    };
  }

  /**
   * The next status; empty where the trigger means nothing to a device of this type in this status.
   */
  public static Optional<SmiStatus> next(DeviceType type, SmiStatus from, SmiTrigger trigger) {
    if (!hasStatus(type)) {
      return Optional.empty();
    }
    return switch (trigger) {
      case ADDED_TO_HUB ->
          when(!HUB_PARTS.contains(type), move(from, SmiStatus.WHITELISTED, SmiStatus.PENDING));
      case JOINED_HUB ->
          when(
              !HUB_PARTS.contains(type),
              move(from, SmiStatus.INSTALLED_NOT_COMMISSIONED, SmiStatus.WHITELISTED));
      case REMOVED_FROM_HUB, CORRECTED_TO_PENDING ->
          when(
              type != DeviceType.CHF,
              move(
                  from,
                  SmiStatus.PENDING,
                  SmiStatus.WHITELISTED,
                  SmiStatus.INSTALLED_NOT_COMMISSIONED));
      case HUB_INSTALLED -> hubInstalled(type, from);
      case HUB_INSTALLED_WITHOUT_WAN ->
          when(
              HUB_PARTS.contains(type),
              move(from, SmiStatus.INSTALLED_NOT_COMMISSIONED, SmiStatus.PENDING));
      case METER_COMMISSIONED ->
          when(
              METERS.contains(type) || type == DeviceType.GPF,
              move(from, SmiStatus.COMMISSIONED, SmiStatus.INSTALLED_NOT_COMMISSIONED));
      case JOINED_DEVICE ->
          when(
              JOINING.contains(type),
              move(from, SmiStatus.COMMISSIONED, SmiStatus.INSTALLED_NOT_COMMISSIONED));
      case DECOMMISSIONED -> when(!HUB_PARTS.contains(type), ended(from, SmiStatus.DECOMMISSIONED));
      case HUB_RETURNED -> when(HUB_PARTS.contains(type), ended(from, SmiStatus.DECOMMISSIONED));
      case OPTED_OUT -> move(from, SmiStatus.WITHDRAWN, SmiStatus.COMMISSIONED);
      case OPTED_IN -> move(from, SmiStatus.PENDING, SmiStatus.WITHDRAWN);
      case LEFT_PRODUCTS_LIST -> move(from, SmiStatus.SUSPENDED, SmiStatus.COMMISSIONED);
      case BACK_ON_PRODUCTS_LIST -> move(from, SmiStatus.COMMISSIONED, SmiStatus.SUSPENDED);
      case RECOVERY_BY_BROKER ->
          move(from, SmiStatus.RECOVERY, SmiStatus.COMMISSIONED, SmiStatus.RECOVERED);
      case CERTIFICATES_BACK ->
          move(from, SmiStatus.RECOVERED, SmiStatus.RECOVERY, SmiStatus.COMMISSIONED);
      case CORRECTED_TO_INSTALLED -> correctedToInstalled(type, from);
      case CORRECTED_TO_COMMISSIONED ->
          when(
              type == DeviceType.CHF,
              move(
                  from,
                  SmiStatus.COMMISSIONED,
                  SmiStatus.PENDING,
                  SmiStatus.INSTALLED_NOT_COMMISSIONED));
      case CORRECTED_TO_WITHDRAWN -> when(type == DeviceType.CHF, ended(from, SmiStatus.WITHDRAWN));
      case PRE_NOTIFIED, DELETED, NEVER_INSTALLED, DETAILS_CHANGED -> Optional.empty();
    };
  }

  /** The hub is in service at once, its gas proxy once a gas meter is. */
  private static Optional<SmiStatus> hubInstalled(DeviceType type, SmiStatus from) {
    return switch (type) {
      case CHF ->
          move(
              from,
              SmiStatus.COMMISSIONED,
              SmiStatus.PENDING,
              SmiStatus.INSTALLED_NOT_COMMISSIONED);
      case GPF -> move(from, SmiStatus.INSTALLED_NOT_COMMISSIONED, SmiStatus.PENDING);
      case ESME, GSME, HCALCS, PPMID, IHD, CAD -> Optional.empty();
    };
  }

  /** A hub that was never in service, or a device that was joined by other means. */
  private static Optional<SmiStatus> correctedToInstalled(DeviceType type, SmiStatus from) {
    return type == DeviceType.CHF
        ? move(from, SmiStatus.INSTALLED_NOT_COMMISSIONED, SmiStatus.PENDING)
        : move(
            from, SmiStatus.INSTALLED_NOT_COMMISSIONED, SmiStatus.PENDING, SmiStatus.WHITELISTED);
  }

  private static Optional<SmiStatus> ended(SmiStatus from, SmiStatus end) {
    return isLive(from) ? Optional.of(end) : Optional.empty();
  }

  private static Optional<SmiStatus> when(boolean applies, Optional<SmiStatus> next) {
    return applies ? next : Optional.empty();
  }

  private static Optional<SmiStatus> move(SmiStatus from, SmiStatus to, SmiStatus... allowed) {
    return Set.of(allowed).contains(from) ? Optional.of(to) : Optional.empty();
  }
}
