// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.event;

import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import org.meterbox.devices.gas.event.GasEventRule.Sending;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.gbz.GbzAlerts;
import org.meterbox.devices.machine.AlertDraft;
import org.meterbox.devices.machine.DeviceEvent;
import org.meterbox.devices.machine.LogEntry;
import org.meterbox.devices.machine.Transition;
import org.meterbox.devices.security.KeyUse;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.gbz.Component;
import org.meterbox.gbcs.gbz.GbzAlert;
import org.meterbox.gbcs.gbz.ZclFrame;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;

/**
 * Writes into the logs what happens to a gas meter, and sends alerts about it, as GBCS and the
 * supplier have it. The one way in which functions raise events. An alert leaves the meter when it
 * is next awake; its time is that of the event.
 */
public final class GasEvents {
  /** The use case of an alert that carries a whole snapshot (GCS53). */
  private static final MessageCode BILLING_ALERT = new MessageCode(0x008B);

  private static final MessageCode INTEGRITY_ALERT = new MessageCode(0x00F2);
  private static final int INTEGRITY_ISSUE = 0x81A0;

  private GasEvents() {}

  /** An event that is nothing but its code and its time. */
  public static void raise(Transition<GsmeState> transition, int code) {
    raise(transition, code, Octets.EMPTY, GbzAlert.None.VALUE);
  }

  /**
   * Something that the consumer did at the meter: 8161 or 8162.
   *
   * @param command the number of the command of the user interface
   */
  public static void raiseUserCommand(Transition<GsmeState> transition, int code, int command) {
    raise(
        transition,
        code,
        new OctetWriter(Short.BYTES).u16(command).toOctets(),
        new GbzAlert.UserInterfaceCommand(new MessageCode(command)));
  }

  /**
   * The meter finds itself unreliable (81A0).
   *
   * @param issue 0 other, 1 memory, 2 program, and so on (GBCS alert F2)
   */
  public static void raiseIntegrityIssue(Transition<GsmeState> transition, int issue) {
    GasEventRule rule = rule(INTEGRITY_ISSUE);
    log(transition, rule, new OctetWriter(Short.BYTES).u16(issue).toOctets());
    if (isSent(transition.function(), rule)) {
      alert(transition, rule, INTEGRITY_ALERT, new GbzAlert.IntegrityIssue(issue));
    }
  }

  private static void raise(
      Transition<GsmeState> transition, int code, Octets other, GbzAlert.Content content) {
    GasEventRule rule = rule(code);
    log(transition, rule, other);
    if (isSent(transition.function(), rule)) {
      boolean critical = rule.sending() == Sending.CRITICAL;
      alert(
          transition,
          rule,
          critical ? AlertDraft.GENERIC_CRITICAL : AlertDraft.GENERIC_NON_CRITICAL,
          content);
    }
  }

  /** An event whose alert has a use case of its own. */
  public static void raise(
      Transition<GsmeState> transition, int code, MessageCode message, GbzAlert.Content content) {
    GasEventRule rule = rule(code);
    log(transition, rule, Octets.EMPTY);
    alert(transition, rule, message, content);
  }

  /**
   * Billing data that only the supplier may read (8F0A). Where the meter does not hold the
   * supplier's agreement key, nobody could read it, and nothing is sent.
   */
  public static void raiseBilling(Transition<GsmeState> transition, int code, ZclFrame snapshot) {
    log(transition, rule(code), Octets.EMPTY);
    Instant at = transition.now();
    if (transition
        .state()
        .anchors()
        .of(RemotePartyRole.SUPPLIER, KeyUse.KEY_AGREEMENT)
        .isPresent()) {
      transition.alert(
          new AlertDraft(
              BILLING_ALERT,
              RemotePartyRole.SUPPLIER,
              true,
              (header, reader) ->
                  GbzAlerts.with(
                      code,
                      at,
                      new GbzAlert.BillingData(
                          Component.Encrypted.seal(
                              snapshot,
                              OptionalLong.empty(),
                              0,
                              MessageProtection.encryptionKey(header, reader.orElseThrow()))))));
    }
  }

  /** What became of a command that waited: told to its sender, and not logged. */
  public static void sendOutcome(
      Transition<GsmeState> transition,
      int code,
      MessageCode message,
      RemotePartyRole sender,
      GbzAlert.FutureDated outcome) {
    Instant at = transition.now();
    transition.alert(
        new AlertDraft(message, sender, true, (_, _) -> GbzAlerts.with(code, at, outcome)));
    transition.happened(new DeviceEvent.Logged(code));
  }

  private static void alert(
      Transition<GsmeState> transition,
      GasEventRule rule,
      MessageCode message,
      GbzAlert.Content content) {
    Instant at = transition.now();
    transition.alert(
        new AlertDraft(
            message,
            RemotePartyRole.SUPPLIER,
            rule.sending() == Sending.CRITICAL,
            (_, _) -> GbzAlerts.with(rule.code(), at, content)));
  }

  private static GasEventRule rule(int code) {
    return GasEventRule.of(code)
        .orElseThrow(() ->
            new IllegalArgumentException(
                String.format(Locale.ROOT, "no event of a gas meter: %04X", code)));
  }

  private static boolean isSent(GsmeState gsme, GasEventRule rule) {
    return switch (rule.sending()) {
      case CRITICAL -> true;
      case SET -> EventConfiguration.of(gsme).isSent(rule.code());
      case NO -> false;
    };
  }

  private static void log(Transition<GsmeState> transition, GasEventRule rule, Octets other) {
    transition.happened(new DeviceEvent.Logged(rule.code()));
    boolean logged =
        rule.sending() != Sending.SET
            || EventConfiguration.of(transition.function()).isLogged(rule.code());
    if (!logged) {
      return;
    }
    Instant at = transition.now();
    switch (rule.log()) {
      case EVENT ->
          transition.update(state -> state.withEventEntry(new LogEntry(at, rule.code(), other)));
      case SECURITY -> transition.update(state -> state.withSecurityEntry(at, rule.code()));
      case NONE -> {}
    }
  }
}
