// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.estate;

import java.time.Instant;
import java.util.Optional;
import org.meterbox.dsp.coverage.WanCoverage;
import org.meterbox.dsp.inventory.SmiTrigger;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.Mpxn;

/**
 * Decides from facts alone about the services of device estate management that the DSP carries out
 * by itself: 8.2, 8.3, 8.4, 8.6, 8.14.1 to 8.14.4, 12.1 and 12.2.
 */
public final class EstateServices {
  private EstateServices() {}

  /**
   * Decides about a request.
   *
   * @param body the request element
   * @return empty where the request is none of these services
   * @throws ElementException where the body is not as the schema prescribes
   */
  public static Optional<EstateDecision> decide(
      EstateFacts facts, WanCoverage coverage, XmlElement body, Instant now)
      throws ElementException {
    return switch (body.localName()) {
      case "ReadInventory" -> Optional.of(InventoryReading.decide(facts, coverage, now));
      case "DecommissionDevice" -> Optional.of(Decommissioning.decide(facts, now));
      case "UpdateInventory" -> Optional.of(InventoryUpdates.decide(facts, body, now));
      case "ServiceOptIn" -> Optional.of(OptIn.decide(facts, body, now));
      case "CHFInstallSuccessSMWAN" ->
          Optional.of(HubStatusUpdates.installed(facts, body, SmiTrigger.HUB_INSTALLED, now));
      case "CHFInstallSuccessNoSMWAN" ->
          Optional.of(
              HubStatusUpdates.installed(facts, body, SmiTrigger.HUB_INSTALLED_WITHOUT_WAN, now));
      case "CHFFaultReturn" ->
          Optional.of(
              HubStatusUpdates.returned(
                  facts, facts.inUse().contains(body.eui64("OtherDeviceID")), now));
      case "CHFNoFaultReturn" -> Optional.of(HubStatusUpdates.returned(facts, true, now));
      case "RequestWANMatrix" -> Optional.of(WanMatrix.decide(facts, body));
      case "DevicePrenotification" -> Optional.of(PreNotification.decide(facts, body));
      default -> Optional.empty();
    };
  }

  /** The meter point written so; empty for what is none, which the schema lets through. */
  static Optional<Mpxn> meterPoint(String digits) {
    try {
      return Optional.of(new Mpxn(digits));
    } catch (IllegalArgumentException notDigits) {
      return Optional.empty();
    }
  }
}
