// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.web;

import java.io.IOException;

/** A form that breaks off or goes on where it should end. */
public final class BrokenFormException extends IOException {
  private static final long serialVersionUID = 1L;

  BrokenFormException(String message) {
    super(message);
  }
}
