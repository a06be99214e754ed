// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.devices;

import java.time.Instant;
import java.util.List;
import org.meterbox.portal.alerts.AlertSummary;
import org.meterbox.portal.requests.RequestSummary;

/**
 * A device with what belongs to it.
 *
 * @param device as the inventory knows it
 * @param history the latest changes of its status, the newest first
 * @param holders whose certificates it holds
 * @param certificates its own certificates in the SMKI Repository
 * @param requests the latest to it
 * @param alerts the latest of it
 */
public record DeviceDetails(
    DeviceSummary device,
    List<StatusChange> history,
    List<DeviceSearch.Holder> holders,
    List<Certificate> certificates,
    List<RequestSummary> requests,
    List<AlertSummary> alerts) {
  /**
   * A certificate of the device.
   *
   * @param serial its serial number in hexadecimal
   * @param use what its key is for
   * @param status whether it is in use
   */
  public record Certificate(String serial, String use, String status, Instant notBefore) {}

  /** Copies the lists. */
  public DeviceDetails {
    history = List.copyOf(history);
    holders = List.copyOf(holders);
    certificates = List.copyOf(certificates);
    requests = List.copyOf(requests);
    alerts = List.copyOf(alerts);
  }
}
