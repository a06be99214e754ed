// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.web;

import java.io.IOException;

/**
 * One address and what answers there.
 *
 * @param path parts in braces stand for one segment each
 * @param forEverybody whether people without a certificate are answered too
 */
public record Route(Verb verb, String path, boolean forEverybody, Handler handler) {
  /** The methods in use: reading changes nothing, posting may. */
  public enum Verb {
    GET,
    POST
  }

  /** Answers. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Answers one request.
     *
     * @throws TurnedAwayException where what was sent cannot be read
     * @throws IOException where the connection or a file fails
     */
    Reply answer(Visit visit) throws TurnedAwayException, IOException;
  }

  /** Something to read, for people who are known. */
  public static Route get(String path, Handler handler) {
    return new Route(Verb.GET, path, false, handler);
  }

  /** Something to read for everybody. */
  public static Route open(String path, Handler handler) {
    return new Route(Verb.GET, path, true, handler);
  }

  /** Something to do, for people who are known. */
  public static Route post(String path, Handler handler) {
    return new Route(Verb.POST, path, false, handler);
  }
}
