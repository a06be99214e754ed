// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.home;

/**
 * What flows through a meter, in W and var. Of import and export one is zero.
 *
 * @param primary active import of the primary element, or of all phases
 * @param secondary active import of the secondary element
 */
public record Power(
    int primary, int secondary, int reactiveImport, int activeExport, int reactiveExport) {
  /** Nothing. */
  public static final Power NONE = new Power(0, 0, 0, 0, 0);

  /** Active import of all elements. */
  public int activeImport() {
    return primary + secondary;
  }
}
