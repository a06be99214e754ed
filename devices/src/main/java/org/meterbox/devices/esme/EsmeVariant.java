// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme;

/** What kind of electricity meter it is (SMETS device variants A and B). */
public enum EsmeVariant {
  /** One measuring element. */
  SINGLE_ELEMENT,
  /** Two: the second has registers, rates and prices of its own. */
  TWIN_ELEMENT
}
