// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.home;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The commands that do something in a home. */
final class ActionCommands {
  private static final String CURVE = "curve";
  private static final String ON_OFF = "on or off";

  private ActionCommands() {}

  /** Sends an action, and shows what came of it. */
  abstract static class Action implements Callable<Integer> {
    /** What the meter refuses is no fault of the command line. */
    private static final int REFUSED = 3;

    @Spec private @Nullable CommandSpec spec;
    @Mixin private HomeOptions options = new HomeOptions();

    /** Fills in what is to be done. */
    abstract void describe(ObjectNode action);

    @Override
    public Integer call() throws IOException, InterruptedException {
      ObjectNode action = JsonNodeFactory.instance.objectNode();
      describe(action);
      PrintWriter out = spec().commandLine().getOut();
      try (HomeClient client = options.client()) {
        JsonNode answer = client.post(options.path(client, spec()), action);
        boolean done = answer.path("done").asBoolean();
        if (options.json()) {
          out.println(answer);
        } else {
          out.println((done ? "" : "refused: ") + answer.path("result").asString(""));
        }
        out.flush();
        return done ? 0 : REFUSED;
      }
    }

    CommandSpec spec() {
      return Objects.requireNonNull(spec, "set by picocli");
    }

    /** A number with its unit, or the word for the home's own curve. */
    void value(ObjectNode action, String text, String unit) {
      if (text.equals(CURVE)) {
        action.put("value", CURVE);
      } else {
        action.put("value", Quantity.of(text, unit, spec()));
      }
    }

    void onOff(ObjectNode action, String text) {
      if (!text.equals("on") && !text.equals("off")) {
        throw new ParameterException(spec().commandLine(), "\"" + text + "\" must be on or off");
      }
      action.put("value", text);
    }

    static void phase(ObjectNode action, @Nullable Integer phase) {
      Optional.ofNullable(phase).ifPresent(number -> action.put("phase", number));
    }
  }

  /** What the home draws. */
  @Command(
      name = "load",
      mixinStandardHelpOptions = true,
      description = "Let the home draw so much power, until another command says otherwise.")
  static final class Load extends Action {
    @Parameters(paramLabel = "POWER", description = "as 3kW or 250; curve for the home's own curve")
    private String power = "";

    @Override
    void describe(ObjectNode action) {
      action.put("action", "load");
      value(action, power, "W");
    }
  }

  /** What the home generates. */
  @Command(
      name = "generation",
      mixinStandardHelpOptions = true,
      description = "Let the home generate so much power: what it does not draw is exported.")
  static final class Generation extends Action {
    @Parameters(paramLabel = "POWER", description = "as 4kW or 250; curve for the home's own curve")
    private String power = "";

    @Override
    void describe(ObjectNode action) {
      action.put("action", "generation");
      value(action, power, "W");
    }
  }

  /** What reactive power the home draws. */
  @Command(
      name = "reactive",
      mixinStandardHelpOptions = true,
      description = "Let the home draw so much reactive power: a low power factor is told.")
  static final class Reactive extends Action {
    @Parameters(
        paramLabel = "POWER",
        description = "as 2kvar or 250; curve for the home's own curve")
    private String power = "";

    @Override
    void describe(ObjectNode action) {
      action.put("action", "reactive");
      value(action, power, "var");
    }
  }

  /** The voltage. */
  @Command(
      name = "voltage",
      mixinStandardHelpOptions = true,
      description = "Set the voltage at the meter.")
  static final class Voltage extends Action {
    @Parameters(paramLabel = "VOLTS", description = "as 258; curve for the home's own curve")
    private String volts = "";

    @Option(
        names = "--phase",
        paramLabel = "1-3",
        description = "of one phase only, on a meter of three")
    private @Nullable Integer phase;

    @Override
    void describe(ObjectNode action) {
      action.put("action", "voltage");
      value(action, volts, "V");
      phase(action, phase);
    }
  }

  /** Loss of supply. */
  @Command(
      name = "outage",
      mixinStandardHelpOptions = true,
      description = "Let the network lose the supply (on), or bring it back (off).")
  static final class Outage extends Action {
    @Parameters(paramLabel = "on|off", description = ON_OFF)
    private String state = "";

    @Option(
        names = "--phase",
        paramLabel = "1-3",
        description = "of one phase only, on a meter of three")
    private @Nullable Integer phase;

    @Override
    void describe(ObjectNode action) {
      action.put("action", "outage");
      onOff(action, state);
      phase(action, phase);
    }
  }

  /** Covers. */
  @Command(
      name = "cover",
      mixinStandardHelpOptions = true,
      description = "Open or close a cover of the meter.")
  static final class Cover extends Action {
    @Parameters(index = "0", paramLabel = "open|close", description = "open or close")
    private String state = "";

    @Parameters(
        index = "1",
        arity = "0..1",
        defaultValue = "meter",
        paramLabel = "COVER",
        description = "meter, terminal, second-terminal or battery (default: ${DEFAULT-VALUE})")
    private String cover = "meter";

