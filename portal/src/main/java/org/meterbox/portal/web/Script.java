// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.web;

/**
 * The one script of every page: buttons that copy a value, and times as people say them. Every page
 * works without it.
 */
public final class Script {
  private static final Asset ASSET =
      Asset.read("meterbox", ".js", "text/javascript; charset=utf-8");

  /** Where pages find it. */
  public static final String PATH = ASSET.path();

  private Script() {}

  /** Serves it to everybody. */
  public static Route route() {
    return ASSET.route();
  }
}
