// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.content;

import org.meterbox.correlate.mmc.MmcWriter;

/** Writes what a use case's GBZ answer says into its MMC element, which is open already. */
@FunctionalInterface
public interface GbzRendering {
  /** Writes the element's content; what the device could not give is left out. */
  void render(GbzAnswers answers, MmcWriter out) throws UnexpectedContentException;
}
