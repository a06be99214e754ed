// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.state;

/** What an electricity meter measures (SMETS device variants A, B and C). */
public enum EsmeVariant {
  /** One measuring element. */
  SINGLE_ELEMENT(1),
  /** Two: the second has registers, rates and prices of its own. */
  TWIN_ELEMENT(1),
  /** One element for each of three phases; registers are sums. */
  POLYPHASE(3);

  private final int phases;

  EsmeVariant(int phases) {
    this.phases = phases;
  }

  /** How many phases it watches. */
  public int phases() {
    return phases;
  }
}
