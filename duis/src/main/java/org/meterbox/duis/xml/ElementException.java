// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.xml;

/**
 * Thrown where an element is not there, is there twice, or holds no value of the type asked for. In
 * a document that passed the schema it means that the asking code and the schema disagree.
 */
public final class ElementException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String path;

  /**
   * Says what is wrong where.
   *
   * @param path local names from the outermost element, separated by slashes
   */
  public ElementException(String path, String message) {
    super(path + ": " + message);
    this.path = path;
  }

  /** Local names from the outermost element, separated by slashes. */
  public String path() {
    return path;
  }
}
