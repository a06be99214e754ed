// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.parse;

import java.util.Map;
import org.meterbox.correlate.content.GbzRendering;
import org.meterbox.correlate.gas.Configuration;
import org.meterbox.correlate.gas.Logs;
import org.meterbox.correlate.gas.Prepayment;
import org.meterbox.correlate.gas.Registers;
import org.meterbox.correlate.gas.Tariff;

/** Which rendering belongs to which GBZ use case; those without a rendering succeed or fail. */
final class GbzResponses {
  private static final GbzRendering OUTCOME_ONLY = (answers, out) -> {};

  private static final Map<String, GbzRendering> BY_USE_CASE =
      Map.ofEntries(
          Map.entry("GCS13a", Registers::consumption),
          Map.entry("GCS13b", Registers::blockCounters),
          Map.entry("GCS13c", Registers::timeOfUse),
          Map.entry("GCS14", Registers::prepaymentValues),
          Map.entry("GCS15b", Logs::billingOnChange),
          Map.entry("GCS15c", Logs::billingCalendar),
          Map.entry("GCS15d", Logs::debtPayments),
          Map.entry("GCS15e", Logs::topUps),
          Map.entry("GCS16a", Logs::dailyRead),
          Map.entry("GCS16b", Logs::prepaymentDaily),
          Map.entry("GCS17", Logs::profile),
          Map.entry("GCS18", Logs::networkData),
          Map.entry("GCS20r", Configuration::alertBehaviour),
          Map.entry("GCS21a", Configuration::gas),
          Map.entry("GCS21b", Prepayment::configuration),
          Map.entry("GCS21d", Configuration::billingCalendar),
          Map.entry("GCS21e", Configuration::identityWithId),
          Map.entry("GCS21f", Tariff::read),
          Map.entry("GCS21j", Prepayment::mode),
          Map.entry("GCS21k", Configuration::billingCalendar),
          Map.entry("GCS21m", Configuration::identity),
          Map.entry("GCS31", Configuration::sampling),
          Map.entry("GCS33", Registers::supplyStatus),
          Map.entry("GCS38", Registers::firmwareVersion),
          Map.entry("GCS46", Configuration::meterPoint),
          Map.entry("GCS60", Registers::meterBalance),
          Map.entry("GCS60a", Registers::meterBalance),
          Map.entry("GCS61", Logs::dailyConsumption),
          Map.entry("CS10a", Logs::events),
          Map.entry("CS10b", Logs::events));

  private GbzResponses() {}

  static GbzRendering of(UseCase useCase) {
    return BY_USE_CASE.getOrDefault(useCase.name(), OUTCOME_ONLY);
  }
}
