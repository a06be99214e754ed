// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.local;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.meterbox.devices.esme.clock.ClockFunction;
import org.meterbox.devices.esme.condition.Condition;
import org.meterbox.devices.esme.control.ControlFunction;
import org.meterbox.devices.esme.event.EsmeEvents;
import org.meterbox.devices.esme.home.Home;
import org.meterbox.devices.esme.home.Mains;
import org.meterbox.devices.esme.integrity.IntegrityFunction;
import org.meterbox.devices.esme.outage.OutageFunction;
import org.meterbox.devices.esme.payment.PaymentFunction;
import org.meterbox.devices.esme.payment.TokenResult;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.ProductSetting;
import org.meterbox.devices.esme.supply.SupplyEvent;
import org.meterbox.devices.esme.supply.SupplyFunction;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.kernel.Octets;

/**
 * What people and the network do to an electricity meter, without a message: loads, voltages,
 * outages, covers, buttons. Each says what came of it in words for whoever did it.
 */
public final class LocalActions {
  private static final CosemAttribute MESSAGE = CosemAttribute.of(1, "0-2:96.13.1.255", 2);

  private LocalActions() {}

  /** Something that is done to a meter. */
  @FunctionalInterface
  public interface Action {
    /** Does it; depends on nothing but the transition. */
    Result on(Transition<EsmeState> transition);
  }

  /**
   * What came of an action.
   *
   * @param done whether the meter did what was wanted
   * @param words what happened, or why not
   */
  public record Result(boolean done, String words) {
    static Result done(String words) {
      return new Result(true, words);
    }

    static Result refused(String words) {
      return new Result(false, words);
    }
  }

  /** Things of which a meter only tells, with their event codes. */
  public enum Signal {
    /** Somebody reads or writes through the optical port. */
    LOCAL_PORT_USED(0x81A5),
    /** The consumer acknowledges the message on the display. */
    MESSAGE_ACKNOWLEDGED(0x81A6),
    /** The meter joins the network of the home. */
    HAN_JOINED(0x8183),
    /** The hub asks to close a tunnel that is not open. */
    TUNNEL_CLOSE_REJECTED(0x81A4),
    /** The hub asks for a tunnel that the meter does not offer. */
    TUNNEL_REQUEST_REJECTED(0x81BA),
    /** Somebody without the right to it tries to reach the meter. */
    UNAUTHORISED_ACCESS(0x8F3E);

    private final int code;

    Signal(int code) {
      this.code = code;
    }
  }

  /** The home draws so much, in W; empty where its curve is to hold again. */
  public static Action load(OptionalInt watts) {
    return home(home -> home.withLoad(watts), "the home draws", watts, "W");
  }

  /** The home generates so much, in W; empty where its curve is to hold again. */
  public static Action generation(OptionalInt watts) {
    return home(home -> home.withGeneration(watts), "the home generates", watts, "W");
  }

  /** The home draws so much reactive power, in var; empty where its curve is to hold again. */
  public static Action reactive(OptionalInt vars) {
    return transition -> {
      transition.updateFunction(esme -> esme.with(Mains.of(esme).withReactive(vars)));
      return Result.done(words("the home draws", vars, "var"));
    };
  }

  /** The voltage of all phases, in V; empty where its curve is to hold again. */
  public static Action voltage(OptionalInt volts) {
    return home(home -> home.withVolts(volts), "the voltage is", volts, "V");
  }

  /** The voltage of one phase, in V; empty where it is that of all phases again. */
  public static Action voltage(int phase, OptionalInt volts) {
    return onPhase(
        phase,
        transition -> {
          transition.updateFunction(esme -> esme.with(Mains.of(esme).withVolts(phase, volts)));
          return Result.done(words("the voltage of phase " + phase + " is", volts, "V"));
        });
  }

  /** The supply is lost, or comes back. */
  public static Action outage(boolean lost) {
    return transition -> {
      if (lost) {
        OutageFunction.lost(transition);
      } else {
        OutageFunction.restored(transition);
      }
      return Result.done(lost ? "the supply is lost" : "the supply is there");
    };
  }

  /** One phase is lost, or comes back. */
  public static Action outage(int phase, boolean lost) {
    return onPhase(
        phase,
        transition -> {
          if (lost) {
            OutageFunction.phaseLost(transition, phase);
          } else {
            OutageFunction.phaseRestored(transition, phase);
          }
          return Result.done("phase " + phase + (lost ? " is lost" : " is there"));
        });
  }

