// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.decode;

import org.meterbox.gbcs.envelope.GbcsMessage;

/** What a message is to those who send and receive it. */
public enum MessageKind {
  /** A command as a device gets it, with the broker's MAC or where the use case allows without. */
  COMMAND("command"),
  /** A command that nobody has signed or MACed yet. */
  PRECOMMAND("precommand"),
  /** A command with its originator's signature that still needs the broker's MAC. */
  SIGNED_PRECOMMAND("signed-precommand"),
  RESPONSE("response"),
  ALERT("alert");

  private final String text;

  MessageKind(String text) {
    this.text = text;
  }

  /** The kind in one word. */
  public String text() {
    return text;
  }

  /** The kind of a message. */
  public static MessageKind of(GbcsMessage message) {
    return switch (message) {
      case GbcsMessage.Command ignored -> COMMAND;
      case GbcsMessage.DirectCommand ignored -> COMMAND;
      case GbcsMessage.PreCommand ignored -> PRECOMMAND;
      case GbcsMessage.UnsecuredCommand ignored -> PRECOMMAND;
      case GbcsMessage.SignedPreCommand ignored -> SIGNED_PRECOMMAND;
      case GbcsMessage.Response ignored -> RESPONSE;
      case GbcsMessage.Alert ignored -> ALERT;
    };
  }
}
