// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.content;

/**
 * Thrown where a payload that decodes does not have the content that its use case prescribes. The
 * message is then shown as octets.
 */
public final class UnexpectedContentException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /** Says what was expected where, without the value found, which may be personal data. */
  public UnexpectedContentException(String message) {
    super(message);
    this.reason = message;
  }

  /** What was expected where. */
  public String reason() {
    return reason;
  }
}
