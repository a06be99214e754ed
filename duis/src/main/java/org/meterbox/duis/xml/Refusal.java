// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.xml;

import java.util.Locale;

/**
 * Why a document was not taken.
 *
 * @param fault the kind of fault
 * @param line the line of the fault, from 1; 0 where the fault has no place
 * @param column the column of the fault, from 1; 0 where the fault has no place
 * @param rule a short name of the broken rule: of XML Schema's validation rules (cvc-...), or of
 *     this room's limits and checks
 * @param message one sentence for a person
 */
public record Refusal(Fault fault, int line, int column, String rule, String message) {

  /** The kinds of fault, gravest first. */
  public enum Fault {
    /** Larger, deeper or longer than a named limit. */
    LIMIT_EXCEEDED,
    /** Not well-formed XML in UTF-8, or XML with a document type declaration. */
    MALFORMED,
    /** Another kind of document than the one asked for. */
    WRONG_DOCUMENT,
    /** Not valid against the DUIS schema. */
    INVALID,
    /** Valid, but with a value that has no meaning here. */
    BAD_VALUE,
    /** Valid, but without a signature that holds. */
    NOT_SIGNED
  }

  /** A refusal that concerns the document as a whole. */
  public static Refusal ofDocument(Fault fault, String rule, String message) {
    return new Refusal(fault, 0, 0, rule, message);
  }

  @Override
  public String toString() {
    return line == 0
        ? String.format(Locale.ROOT, "%s: %s", rule, message)
        : String.format(Locale.ROOT, "line %d, column %d: %s: %s", line, column, rule, message);
  }
}