  /** Something begins or ceases to be the matter with the meter. */
  public static Action condition(Condition condition, boolean begins) {
    return powered(transition -> {
      boolean changed =
          begins
              ? IntegrityFunction.begin(transition, condition)
              : IntegrityFunction.end(transition, condition);
      return changed
          ? Result.done(begins ? "the meter has noticed" : "it is over")
          : Result.refused(begins ? "it is so already" : "it is not so");
    });
  }

  /** Something happens of which the meter only tells. */
  public static Action signal(Signal signal) {
    return powered(transition -> {
      boolean noMessage =
          transition
              .function()
              .settings()
              .get(MESSAGE)
              .filter(
                  value -> value instanceof DlmsValue.OctetString(Octets text) && !text.isEmpty())
              .isEmpty();
      if (signal == Signal.MESSAGE_ACKNOWLEDGED && noMessage) {
        return Result.refused("the meter shows no message: send one first (SRV 3.1)");
      }
      EsmeEvents.raise(transition, signal.code);
      return Result.done("the meter has noticed");
    });
  }

  /** The consumer types a prepayment token of twenty digits. */
  public static Action token(String digits) {
    return powered(transition -> {
      TokenResult result = PaymentFunction.enterToken(transition, digits);
      return new Result(result == TokenResult.ACCEPTED, words(result));
    });
  }

  /** The consumer activates emergency credit. */
  public static Action emergencyCredit() {
    return powered(transition ->
        PaymentFunction.activateEmergencyCreditAtMeter(transition)
            ? Result.done("emergency credit is active")
            : Result.refused("no emergency credit is offered now"));
  }

  /** The consumer enables the supply, which must be armed. */
  public static Action enableSupply() {
    return powered(transition ->
        SupplyFunction.move(transition, SupplyEvent.ENABLED_AT_METER)
            ? Result.done("the supply is enabled")
            : Result.refused("the supply is not armed, or its switch does not close"));
  }

  /** The consumer boosts the loads on the boost button, or makes the boost longer. */
  public static Action boost(Duration time) {
    return powered(transition -> {
      ControlFunction.boost(transition, time);
      return Result.done("the boost goes on");
    });
  }

  /** The consumer ends the boost. */
  public static Action cancelBoost() {
    return powered(transition ->
        ControlFunction.cancelBoostAtMeter(transition)
            ? Result.done("the boost is over")
            : Result.refused("there is no boost"));
  }

  /** The meter's clock goes wrong by some seconds. */
  public static Action clockDrift(long seconds) {
    return transition -> {
      ClockFunction.drift(transition, seconds);
      return Result.done("the clock is wrong until it is compared with the hub's");
    };
  }

  /** Another value of what the product decides. */
  public static Action productSetting(ProductSetting setting, long value) {
    return transition -> {
      transition.updateFunction(esme -> esme.withSettings(setting.with(esme.settings(), value)));
      return Result.done(setting.commandName() + " is " + value);
    };
  }

  private static Action home(
      UnaryOperator<Home> change, String what, OptionalInt number, String unit) {
    return transition -> {
      transition.updateFunction(esme -> esme.with(change.apply(esme.part(Home.class))));
      return Result.done(words(what, number, unit));
    };
  }

  private static String words(String what, OptionalInt number, String unit) {
    return number.isPresent()
        ? what + " " + number.getAsInt() + " " + unit
        : what + " what its curve says";
  }

  private static Action onPhase(int phase, Action action) {
    return when(
        esme -> phase >= 1 && phase <= esme.variant().phases() && esme.variant().phases() > 1,
        "this meter has one phase",
        action);
  }

  /** Without supply a meter has neither display nor buttons, and notices nothing. */
  private static Action powered(Action action) {
    return when(
        esme -> esme.part(Home.class).outage().isEmpty(), "the meter has no supply", action);
  }

  private static Action when(Predicate<EsmeState> condition, String otherwise, Action action) {
    return transition ->
        condition.test(transition.function()) ? action.on(transition) : Result.refused(otherwise);
  }

  private static String words(TokenResult result) {
    return switch (result) {
      case ACCEPTED -> "accepted: the credit is added";
      case NO_TOKEN -> "rejected: not twenty digits, or one of them is wrong";
      case ENTRY_SUSPENDED -> "rejected: after wrong tokens none is taken for a while";
      case NOT_AUTHENTIC -> "rejected: the supplier did not make it for this meter";
      case NOT_FOR_THIS_DEVICE -> "rejected: it is for another kind of meter";
      case ALREADY_TAKEN -> "rejected: it was taken before, or is too old";
      case ABOVE_MAXIMUM_CREDIT -> "rejected: more than one token may bring";
      case ABOVE_MAXIMUM_BALANCE -> "rejected: the balance would be higher than it may";
      case NOT_IN_PREPAYMENT_MODE -> "rejected: the meter is not in prepayment mode";
    };
  }
}
