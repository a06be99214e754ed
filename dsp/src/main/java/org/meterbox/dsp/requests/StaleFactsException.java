// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

/**
 * What was decided rests on facts that have changed since they were read. Nothing is stored;
 * whoever catches it reads the facts and decides again.
 */
public final class StaleFactsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Says what has changed. */
  public StaleFactsException(String what) {
    super(what);
  }
}
