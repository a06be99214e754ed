// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterbox.correlate.expectation.Expectation;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.kernel.ServiceReferenceVariant;

/** Every critical Service Request and how to know what its Pre-Command must say. */
final class CriticalRequests {
  /** Says what the use cases that may carry out a request must look like, each completely. */
  @FunctionalInterface
  interface Reading {
    List<Expectation> expectations(OriginalRequest request, UserKnowledge knowledge)
        throws ElementException;
  }

  /** The same, where the request alone says it. */
  @FunctionalInterface
  interface PlainReading {
    List<Expectation> expectations(OriginalRequest request) throws ElementException;
  }

  /**
   * One critical Service Request.
   *
   * @param element local name of its element in the request's body
   */
  record Entry(String element, Reading reading) {}

  private static final Map<String, Entry> BY_SERVICE =
      Map.ofEntries(
          entry("1.1.1", "UpdateImportTariffPrimaryElement", TariffRequests::tariff),
          entry("1.1.2", "UpdateImportTariffSecondaryElement", ElectricityTariff::secondary),
          entry("1.2.1", "UpdatePricePrimaryElement", TariffRequests::price),
          entry("1.2.2", "UpdatePriceSecondaryElement", ElectricityTariff::secondaryPrice),
          entry("1.5", "UpdateMeterBalance", BalanceRequests::meterBalance),
          Map.entry("1.6", new Entry("UpdatePaymentMode", PaymentModeRequests::paymentMode)),
          entry("1.7", "ResetTariffBlockCounterMatrix", BalanceRequests::resetBlockCounters),
          Map.entry(
              "2.1", new Entry("UpdatePrepayConfiguration", PrepayConfiguration::configuration)),
          entry("2.3", "UpdateDebt", DebtRequests::debt),
          entry("2.5", "ActivateEmergencyCredit", BalanceRequests::emergencyCredit),
          entry(
              "6.4.1",
              "UpdateDeviceConfigurationLoadLimitingGeneralSettings",
              MeterSettings::loadLimiting),
          entry("6.6", "UpdateDeviceConfigurationGasConversion", GasConfiguration::conversion),
          entry("6.7", "UpdateDeviceConfigurationGasFlow", GasConfiguration::flow),
          Map.entry(
              "6.8",
              new Entry("UpdateDeviceConfigurationBillingCalendar", BillingCalendar::calendar)),
          entry("6.11", "SynchroniseClock", ClockRequests::synchronise),
          entry(
              "6.14.1",
              "UpdateDeviceConfigurationALCDescriptions",
              AuxiliarySchedules::descriptions),
          entry("6.14.2", "UpdateDeviceConfigurationALCScheduler", AuxiliarySchedules::switches),
          entry(
              "6.14.3",
              "UpdateDeviceConfigurationAuxiliaryControllerScheduler",
              AuxiliarySchedules::controllers),
          entry("6.15.1", "UpdateSecurityCredentialsKRP", CredentialRequests::ofKnownParty),
          entry("6.15.2", "UpdateSecurityCredentialsDevice", CredentialRequests::ofDevice),
          entry("6.17", "IssueSecurityCredentials", CredentialRequests::issue),
          entry("6.24.2", "RetrieveDeviceSecurityCredentialsDevice", CredentialRequests::retrieve),
          entry("6.25", "SetElectricitySupplyTamperState", MeterSettings::tamperState),
          entry(
              "6.26",
              "UpdateDeviceConfigurationDailyResettingOfTariffBlockCounterMatrix",
              MeterSettings::dailyReset),
          entry("7.1", "EnableSupply", SupplyRequests::enable),
          entry("7.2", "DisableSupply", SupplyRequests::disable),
          entry("7.3", "ArmSupply", SupplyRequests::arm),
          entry("7.5", "ActivateAuxiliaryLoad", AuxiliaryRequests::activate),
          entry("7.6", "DeactivateAuxiliaryLoad", AuxiliaryRequests::deactivate),
          entry("7.8", "ResetAuxiliaryLoad", AuxiliaryRequests::reset),
          entry("7.12", "SetRandomisedOffsetLimit", AuxiliaryRequests::randomisedOffset),
          entry("7.13", "SetAuxiliaryControllerState", AuxiliaryRequests::state),
          entry("7.16", "LimitAPCLevel", AuxiliaryRequests::limit),
          entry("8.1.1", "CommissionDeviceSynchroniseClock", ClockRequests::synchronise),
          Map.entry("8.7.1", new Entry("JoinServiceCritical", JoiningRequests::join)),
          entry("8.8.1", "UnjoinServiceCritical", JoiningRequests::unjoin),
          entry("11.3", "ActivateFirmware", FirmwareRequests::activate));

  private CriticalRequests() {}

  static Optional<Entry> find(ServiceReferenceVariant service) {
    return Optional.ofNullable(BY_SERVICE.get(service.value()));
  }

  /** The services by their Service Reference Variants. */
  static Collection<String> services() {
    return Collections.unmodifiableCollection(BY_SERVICE.keySet());
  }

  private static Map.Entry<String, Entry> entry(
      String service, String element, PlainReading reading) {
    return Map.entry(
        service, new Entry(element, (request, knowledge) -> reading.expectations(request)));
  }
}
