// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.homecontrol;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.meterbox.devices.esme.display.MeterDisplay;
import org.meterbox.devices.esme.payment.CreditShown;
import org.meterbox.devices.machine.LogEntry;
import org.meterbox.kernel.Eui64;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a meter shows, in JSON. Money is in pence, with as many decimals as the meter counts. */
final class DisplayJson {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MILLIPENCE_DECIMALS = 3;

  private DisplayJson() {}

  static ObjectNode of(Eui64 meter, MeterDisplay display) {
    ObjectNode json = JSON.createObjectNode();
    json.put("meter", meter.toString());
    json.put("time", display.time().toString());
    json.put("clockStatus", ActionRequest.name(display.clockStatus()));
    json.put("powered", display.powered());
    json.put("supply", ActionRequest.name(display.supply()));
    ArrayNode causes = json.putArray("causes");
    display.causes().forEach(cause -> causes.add(ActionRequest.name(cause)));
    credit(json.putObject("credit"), display.credit());
    json.put("rate", display.rate());
    json.put("pencePerKilowattHour", display.price());
    ObjectNode power = json.putObject("power");
    power.put("activeImportWatts", display.power().activeImport());
    power.put("activeExportWatts", display.power().activeExport());
    power.put("reactiveImportVars", display.power().reactiveImport());
    ArrayNode volts = json.putArray("volts");
    for (OptionalInt phase : display.volts()) {
      if (phase.isPresent()) {
        volts.add(phase.getAsInt());
      } else {
        volts.addNull();
      }
    }
    ObjectNode registers = json.putObject("registers");
    registers.put("activeImportWattHours", display.registers().activeImport());
    registers.put("activeExportWattHours", display.registers().activeExport());
    registers.put("reactiveImportVarHours", display.registers().reactiveImport());
    registers.put("reactiveExportVarHours", display.registers().reactiveExport());
    display.message().ifPresent(message -> json.put("message", message));
    ArrayNode conditions = json.putArray("conditions");
    display.conditions().forEach(conditions::add);
    events(json.putArray("sharedEvents"), display.shared());
    events(json.putArray("alarms"), display.alarms());
    json.put("messagesWaiting", display.waiting());
    return json;
  }

  private static void credit(ObjectNode json, CreditShown credit) {
    json.put("mode", ActionRequest.name(credit.mode()));
    json.put("balancePence", pence(credit.balance()));
    json.put("emergencyCreditPence", pence(credit.emergencyCredit()));
    json.put("emergencyCreditState", ActionRequest.name(credit.emergencyCreditState()));
    json.put("accumulatedDebtPence", pence(credit.accumulatedDebt()));
    json.put("paymentDebtPence", pence(credit.paymentDebt()));
    json.put("timeDebt1Pence", pence(credit.timeDebt1()));
    json.put("timeDebt2Pence", pence(credit.timeDebt2()));
    json.put("nonDisablement", credit.nonDisablement());
  }

  private static BigDecimal pence(long millipence) {
    return BigDecimal.valueOf(millipence, MILLIPENCE_DECIMALS);
  }

  private static void events(ArrayNode json, List<LogEntry> events) {
    for (LogEntry event : events) {
      json.addObject()
          .put("time", event.at().toString())
          .put("code", String.format(Locale.ROOT, "%04X", event.code()));
    }
  }
}
