// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.event;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.meterbox.devices.esme.event.EventRule.Sending;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.Settings;
import org.meterbox.devices.machine.AlertDraft;
import org.meterbox.devices.machine.CosemAlerts;
import org.meterbox.devices.machine.DeviceEvent;
import org.meterbox.devices.machine.LogEntry;
import org.meterbox.devices.machine.Transition;
import org.meterbox.devices.security.KeyUse;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.ProtectedAttributes;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;

/**
 * Writes into the logs what happens to a meter, and sends alerts about it, as GBCS and whoever is
 * told have it. The one way in which functions raise events.
 */
public final class EsmeEvents {
  private EsmeEvents() {}

  /** An event that is nothing but its code and its time. */
  public static void raise(Transition<EsmeState> transition, int code) {
    raise(transition, code, Octets.EMPTY);
  }

  /**
   * An event whose log entry carries further octets.
   *
   * @param other what the log of this code prescribes
   */
  public static void raise(Transition<EsmeState> transition, int code, Octets other) {
    EventRule rule = rule(code);
    log(transition, rule, other);
    Instant at = transition.now();
    for (RemotePartyRole recipient : rule.recipients()) {
      if (isSent(transition.function().settings(), rule, recipient)) {
        boolean critical = rule.sending() == Sending.CRITICAL;
        MessageCode message =
            critical ? AlertDraft.GENERIC_CRITICAL : AlertDraft.GENERIC_NON_CRITICAL;
        transition.alert(
            new AlertDraft(
                message,
                recipient,
                critical,
                (header, _) -> CosemAlerts.plain(code, at, header.messageId().counter())));
      }
    }
  }

  /**
   * An event whose alert has a use case of its own and carries more than code and time.
   *
   * @param message the use case of the alert
   * @param items what the alert carries after code and time
   */
  public static void raise(
      Transition<EsmeState> transition, int code, MessageCode message, DlmsValue... items) {
    EventRule rule = rule(code);
    log(transition, rule, Octets.EMPTY);
    for (RemotePartyRole recipient : rule.recipients()) {
      if (isSent(transition.function().settings(), rule, recipient)) {
        send(transition, code, message, recipient, items);
      }
    }
  }

  /** Sends an alert to a party that is not the event's usual recipient, and logs nothing. */
  public static void send(
      Transition<EsmeState> transition,
      int code,
      MessageCode message,
      RemotePartyRole recipient,
      DlmsValue... items) {
    Instant at = transition.now();
    boolean critical = rule(code).sending() == Sending.CRITICAL;
    DlmsValue[] kept = items.clone();
    transition.alert(
        new AlertDraft(
            message,
            recipient,
            critical,
            (header, _) -> CosemAlerts.with(code, at, header.messageId().counter(), kept)));
    transition.happened(new DeviceEvent.Logged(code));
  }

  /**
   * An event whose alert carries values that only its recipient may read. Where the meter does not
   * hold the recipient's agreement key, nobody could read them, and nothing is sent.
   */
  public static void raiseProtected(
      Transition<EsmeState> transition, int code, MessageCode message, List<DlmsValue> values) {
    EventRule rule = rule(code);
    log(transition, rule, Octets.EMPTY);
    Instant at = transition.now();
    for (RemotePartyRole recipient : rule.recipients()) {
      if (transition.state().anchors().of(recipient, KeyUse.KEY_AGREEMENT).isPresent()) {
        transition.alert(
            new AlertDraft(
                message,
                recipient,
                true,
                (header, reader) -> {
                  ProtectedAttributes.Response content =
                      MessageProtection.protect(header, values, reader.orElseThrow());
                  return CosemAlerts.with(
                      code,
                      at,
                      header.messageId().counter(),
                      content.parameters().toValue(),
                      new DlmsValue.OctetString(content.block()));
                }));
      }
    }
  }

  private static EventRule rule(int code) {
    return EventRule.of(code)
        .orElseThrow(() ->
            new IllegalArgumentException(
                String.format(Locale.ROOT, "no event of a meter: %04X", code)));
  }

  private static boolean isSent(Settings settings, EventRule rule, RemotePartyRole recipient) {
    return switch (rule.sending()) {
      case CRITICAL, PLAIN -> true;
      case SET -> AlertBehaviour.SENT.isSet(settings, recipient, rule.code());
      case NO -> false;
    };
  }

  private static void log(Transition<EsmeState> transition, EventRule rule, Octets other) {
    transition.happened(new DeviceEvent.Logged(rule.code()));
    Settings settings = transition.function().settings();
    tellAtHome(transition, rule, settings);
    boolean logged =
        rule.sending() != Sending.SET
            || AlertBehaviour.LOGGED.isSet(settings, rule.recipients().getFirst(), rule.code());
    if (!logged) {
      return;
    }
    LogEntry entry = new LogEntry(transition.now(), rule.code(), other);
    switch (rule.log()) {
      case EVENT -> transition.update(state -> state.withEventEntry(entry));
      case SECURITY ->
          transition.update(state -> state.withSecurityEntry(entry.at(), entry.code()));
      case POWER ->
          transition.updateFunction(esme -> {
            EventLogs logs = esme.part(EventLogs.class);
            return esme.with(logs.withPower(logs.power().with(fourOctets(entry))));
          });
      case CONTROLLER ->
          transition.updateFunction(esme -> {
            EventLogs logs = esme.part(EventLogs.class);
            return esme.with(logs.withController(logs.controller().with(entry)));
          });
      case NONE -> {}
    }
  }

  /**
   * Shares the event with devices of the home, and sounds the alarm, as the supplier has set it.
   */
  private static void tellAtHome(
      Transition<EsmeState> transition, EventRule rule, Settings settings) {
    if (rule.sending() != Sending.SET || rule.recipients().getFirst() != RemotePartyRole.SUPPLIER) {
      return;
    }
    LogEntry entry = new LogEntry(transition.now(), rule.code(), Octets.EMPTY);
    if (AlertBehaviour.SHARED.isSet(settings, RemotePartyRole.SUPPLIER, rule.code())) {
      transition.updateFunction(esme -> esme.with(HomeNotices.of(esme).withShared(entry)));
    }
    if (AlertBehaviour.SOUNDED.isSet(settings, RemotePartyRole.SUPPLIER, rule.code())) {
      transition.updateFunction(esme -> esme.with(HomeNotices.of(esme).withSounded(entry)));
    }
  }

  /** A power event always has a number with it. */
  private static LogEntry fourOctets(LogEntry entry) {
    Octets number =
        entry.other().length() == Integer.BYTES
            ? entry.other()
            : new OctetWriter(Integer.BYTES).u32(0).toOctets();
    return new LogEntry(entry.at(), entry.code(), number);
  }
}
