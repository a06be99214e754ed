// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.alert;

import java.util.List;
import java.util.Optional;
import org.meterbox.gbcs.dlms.DlmsAlert;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.ProtectedAttributes;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/** What a DLMS alert carries after its code and time. */
public sealed interface DlmsDetail {
  /**
   * What an alert's items mean; unrecognised where they are not as the message code prescribes.
   *
   * @param messageCode of the alert's grouping header: it says what items to expect
   */
  static DlmsDetail of(MessageCode messageCode, DlmsAlert alert) {
    return DlmsItems.read(messageCode.value(), alert.code(), alert.items());
  }

  /** The items that carry this detail. */
  default List<DlmsValue> items() {
    return DlmsItems.write(this);
  }

  /** Nothing. */
  record None() implements DlmsDetail {
    /** The one value. */
    public static final None VALUE = new None();
  }

  /** A setting that was to take effect later did, or failed to (message code 00CC). */
  record FutureDated(DlmsAlert.FutureDatedExecution execution) implements DlmsDetail {}

  /** SHA-256 of a firmware image that arrived (message code 00CE). */
  record FirmwareReceipt(Octets imageHash) implements DlmsDetail {}

  /** What was found to be wrong with the meter's integrity (message code 00F0). */
  record Integrity(int issueCode) implements DlmsDetail {}

  /** The equivalent message code of a command given in the home (alerts 8154 to 8162). */
  record CommandInHome(MessageCode equivalent) implements DlmsDetail {}

  /** The hub's device log changed (CS14). */
  record HubDeviceLog(DlmsDateTime changed, Eui64 extendedPanId, List<HubDevice> devices)
      implements DlmsDetail {
    /** Copies the list. */
    public HubDeviceLog {
      devices = List.copyOf(devices);
    }
  }

  /**
   * A device in the hub's log.
   *
   * @param linkKeyHash empty where the device has no link key
   */
  record HubDevice(Eui64 device, Octets linkKeyHash) {}

  /** The billing data log was updated (ECS68): an encrypted log entry. */
  record BillingData(ProtectedAttributes.Response protectedEntry) implements DlmsDetail {}

  /** The supply came back after an outage (ECS80). */
  record SupplyOutage(DlmsDateTime interrupted, DlmsDateTime restored) implements DlmsDetail {}

  /** The device of the home that the alert is about (DBCH06, DBCH11). */
  record AboutDevice(Eui64 device) implements DlmsDetail {}

  /**
   * The hub changed its sub-GHz channel (DBCH07).
   *
   * @param channel 32 bits
   */
  record SubGhzChannelChanged(DlmsValue.BitString channel, int reason) implements DlmsDetail {}

  /** The outcome of a channel scan that was asked for (DBCH08). */
  record SubGhzScanOutcome(int outcome, int reason) implements DlmsDetail {}

  /** The hub's sub-GHz configuration as it is now (DBCH09): fifteen numbers and bit strings. */
  record SubGhzConfiguration(DlmsValue.Structure configuration) implements DlmsDetail {}

  /** A message that the hub discarded to keep its share of air time (DBCH10). */
  record LostMessage(Eui64 originator, Eui64 target, int craFlag, OriginatorCounter counter)
      implements DlmsDetail {}

  /** A command that the device does not know (ECS100). */
  record UnsupportedCommand(MessageCode command, OriginatorCounter counter) implements DlmsDetail {}

  /**
   * A level of an auxiliary proportional controller was set (ECS101).
   *
   * @param percent 0 to 100
   */
  record LevelSet(ControllerPort port, DlmsDateTime start, DlmsDateTime end, int percent)
      implements DlmsDetail {}

  /**
   * A level of an auxiliary proportional controller ended (ECS102).
   *
   * @param percent the level that now holds, 0 to 100
   */
  record LevelEnded(ControllerPort port, int percent) implements DlmsDetail {}

  /**
   * One direction of an auxiliary proportional controller.
   *
   * @param code high four bits 1 for output and 2 for input, low four bits the controller's number
   */
  record ControllerPort(int code) {
    /** Whether power flows out of the controller. */
    public boolean isOutput() {
      return code >>> 4 == 1;
    }

    /** Whether power flows into the controller. */
    public boolean isInput() {
      return code >>> 4 == 2;
    }

    /** The controller's number, from 1. */
    public int number() {
      return code & 0x0F;
    }
  }

  /** An operational update for a load controller (ECS200): text in JSON. */
  record OperationalUpdate(String json) implements DlmsDetail {}

  /** Items that no rule describes, or that are not as their rule prescribes. */
  record Unrecognised(List<DlmsValue> items) implements DlmsDetail {
    /** Copies the list. */
    public Unrecognised {
      items = List.copyOf(items);
    }
  }

  /** The name of an integrity issue, where its code has one (alert 81A0). */
  static Optional<String> integrityIssue(int code) {
    return switch (code) {
      case 0x0000 -> Optional.of("other");
      case 0x0001 -> Optional.of("non-volatile memory");
      case 0x0002 -> Optional.of("program execution");
      case 0x0003 -> Optional.of("program storage");
      case 0x0004 -> Optional.of("RAM");
      case 0x0005 -> Optional.of("unexpected hardware reset");
      case 0x0006 -> Optional.of("watchdog");
      case 0x0007 -> Optional.of("metrology firmware verification");
      case 0x0008 -> Optional.of("measurement fault");
      case 0x0009 -> Optional.of("unspecified operational integrity");
      default -> Optional.empty();
    };
  }
}
