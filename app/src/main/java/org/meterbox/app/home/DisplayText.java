// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.home;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** What a meter shows, in aligned lines. */
final class DisplayText {
  private static final int PENCE_DECIMALS = 2;

  /** Blanks between two columns. */
  private static final int GAP = 2;

  private DisplayText() {}

  /** One meter, a line for each thing that it shows. */
  static void show(JsonNode meter, PrintWriter out) {
    line(out, "meter", text(meter, "meter"));
    line(out, "time", text(meter, "time") + "  (" + text(meter, "clockStatus") + ")");
    line(out, "supply", supply(meter));
    JsonNode power = meter.path("power");
    line(
        out,
        "power",
        String.format(
            Locale.ROOT,
            "import %,d W, export %,d W, reactive %,d var",
            power.path("activeImportWatts").asInt(),
            power.path("activeExportWatts").asInt(),
            power.path("reactiveImportVars").asInt()));
    line(out, "voltage", volts(meter.path("volts")));
    line(
        out,
        "rate",
        text(meter, "rate") + "  at " + money(meter, "pencePerKilowattHour") + " p/kWh");
    credit(meter.path("credit"), out);
    JsonNode registers = meter.path("registers");
    line(
        out,
        "registers",
        String.format(
            Locale.ROOT,
            "import %,d Wh, export %,d Wh, reactive import %,d varh",
            registers.path("activeImportWattHours").asLong(),
            registers.path("activeExportWattHours").asLong(),
            registers.path("reactiveImportVarHours").asLong()));
    if (meter.has("message")) {
      line(out, "message", text(meter, "message"));
    }
    optional(out, "conditions", joined(meter.path("conditions")));
    optional(out, "shared", events(meter.path("sharedEvents")));
    optional(out, "alarms", events(meter.path("alarms")));
    line(
        out,
        "to the hub",
        meter.path("messagesWaiting").asInt() + " messages not acknowledged yet");
    out.flush();
  }

  /** All meters in a table. */
  static void list(JsonNode meters, PrintWriter out) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("METER", "SUPPLY", "MODE", "BALANCE", "RATE", "IMPORT", "EXPORT", "VOLTS"));
    for (JsonNode meter : meters) {
      rows.add(
          List.of(
              text(meter, "meter"),
              text(meter, "supply"),
              text(meter.path("credit"), "mode"),
              pounds(meter.path("credit"), "balancePence"),
              text(meter, "rate"),
              meter.path("power").path("activeImportWatts").asInt() + " W",
              meter.path("power").path("activeExportWatts").asInt() + " W",
              volts(meter.path("volts"))));
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        int at = column;
        int width = rows.stream().mapToInt(r -> r.get(at).length()).max().orElse(0);
        String cell = row.get(column);
        line.append(cell).append(" ".repeat(width - cell.length() + GAP));
      }
      out.println(line.toString().stripTrailing());
    }
    out.flush();
  }

  private static String supply(JsonNode meter) {
    String causes = joined(meter.path("causes"));
    String state = text(meter, "supply") + (causes.isEmpty() ? "" : "  (" + causes + ")");
    return meter.path("powered").asBoolean() ? state : state + "; the network supplies nothing";
  }

  private static void credit(JsonNode credit, PrintWriter out) {
    line(out, "payment", text(credit, "mode") + " mode");
    line(out, "balance", pounds(credit, "balancePence"));
    if (text(credit, "mode").equals("prepayment")) {
      line(
          out,
          "emergency",
          pounds(credit, "emergencyCreditPence")
              + "  "
              + text(credit, "emergencyCreditState").replace('-', ' '));
      if (credit.path("nonDisablement").asBoolean()) {
        line(out, "", "the supply is not disabled for want of credit now");
      }
    }
    line(
        out,
        "debts",
        String.format(
            Locale.ROOT,
            "accumulated %s, by payments %s, by time %s and %s",
            pounds(credit, "accumulatedDebtPence"),
            pounds(credit, "paymentDebtPence"),
            pounds(credit, "timeDebt1Pence"),
            pounds(credit, "timeDebt2Pence")));
  }

  /** Pounds and pence, rounded down as meters show it. */
  private static String pounds(JsonNode json, String field) {
    BigDecimal pence = json.path(field).asDecimal();
    return "GBP " + pence.movePointLeft(2).setScale(PENCE_DECIMALS, RoundingMode.FLOOR);
  }

  private static String money(JsonNode json, String field) {
    BigDecimal value = json.path(field).asDecimal();
    return value.setScale(Math.max(PENCE_DECIMALS, value.stripTrailingZeros().scale())).toString();
  }

  private static String volts(JsonNode volts) {
    return StreamSupport.stream(volts.spliterator(), false)
        .map(phase -> phase.isNull() ? "none" : phase.asInt() + " V")
        .collect(Collectors.joining(", "));
  }

  private static String events(JsonNode events) {
    return StreamSupport.stream(events.spliterator(), false)
        .map(event -> text(event, "code") + " at " + text(event, "time"))
        .collect(Collectors.joining(", "));
  }

  private static String joined(JsonNode words) {
    return StreamSupport.stream(words.spliterator(), false)
        .map(JsonNode::asString)
        .collect(Collectors.joining(", "));
  }

  private static String text(JsonNode json, String field) {
    return json.path(field).asString("");
  }

  private static void optional(PrintWriter out, String name, String value) {
    if (!value.isEmpty()) {
      line(out, name, value);
    }
  }

  private static void line(PrintWriter out, String name, String value) {
    out.println(String.format(Locale.ROOT, "%-12s%s", name, value).stripTrailing());
  }
}
