// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.web;

/** The one stylesheet of every page of the product. */
public final class Stylesheet {
  private static final Asset ASSET = Asset.read("meterbox", ".css", "text/css; charset=utf-8");

  /** Where pages find it. */
  public static final String PATH = ASSET.path();

  private Stylesheet() {}

  /** Serves it to everybody. */
  public static Route route() {
    return ASSET.route();
  }
}
