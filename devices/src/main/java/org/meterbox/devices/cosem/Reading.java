// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.cosem;

import org.meterbox.gbcs.dlms.AccessResult;
import org.meterbox.gbcs.dlms.DlmsValue;

/** What comes of reading an attribute. */
public sealed interface Reading {
  /** The value. */
  record Value(DlmsValue value) implements Reading {}

  /** Why there is none; never {@link AccessResult#SUCCESS}. */
  record Denied(AccessResult reason) implements Reading {}
}