    @Override
    void describe(ObjectNode action) {
      if (!state.equals("open") && !state.equals("close")) {
        throw new ParameterException(
            spec().commandLine(), "\"" + state + "\" must be open or close");
      }
      action.put("action", "condition").put("name", cover + "-cover-open");
      action.put("value", state.equals("open") ? "on" : "off");
    }
  }

  /** A magnet. */
  @Command(
      name = "magnet",
      mixinStandardHelpOptions = true,
      description = "Hold a strong magnet to the meter (on), or take it away (off).")
  static final class Magnet extends Action {
    @Parameters(paramLabel = "on|off", description = ON_OFF)
    private String state = "";

    @Override
    void describe(ObjectNode action) {
      action.put("action", "condition").put("name", "magnetic-field");
      onOff(action, state);
    }
  }

  /** Anything that may be the matter with the meter. */
  @Command(
      name = "fault",
      mixinStandardHelpOptions = true,
      description = {
        "Let something be the matter with the meter, or mend it.",
        "Faults: other-access, tamper-detected, phase-sequence-wrong, polarity-wrong,",
        "current-reversed, hub-removed, measurement-fault, metrology-firmware-fault,",
        "non-volatile-memory-fault, program-execution-fault, program-storage-fault,",
        "ram-fault, unexpected-reset, watchdog-reset, load-switch-stuck,",
        "controllers-stuck, firmware-damaged."
      })
  static final class Fault extends Action {
    @Parameters(index = "0", paramLabel = "FAULT", description = "one of those above")
    private String fault = "";

    @Parameters(index = "1", paramLabel = "on|off", description = ON_OFF)
    private String state = "";

    @Override
    void describe(ObjectNode action) {
      action.put("action", "condition").put("name", fault);
      onOff(action, state);
    }
  }

  /** Things of which the meter only tells. */
  @Command(
      name = "signal",
      mixinStandardHelpOptions = true,
      description = {
        "Let something happen of which the meter only tells: local-port-used,",
        "message-acknowledged, han-joined, tunnel-close-rejected,",
        "tunnel-request-rejected, unauthorised-access."
      })
  static final class SignalCommand extends Action {
    @Parameters(paramLabel = "SIGNAL", description = "one of those above")
    private String signal = "";

    @Override
    void describe(ObjectNode action) {
      action.put("action", "signal").put("name", signal);
    }
  }

  /** A prepayment token. */
  @Command(
      name = "utrn",
      mixinStandardHelpOptions = true,
      description = "Type a prepayment token (UTRN) in at the meter.")
  static final class Token extends Action {
    @Parameters(
        paramLabel = "DIGITS",
        description = "its twenty digits; blanks and dashes do not matter")
    private String digits = "";

    @Override
    void describe(ObjectNode action) {
      action.put("action", "token").put("digits", digits.replaceAll("[ -]", ""));
    }
  }

  /** A button. */
  @Command(
      name = "button",
      mixinStandardHelpOptions = true,
      description = {
        "Press a button of the meter: enable-supply, when the supply is armed,",
        "emergency-credit, boost or cancel-boost."
      })
  static final class Button extends Action {
    @Parameters(paramLabel = "BUTTON", description = "one of those above")
    private String button = "";

    @Option(
        names = "--minutes",
        paramLabel = "N",
        defaultValue = "30",
        description = "how long a boost lasts, 1 to 60 (default: ${DEFAULT-VALUE})")
    private int minutes = 30;

    @Override
    void describe(ObjectNode action) {
      action.put("action", "button").put("name", button);
      if (button.equals("boost")) {
        action.put("value", minutes);
      }
    }
  }

  /** A clock that goes wrong. */
  @Command(
      name = "drift",
      mixinStandardHelpOptions = true,
      description = {
        "Let the meter's clock go wrong. At its next check it corrects a little by itself,",
        "and tells its supplier of more."
      })
  static final class Drift extends Action {
    @Parameters(paramLabel = "SECONDS", description = "above zero: fast; as 5 or -12")
    private int seconds;

    @Override
    void describe(ObjectNode action) {
      action.put("action", "clock-drift").put("value", seconds);
    }
  }

  /** What the product decides. */
  @Command(
      name = "setting",
      mixinStandardHelpOptions = true,
      description = {
        "Set what the specifications leave to the meter's maker: rated-current (A),",
        "power-factor-threshold (percent), power-factor-load-min (VA),",
        "wrong-tokens-before-suspension, first-suspension (s), longest-suspension (s),",
        "recovery-week-start (s after Monday), clock-adjustment-max (s),",
        "clock-check-period (s)."
      })
  static final class Setting extends Action {
    @Parameters(index = "0", paramLabel = "SETTING", description = "one of those above")
    private String setting = "";

    @Parameters(index = "1", paramLabel = "NUMBER", description = "its value")
    private int number;

    @Override
    void describe(ObjectNode action) {
      action.put("action", "setting").put("name", setting).put("value", number);
    }
  }
}
