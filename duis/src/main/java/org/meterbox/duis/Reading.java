// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis;

import org.meterbox.duis.xml.Refusal;

/**
 * The outcome of reading a document.
 *
 * @param <T> what a good document gives
 */
public sealed interface Reading<T> {

  /**
   * The document is good.
   *
   * @param value what it says
   */
  record Valid<T>(T value) implements Reading<T> {}

  /**
   * The document is not good.
   *
   * @param refusal the first fault found
   * @param header what of the header could be read all the same, to answer the sender with; not to
   *     be trusted beyond that
   */
  record Refused<T>(Refusal refusal, PartialHeader header) implements Reading<T> {}
}
