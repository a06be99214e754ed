// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.parse;

import java.util.Map;
import org.meterbox.correlate.content.DlmsRendering;
import org.meterbox.correlate.electricity.AlertBehaviour;
import org.meterbox.correlate.electricity.AuxiliaryLoads;
import org.meterbox.correlate.electricity.BillingCalendar;
import org.meterbox.correlate.electricity.Configuration;
import org.meterbox.correlate.electricity.EventLogs;
import org.meterbox.correlate.electricity.NetworkData;
import org.meterbox.correlate.electricity.Prepayment;
import org.meterbox.correlate.electricity.ReadLogs;
import org.meterbox.correlate.electricity.Registers;
import org.meterbox.correlate.electricity.Supply;
import org.meterbox.correlate.electricity.Tariff;
import org.meterbox.correlate.hub.DeviceLogs;
import org.meterbox.correlate.hub.SubGhz;

/**
 * Which rendering belongs to which DLMS use case; those without a rendering only succeed or fail.
 */
final class DlmsResponses {
  private static final DlmsRendering OUTCOME_ONLY = (answers, out) -> {};

  private static final Map<String, DlmsRendering> BY_USE_CASE =
      Map.ofEntries(
          Map.entry("ECS17a", Registers::energyExport),
          Map.entry("ECS17b", Registers::energyImport),
          Map.entry("ECS17c", Registers::powerImport),
          Map.entry("ECS17d", Registers::timeOfUse),
          Map.entry("ECS17e", Registers::blocks),
          Map.entry("ECS18a", Registers::maximumDemandExport),
          Map.entry("ECS18b", Registers::maximumDemandImport),
          Map.entry("ECS19", Registers::prepaymentValues),
          Map.entry("ECS82", Registers::meterBalance),
          Map.entry("ECS20a", ReadLogs::debtPayments),
          Map.entry("ECS20b", ReadLogs::billingOnChange),
          Map.entry("ECS20c", ReadLogs::billingCalendar),
          Map.entry("ECS20d", ReadLogs::prepaymentCredits),
          Map.entry("ECS21a", ReadLogs::dailyRead),
          Map.entry("ECS21b", ReadLogs::prepaymentDaily),
          Map.entry("ECS21c", ReadLogs::exportDaily),
          Map.entry("ECS22a", ReadLogs::exportProfile),
          Map.entry("ECS22b", ReadLogs::importProfile),
          Map.entry("ECS22c", ReadLogs::reactiveProfile),
          Map.entry("ECS66", ReadLogs::dailyConsumption),
          Map.entry("ECS23", NetworkData::singlePhase),
          Map.entry("ECS23b", NetworkData::polyPhase),
          Map.entry("ECS26b", NetworkData::settings),
          Map.entry("ECS26k", NetworkData::polyPhaseSettings),
          Map.entry("ECS24", Tariff::primary),
          Map.entry("ECS24b", Tariff::secondary),
          Map.entry("ECS26a", Prepayment::configuration),
          Map.entry("ECS26j", Prepayment::mode),
          Map.entry("ECS26c", Configuration::randomisation),
          Map.entry("ECS26d", BillingCalendar::read),
          Map.entry("ECS26l", BillingCalendar::read),
          Map.entry("ECS26e", Configuration::meterIdentityWithId),
          Map.entry("ECS26m", Configuration::meterIdentity),
          Map.entry("ECS26i", Configuration::hubIdentityWithId),
          Map.entry("ECS26n", Configuration::hubIdentity),
          Map.entry("ECS26f", Configuration::powerThresholds),
          Map.entry("ECS27", Configuration::loadLimit),
          Map.entry("ECS40", Configuration::meterPoints),
          Map.entry("ECS52", Configuration::firmwareVersion),
          Map.entry("ECS70", Configuration::clock),
          Map.entry("ECS25r1", AlertBehaviour::supplier),
          Map.entry("ECS25r2", AlertBehaviour::networkOperator),
          Map.entry("ECS35a", EventLogs::events),
          Map.entry("ECS35b", EventLogs::securityEvents),
          Map.entry("ECS35c", EventLogs::events),
          Map.entry("ECS35d", EventLogs::securityEvents),
          Map.entry("ECS35e", EventLogs::powerEvents),
          Map.entry("ECS35f", EventLogs::auxiliaryEvents),
          Map.entry("ECS35g", EventLogs::auxiliaryEvents),
          Map.entry("ECS45", Supply::status),
          Map.entry("ECS61a", AuxiliaryLoads::switches),
          Map.entry("ECS61c", AuxiliaryLoads::boostButton),
          Map.entry("ECS61d", AuxiliaryLoads::controllers),
          Map.entry("ECS61e", AuxiliaryLoads::states),
          Map.entry("CCS05CCS04", DeviceLogs::communications),
          Map.entry("CCS06", DeviceLogs::communications),
          Map.entry("CCS07", DeviceLogs::connected),
          Map.entry("DBCH01", SubGhz::operatingChannel),
          Map.entry("DBCH02", SubGhz::channelLog),
          Map.entry("DBCH03", SubGhz::configuration));

  private DlmsResponses() {}

  static DlmsRendering of(UseCase useCase) {
    return BY_USE_CASE.getOrDefault(useCase.name(), OUTCOME_ONLY);
  }
}
