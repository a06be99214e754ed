// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.query;

/**
 * The answer to one query.
 *
 * @param status the HTTP status, also in the answer's ResponseCode
 * @param xml the body, {@code application/xml}
 */
public record QueryReply(int status, String xml) {
  /** Something was found. */
  public static final int FOUND = 200;

  /** The query does not say what to find, or not in the right form. */
  public static final int BAD_PARAMETERS = 401;

  /** Nothing was found. */
  public static final int NOTHING_FOUND = 402;
}
