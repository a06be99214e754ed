// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.web;

/** The library that fetches a part of a page again; pages work without it. */
public final class Htmx {
  /** Changes with the version in the parent pom. */
  private static final String VERSION = "2.0.10";

  private static final Asset ASSET =
      Asset.library(
          "htmx",
          ".js",
          "text/javascript; charset=utf-8",
          "htmx.org/" + VERSION + "/dist/htmx.min.js");

  /** Where pages find it. */
  public static final String PATH = ASSET.path();

  private Htmx() {}

  /** Serves it to everybody. */
  public static Route route() {
    return ASSET.route();
  }
}
