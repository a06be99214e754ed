// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A browser that this machine has; none is ever downloaded. */
public final class InstalledBrowser implements AutoCloseable {
  /** Names another one. */
  private static final String VARIABLE = "METERBOX_BROWSER";

  private static final List<String> USUAL =
      List.of(
          "/usr/bin/chromium",
          "/usr/bin/chromium-browser",
          "/usr/bin/google-chrome",
          "/usr/bin/google-chrome-stable");

  private final Playwright playwright;
  private final Browser browser;

  private InstalledBrowser(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Why there is none, in words to print; empty where there is one. */
  public static Optional<String> missing() {
    if (find().isEmpty()) {
      return Optional.of(
          "no browser: install chromium, or name one in the environment variable " + VARIABLE);
    }
    return InstalledBrowser.class.getResource("/driver") == null
        ? Optional.of("no driver for the browser: build with -Pbrowser")
        : Optional.empty();
  }

  private static Optional<Path> find() {
    return Stream.concat(Stream.ofNullable(System.getenv(VARIABLE)), USUAL.stream())
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts it.
   *
   * @param authority trusted as root of servers' certificates
   */
  public static InstalledBrowser start(Path authority) {
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(
                    Map.of(
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                        "1",
                        "NODE_EXTRA_CA_CERTS",
                        authority.toString())));
    return new InstalledBrowser(
        playwright,
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(find().orElseThrow())
                    .setHeadless(true)));
  }

  public Browser browser() {
    return browser;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
