// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.alert;

import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.gbz.Cluster;

/** One part of a future-dated command that takes effect, and gives its alert, by itself. */
public sealed interface ActivationItem {
  /** An activation-time attribute. */
  record Attribute(CosemAttribute attribute) implements ActivationItem {}

  /**
   * A ZCL command. Devices write another frame control into the alert than the command had, so that
   * does not tell items apart.
   */
  record ZclCommand(Cluster cluster, int commandId) implements ActivationItem {}

  /** The command as a whole: firmware and security credentials. */
  record Whole() implements ActivationItem {
    /** The one value. */
    public static final Whole VALUE = new Whole();
  }
}
