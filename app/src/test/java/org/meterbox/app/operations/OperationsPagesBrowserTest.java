// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.operations;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.app.system.Home;
import org.meterbox.portal.web.InstalledBrowser;
import tools.jackson.databind.json.JsonMapper;

/**
 * A person at a real browser looks at a whole running system. Pictures of every page go to
 * target/operations-pictures, for people to look at.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OperationsPagesBrowserTest {
  private static final Path PICTURES = Path.of("target", "operations-pictures");
  private static final int DESKTOP = 1280;
  private static final int PHONE = 390;
  private static final double PATIENCE_MILLISECONDS = 120_000;
  private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

  /** What axe finds, one line for each element. */
  private static final String RUN_AXE =
      """
      async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']}))
        .violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 200)
          + ' ' + n.failureSummary))
      """;

  private Optional<WholeSystem> running = Optional.empty();
  private Optional<InstalledBrowser> browser = Optional.empty();

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    Optional<String> missing = InstalledBrowser.missing();
    missing.ifPresent(why -> System.out.println("SKIPPED: operations pages in a browser: " + why));
    assumeTrue(missing.isEmpty(), missing.orElse(""));
    WholeSystem whole = new WholeSystem(folder);
    running = Optional.of(whole);
    browser = Optional.of(InstalledBrowser.start(whole.data.resolve("dccki-root.pem")));
  }

  @AfterAll
  void stop() {
    browser.ifPresent(InstalledBrowser::close);
    running.ifPresent(WholeSystem::close);
  }

  private BrowserContext open(int width, ColorScheme scheme, boolean scripts) {
    BrowserContext context =
        browser
            .orElseThrow()
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setBaseURL(running.orElseThrow().pages().toString())
                    .setViewportSize(width, 900)
                    .setJavaScriptEnabled(scripts)
                    .setColorScheme(scheme));
    context.setDefaultTimeout(PATIENCE_MILLISECONDS);
    return context;
  }

  private static Locator link(Page page, String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
  }

  // The main way of whoever runs the box: from the overview to what became of one request.
  @Test
  void aRequestIsFollowedFromTheOverviewWithoutScripts() throws IOException {
    try (BrowserContext context = open(DESKTOP, ColorScheme.LIGHT, false)) {
      Page page = context.newPage();
      page.navigate("/");
      assertThat(page.getByText("Commands in flight")).isVisible();
      page.getByRole(AriaRole.NAVIGATION)
          .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Requests"))
          .click();
      page.getByLabel("Service").fill("4.1.1");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Filter").setExact(true))
          .click();
      link(page, "4.1.1").first().click();
      assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
          .containsText("4.1.1");
      assertThat(page.locator("svg.sequence")).containsText("Command ECS17b");
      assertThat(page.locator("table.decoded").first())
          .containsText("read ImportRegisterCollection");
      page.locator("summary", new Page.LocatorOptions().setHasText("Service Request"))
          .first()
          .click();
      Download download =
          page.waitForDownload(() -> page.getByText("Download the signed octets").first().click());
      assertThat(Files.readString(download.path())).contains("<ds:Signature");
    }
  }

  @Test
  void anyIdentifierIsFound() {
    try (BrowserContext context = open(DESKTOP, ColorScheme.LIGHT, true)) {
      Page page = context.newPage();
      page.navigate("/");
      find(page, Home.FIRST.importMpan().toString());
      assertThat(page.getByText("kWh imported")).isVisible();
      find(page, Home.FIRST.electricityMeter().hex());
      assertThat(page.getByText("Parties that it knows")).isVisible();
      find(page, "90-B3-D5-1F-30-01-00-00");
      assertThat(page.getByLabel("User")).hasValue("90-B3-D5-1F-30-01-00-00");
      find(page, "<script>alert(1)</script>");
      assertThat(page.getByText("These can be found")).isVisible();
      assertThat(page.getByText("<script>alert(1)</script>")).isVisible();
    }
  }

  private static void find(Page page, String wanted) {
    page.getByLabel("Find any identifier").fill(wanted);
    page.keyboard().press("Enter");
    page.waitForLoadState();
  }

  // The overview renews itself; a request that is sent meanwhile appears without a click.
  @Test
  void theOverviewFollows() {
    try (BrowserContext context = open(DESKTOP, ColorScheme.LIGHT, true)) {
      Page page = context.newPage();
      page.navigate("/");
      String before = page.locator("#live .at").textContent();
      page.waitForCondition(() -> !page.locator("#live .at").textContent().equals(before));
      assertThat(page.locator("#live")).containsText("Health");
    }
  }

  private List<String> paths() {
    String newest = running.orElseThrow().run("requests", "--json", "--size", "500").output();
    String read = first(newest, "4.1.1");
    String disable = first(newest, "7.2");
    return List.of(
        "/",
        "/requests",
        "/requests?state=failed",
        "/requests/" + read,
        "/requests/" + disable,
        "/devices",
        "/devices/" + Home.FIRST.electricityMeter().dashed(),
        "/homes/" + Home.FIRST.hub().dashed(),
        "/alerts",
        "/alerts/" + alert(),
        "/requests?state=answered&service=4.1.1",
        "/users",
        "/search?q=nothing",
        "/no-such-page");
  }

  private String alert() {
    var alerts =
        JsonMapper.shared().readTree(running.orElseThrow().run("alerts", "--json").output());
    var newest = alerts.get("alerts").get(0);
    return newest.get("device").stringValue() + "/" + newest.get("digest").stringValue();
  }

  private static String first(String json, String service) {
    for (var each : JsonMapper.shared().readTree(json).get("requests")) {
      if (each.get("service").stringValue().equals(service)) {
        return each.get("id").stringValue();
      }
    }
    throw new AssertionError("no request " + service + " in " + json);
  }

  @Test
  void everyPageFitsEveryScreenAndKeepsNobodyOut() throws IOException {
    String axe = axe();
    List<String> paths = paths();
    for (int width : List.of(DESKTOP, PHONE)) {
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        try (BrowserContext context = open(width, scheme, true)) {
          Page page = context.newPage();
          for (int i = 0; i < paths.size(); i++) {
            page.navigate(paths.get(i));
            String place = paths.get(i) + " " + width + " " + scheme;
            page.screenshot(
                new Page.ScreenshotOptions()
                    .setPath(PICTURES.resolve(picture(width, scheme, i, paths.get(i))))
                    .setFullPage(true));
            assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                .as("no sideways scrolling on " + place)
                .isEqualTo(true);
            assertThat(page.locator("h1").count()).as(place).isEqualTo(1);
            page.evaluate(axe);
            assertThat((List<?>) page.evaluate(RUN_AXE)).as("axe on " + place).isEmpty();
          }
        }
      }
    }
  }

  private static String picture(int width, ColorScheme scheme, int number, String path) {
    String name = path.replaceAll("[^a-zA-Z]+", "-");
    return String.format(
        Locale.ROOT,
        "%s-%s-%02d%s.png",
        width == PHONE ? "phone" : "desk",
        scheme.name().toLowerCase(Locale.ROOT),
        number,
        name.substring(0, Math.min(18, name.length())));
  }

  private static String axe() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(OperationsPagesBrowserTest.class.getResourceAsStream(AXE))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
