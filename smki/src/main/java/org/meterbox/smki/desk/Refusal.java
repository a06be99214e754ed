// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.desk;

/**
 * Why something was not done.
 *
 * @param kind whose fault it is, roughly
 * @param rule the name of the rule that was broken
 * @param demand what the rule demands, for people
 * @param detail what in this case broke it, for people
 */
public record Refusal(Kind kind, String rule, String demand, String detail) {
  /** Sorts of refusals, each with its HTTP status (RFC 9110). */
  public enum Kind {
    /** What was sent cannot be read. */
    MALFORMED(400),
    /** Nobody is known by the certificate, or none was presented. */
    UNKNOWN_PERSON(401),
    /** The person's duty does not cover it. */
    NOT_ALLOWED(403),
    /** There is no such thing, or none that the person may see. */
    NOT_FOUND(404),
    /** It was sent to a name that is not this service's. */
    WRONG_HOST(421),
    /** More was sent than is read. */
    TOO_LARGE(413),
    /** It is readable and allowed, but breaks a rule of the infrastructure. */
    BROKEN_RULE(422),
    /** Too much is under way, or the database is away; later it may be done. */
    BUSY(503);

    private final int status;

    Kind(int status) {
      this.status = status;
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }
  }
}
