// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.homecontrol;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.meterbox.devices.esme.condition.Condition;
import org.meterbox.devices.esme.home.Home;
import org.meterbox.devices.esme.local.LocalActions;
import org.meterbox.devices.esme.local.LocalActions.Action;
import org.meterbox.devices.esme.local.LocalActions.Signal;
import org.meterbox.devices.esme.state.ProductSetting;
import tools.jackson.databind.JsonNode;

/** What a request wants done at a meter, in JSON, read as the meter knows it. */
final class ActionRequest {
  /** The highest voltage that can be set, in V: what a meter for 230 V survives for a while. */
  private static final int VOLTS_MAX = 500;

  private static final int SECONDS_MAX = 100_000_000;
  private static final int BOOST_MINUTES_MAX = 60;
  private static final int PHASES = 3;

  private ActionRequest() {}

  /** A request that names nothing that can be done, or a value out of range. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  /**
   * The action that a request names.
   *
   * @param json an object with {@code action} and what that action takes
   */
  static Action read(JsonNode json) throws Refused {
    String action = json.path("action").asString("");
    return switch (action) {
      case "load" -> LocalActions.load(number(json, 0, Home.MAX_WATTS));
      case "generation" -> LocalActions.generation(number(json, 0, Home.MAX_WATTS));
      case "reactive" -> LocalActions.reactive(number(json, 0, Home.MAX_WATTS));
      case "voltage" -> voltage(json);
      case "outage" -> {
        OptionalInt phase = phase(json);
        yield phase.isPresent()
            ? LocalActions.outage(phase.getAsInt(), isOn(json))
            : LocalActions.outage(isOn(json));
      }
      case "condition" -> LocalActions.condition(named(json, condition()), isOn(json));
      case "signal" -> LocalActions.signal(named(json, constant(Signal.values())));
      case "token" -> LocalActions.token(json.path("digits").asString(""));
      case "button" -> button(json);
      case "clock-drift" ->
          LocalActions.clockDrift(required(number(json, -SECONDS_MAX, SECONDS_MAX)));
      case "setting" ->
          LocalActions.productSetting(
              named(json, ProductSetting::named), required(number(json, 0, SECONDS_MAX)));
      default -> throw new Refused("there is no action \"" + action + "\"");
    };
  }

  private static Action voltage(JsonNode json) throws Refused {
    OptionalInt phase = phase(json);
    OptionalInt volts = number(json, 0, VOLTS_MAX);
    return phase.isPresent()
        ? LocalActions.voltage(phase.getAsInt(), volts)
        : LocalActions.voltage(volts);
  }

  private static Action button(JsonNode json) throws Refused {
    String name = json.path("name").asString("");
    return switch (name) {
      case "enable-supply" -> LocalActions.enableSupply();
      case "emergency-credit" -> LocalActions.emergencyCredit();
      case "boost" ->
          LocalActions.boost(Duration.ofMinutes(required(number(json, 1, BOOST_MINUTES_MAX))));
      case "cancel-boost" -> LocalActions.cancelBoost();
      default -> throw new Refused("the meter has no button \"" + name + "\"");
    };
  }

  /** The value, a whole number; empty where the curve is to hold again. */
  private static OptionalInt number(JsonNode json, int min, int max) throws Refused {
    JsonNode value = json.path("value");
    if (value.isString() && value.asString().equals("curve")) {
      return OptionalInt.empty();
    }
    if (!value.isInt() || value.asInt() < min || value.asInt() > max) {
      throw new Refused(
          String.format(Locale.ROOT, "the value must be a whole number, %,d to %,d", min, max));
    }
    return OptionalInt.of(value.asInt());
  }

  private static int required(OptionalInt number) throws Refused {
    if (number.isEmpty()) {
      throw new Refused("there is no curve for this: the value must be a number");
    }
    return number.getAsInt();
  }

  private static OptionalInt phase(JsonNode json) throws Refused {
    JsonNode phase = json.path("phase");
    if (phase.isMissingNode()) {
      return OptionalInt.empty();
    }
    if (!phase.isInt() || phase.asInt() < 1 || phase.asInt() > PHASES) {
      throw new Refused("the phase must be 1, 2 or 3");
    }
    return OptionalInt.of(phase.asInt());
  }

  private static boolean isOn(JsonNode json) throws Refused {
    return switch (json.path("value").asString("")) {
      case "on" -> true;
      case "off" -> false;
      default -> throw new Refused("the value must be \"on\" or \"off\"");
    };
  }

  private static <T> T named(JsonNode json, Function<String, Optional<T>> known) throws Refused {
    String name = json.path("name").asString("");
    return known.apply(name).orElseThrow(() -> new Refused("there is no \"" + name + "\" here"));
  }

  /** What can be the matter; what has been told of it is the meter's own business. */
  private static Function<String, Optional<Condition>> condition() {
    return constant(
        Arrays.stream(Condition.values())
            .filter(condition -> !condition.name().endsWith("_TOLD"))
            .toArray(Condition[]::new));
  }

  private static <E extends Enum<E>> Function<String, Optional<E>> constant(E[] constants) {
    return name -> Arrays.stream(constants).filter(c -> name(c).equals(name)).findFirst();
  }

  /** A constant's name as on a command line. */
  static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
