// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.catalogue;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.RemotePartyRole;

/**
 * A use case as its message code names it: a command with its response, or an alert (GBCS use
 * cases).
 *
 * @param code the number in the grouping header
 * @param name the use case, for example ECS01a; several codes may share one
 * @param title what it is for
 * @param payload in which language its payload is written
 * @param weight whether it is signed
 * @param kind command, alert or message between devices
 * @param devices which devices take the command or send the alert
 * @param roles who may send the command
 * @param replayProtection whether the device refuses a counter that it has seen
 * @param futureDating whether the command may name a later time of execution
 * @param responseTime whether the response's header carries a date-time
 * @param encryption whether the response or alert holds encrypted content
 * @param delivery whether the Access Control Broker adds its MAC to the command
 * @param superseded whether a later use case has taken its place
 * @param objects the COSEM objects in the order of the command; empty where the payload is not DLMS
 */
public record UseCase(
    MessageCode code,
    String name,
    String title,
    PayloadFormat payload,
    Weight weight,
    Kind kind,
    Set<Equipment> devices,
    Roles roles,
    Rule replayProtection,
    Rule futureDating,
    Rule responseTime,
    Rule encryption,
    Delivery delivery,
    boolean superseded,
    List<ObjectUse> objects) {

  /** Whether the messages of a use case are signed. */
  public enum Weight {
    /** Signed by their originator. */
    CRITICAL,
    /** Protected by a MAC only. */
    NON_CRITICAL,
    /** One or the other, as its originator is entitled to. */
    EITHER
  }

  /** What a message code stands for. */
  public enum Kind {
    /** A command and its response. */
    COMMAND,
    /** An alert. */
    ALERT,
    /** A command in GBCS format from one device of the home to another. */
    DEVICE_TO_DEVICE,
    /** A ZigBee command inside the home that has a number but no GBCS message. */
    HOME_NETWORK
  }

  /** Where a fact of the catalogue comes from. */
  public enum Basis {
    /** The use case states it. */
    STATED,
    /** The use case is silent; the reference messages or its purpose show it. */
    INFERRED,
    /** Nothing is known. */
    UNKNOWN
  }

  /**
   * A yes or no.
   *
   * @param holds false where it is unknown or does not apply
   */
  public record Rule(boolean holds, Basis basis) {}

  /** The roles that may send a command; none for alerts. */
  public record Roles(Set<RemotePartyRole> roles, Basis basis) {
    /** Copies the set. */
    public Roles {
      roles = Set.copyOf(roles);
    }

    /** Whether the role is among them. */
    public boolean include(RemotePartyRole role) {
      return roles.contains(role);
    }
  }

  /** How a command reaches the device. */
  public enum Delivery {
    /** With the Access Control Broker's MAC. */
    BROKER,
    /** With its originator's signature alone. */
    DIRECT,
    /** With one or the other, as its originator is entitled to. */
    EITHER,
    /** Not a command. */
    NONE
  }

  /** How a command addresses an object. */
  public enum Access {
    GET,
    SET,
    /** A read of log entries by their time. */
    RANGE,
    /** A method; of an alert its output. */
    ACTION,
    /** A read through a data protection object. */
    PROTECTED,
    /** The value of an attribute in an alert. */
    ALERT
  }

  /**
   * One object that a use case addresses.
   *
   * @param target the attribute, or for {@link Access#ACTION} the method
   * @param optional whether a command may leave it out
   */
  public record ObjectUse(Access access, CosemAttribute target, boolean optional) {}

  /** Copies the collections. */
  public UseCase {
    devices = Collections.unmodifiableSet(EnumSet.copyOf(devices));
    objects = List.copyOf(objects);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s %s %s", code, name, title);
  }
}
