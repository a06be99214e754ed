// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.health;

/** Whether a part of the system can do its work now. */
public sealed interface Readiness {
  /** It can. */
  record Ready() implements Readiness {}

  /**
   * It cannot.
   *
   * @param reason in a few words, without secrets
   */
  record NotReady(String reason) implements Readiness {}
}
