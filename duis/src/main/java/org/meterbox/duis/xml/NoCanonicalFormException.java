// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.xml;

/**
 * Thrown for a document that Canonical XML refuses: one that names a namespace by a relative URI
 * (Canonical XML 1.0, section 1.3).
 */
public final class NoCanonicalFormException extends Exception {
  private static final long serialVersionUID = 1L;

  NoCanonicalFormException() {
    super("a namespace is named by a relative URI");
  }
}
