// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.parameters;

/** A parameter that is missing, unknown or has a value that the DUIS schema does not allow. */
public final class ParameterException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String parameter;
  private final String fault;

  /**
   * A fault.
   *
   * @param parameter where it is: names joined by dots, places in lists in brackets
   * @param fault what is wrong, to follow the name
   */
  public ParameterException(String parameter, String fault) {
    super(parameter + " " + fault);
    this.parameter = parameter;
    this.fault = fault;
  }

  /** Where the fault is: names joined by dots, places in lists in brackets. */
  public String parameter() {
    return parameter;
  }

  /** What is wrong, to follow the name. */
  public String fault() {
    return fault;
  }
}
