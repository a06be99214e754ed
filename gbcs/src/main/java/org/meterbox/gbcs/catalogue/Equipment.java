// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.catalogue;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The kinds of device that GBCS messages reach. */
public enum Equipment {
  /** Electricity Smart Metering Equipment. */
  ESME,
  /** Gas Smart Metering Equipment. */
  GSME,
  /** Communications Hub Function. */
  CHF,
  /** Gas Proxy Function. */
  GPF,
  /** Prepayment Interface Device. */
  PPMID,
  /** HAN Connected Auxiliary Load Control Switch. */
  HCALCS,
  /** Standalone Auxiliary Proportional Controller. */
  SAPC;

  /** The devices whose names stand in the text, in the order of this enumeration. */
  static Set<Equipment> setOf(String names) {
    Set<Equipment> devices = EnumSet.noneOf(Equipment.class);
    for (String name : names.split(" ", -1)) {
      devices.add(valueOf(name));
    }
    return Collections.unmodifiableSet(devices);
  }
}
