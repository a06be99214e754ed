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

  /** With another reactive import, in var. */
  public Power withReactiveImport(int changed) {
    return new Power(primary, secondary, changed, activeExport, reactiveExport);
  }

  /** A part of it, as on the phases that are alive. */
  Power share(int parts, int of) {
    return new Power(
        primary * parts / of,
        secondary * parts / of,
        reactiveImport * parts / of,
        activeExport * parts / of,
        reactiveExport * parts / of);
  }

  /** Active import of all elements. */
  public int activeImport() {
    return primary + secondary;
  }
}
