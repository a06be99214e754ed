// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.smki.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ClientCertificate;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.portal.smki.service.RunningService;
import org.meterbox.portal.web.InstalledBrowser;
import org.meterbox.portal.web.PemText;
import org.meterbox.smki.OrganisationRequests;
import org.meterbox.smki.RegisteredSupplier;
import org.meterbox.smki.issuing.DeviceRequests;
import org.meterbox.smki.profile.KeyUse;

/**
 * A person at a real browser, with a certificate and without any script on the pages. Pictures of
 * every page go to target/portal-pictures, for people to look at.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PortalBrowserTest {
  private static final Path PICTURES = Path.of("target", "portal-pictures");
  private static final int DESKTOP = 1280;
  private static final int PHONE = 390;
  private static final double PATIENCE_MILLISECONDS = 120_000;

  /** Not merely somewhere to the right, where only those scroll who know. */
  private static final String NAVIGATION_IN_SIGHT =
      "[...document.querySelectorAll('nav a')].every(link => {"
          + " const place = link.getBoundingClientRect();"
          + " return place.left >= 0 && place.right <= window.innerWidth && place.width > 0; })";

  private Optional<RunningService> running = Optional.empty();
  private Optional<InstalledBrowser> browser = Optional.empty();
  private Path folder;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    Optional<String> missing = InstalledBrowser.missing();
    missing.ifPresent(why -> System.out.println("SKIPPED: the portal in a browser: " + why));
    assumeTrue(missing.isEmpty(), missing.orElse(""));
    this.folder = folder;
    RunningService service = new RunningService(folder);
    running = Optional.of(service);
    Path root = folder.resolve("root.pem");
    Files.writeString(root, PemText.of(service.house.smki.authorities.dcckiRoot().certificate()));
    browser = Optional.of(InstalledBrowser.start(root));
  }

  @AfterAll
  void stop() {
    browser.ifPresent(InstalledBrowser::close);
    running.ifPresent(RunningService::close);
  }

  private RunningService service() {
    return running.orElseThrow();
  }

  private String address() {
    return service().service.address().toString();
  }

  private BrowserContext as(String person, int width) throws IOException {
    return as(person, width, ColorScheme.LIGHT);
  }

  private BrowserContext as(String person, int width, ColorScheme scheme) throws IOException {
    BrowserContext context =
        browser
            .orElseThrow()
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setBaseURL(address())
                    .setViewportSize(width, 900)
                    .setColorScheme(scheme)
                    .setClientCertificates(
                        List.of(
                            new ClientCertificate(address())
                                .setPfxPath(folder.resolve(person + ".p12"))
                                .setPassphrase(
                                    Files.readString(folder.resolve(person + ".password"))))));
    // Playwright's own 30 s are too few for a machine that does much else.
    context.setDefaultTimeout(PATIENCE_MILLISECONDS);
    return context;
  }

  private static void click(Page page, String link) {
    page.getByRole(AriaRole.NAVIGATION)
        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(link))
        .click();
  }

  private static void press(Page page, String button) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button)).click();
  }

  private static void picture(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")).setFullPage(true));
  }

  private String request(KeyPair pair) throws IOException {
    return PemText.of(
        "CERTIFICATE REQUEST",
        OrganisationRequests.csr(
            RegisteredSupplier.SUPPLIER, RemotePartyRole.SUPPLIER, KeyUse.DIGITAL_SIGNATURE, pair));
  }

  @Test
  void anOfficerRequestsSeesDownloadsAndRevokesACertificate() throws IOException {
    try (BrowserContext context = as(RunningService.OFFICER, DESKTOP)) {
      Page page = context.newPage();
      page.navigate("/");
      assertThat(page.getByText("Ben Officer").first()).isVisible();
      click(page, "Requests");
      String csr = request(service().house.smki.newPair());
      page.getByLabel("Certificate request").fill(csr);
      press(page, "Request certificate");
      assertThat(page.getByRole(AriaRole.STATUS)).containsText("Certificate issued");
      assertThat(page.getByText("In use").first()).isVisible();
      picture(page, "certificate-desktop");

      Download download =
          page.waitForDownload(() -> page.getByText("Download PEM with chain").click());
      assertThat(download.suggestedFilename()).endsWith(".pem");
      assertThat(Files.readString(download.path()).split("BEGIN CERTIFICATE")).hasSize(4);

      page.getByLabel("Reason").selectOption("SUPERSEDED");
      page.getByLabel("I know that this is final").check();
      press(page, "Revoke certificate");
      assertThat(page.getByRole(AriaRole.STATUS)).containsText("Certificate revoked");
      assertThat(page.getByText("Revoked").first()).isVisible();
    }
  }

  @Test
  void aRefusalNamesTheRuleAndKeepsWhatWasEntered() throws IOException {
    try (BrowserContext context = as(RunningService.OFFICER, DESKTOP)) {
      Page page = context.newPage();
      KeyPair pair = service().house.smki.newPair();
      for (int i = 0; i < 2; i++) {
        page.navigate("/requests");
        page.getByLabel("Certificate request").fill(request(pair));
        press(page, "Request certificate");
      }
      assertThat(page.getByRole(AriaRole.ALERT)).containsText("FRESH_KEY");
      assertThat(page.getByRole(AriaRole.ALERT)).containsText("Make a new key");
      assertThat(page.getByLabel("Certificate request").inputValue())
          .contains("BEGIN CERTIFICATE REQUEST");
      picture(page, "refusal-desktop");
    }
  }

  @Test
  void anOfficerHandsInABatchAndFetchesItsCertificates() throws IOException {
    Path file = folder.resolve("factory-line.txt");
    DeviceRequests.writeFile(
        file, new Eui64(0x00DB_1234_5678_C000L), 40, service().house.smki.random);
    Files.writeString(file, Files.readString(file) + "AAAA\n");
    try (BrowserContext context = as(RunningService.OFFICER, DESKTOP)) {
      Page page = context.newPage();
      page.navigate("/requests");
      page.getByLabel("Batch file").setInputFiles(file);
      press(page, "Hand in batch");
      assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(2)).first())
          .containsText("81 of 81 requests done");
      picture(page, "batch-desktop");
      Download download = page.waitForDownload(() -> page.getByText("Download results").click());
      assertThat(Files.readAllLines(download.path())).hasSize(81);
    }
  }

  @Test
  void anAuditorSeesTheAuditAndAnOfficerDoesNot() throws IOException {
    try (BrowserContext context = as(RunningService.OFFICER, DESKTOP)) {
      Page page = context.newPage();
      Response response = page.navigate("/audit");
      assertThat(response.status()).isEqualTo(403);
      assertThat(page.getByRole(AriaRole.ALERT)).containsText("may not read the audit log");
      picture(page, "not-allowed-desktop");
    }
    try (BrowserContext context = as(RunningService.AUDITOR, DESKTOP)) {
      Page page = context.newPage();
      page.navigate("/");
      click(page, "Audit");
      page.getByText("Verify the whole chain").click();
      assertThat(page.getByRole(AriaRole.STATUS)).containsText("The chain is intact");
      assertThat(page.getByText("Access refused").first()).isVisible();
      picture(page, "audit-desktop");
    }
  }

  @Test
  void somebodyWithoutCertificateIsToldWhatToDo() {
    try (BrowserContext context =
        browser
            .orElseThrow()
            .browser()
            .newContext(new Browser.NewContextOptions().setIgnoreHTTPSErrors(true))) {
      Page page = context.newPage();
      Response response = page.navigate(address());
      assertThat(response.status()).isEqualTo(401);
      assertThat(page.getByText("How to sign in")).isVisible();
      picture(page, "nobody-desktop");
    }
  }

  @Test
  void aPersonCopiesASerialNumberAndSeesHowLongAgo() throws IOException {
    try (BrowserContext context = as(RunningService.STAFF, PHONE)) {
      context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
      Page page = context.newPage();
      page.navigate("/certificates");
      Locator copy =
          page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Copy serial number"))
              .first();
      copy.click();
      assertThat(copy).hasText("Copied");
      Object copied = page.evaluate("navigator.clipboard.readText()");
      assertThat(copied.toString()).matches("[0-9a-f]{1,40}");
      assertThat(copy).hasAttribute("aria-label", "Copy serial number " + copied);
      assertThat(
              page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Copy EUI-64"))
                  .first())
          .isVisible();
      assertThat(page.locator("time .ago").first())
          .hasText(java.util.regex.Pattern.compile("[0-9]+ [a-z]+ ago|in [0-9]+ [a-z]+"));
      picture(page, "copy-phone");
    }
  }

  @Test
  void everyPageFitsItsScreenAndNamesItsFields() throws IOException {
    for (int width : new int[] {DESKTOP, PHONE}) {
      String screen = width == PHONE ? "phone" : "desktop";
      look(as(RunningService.OFFICER, width), screen, officersPages());
      look(
          as(RunningService.STAFF, width),
          screen + "-staff",
          List.of("/organisations", "/organisations/90-B3-D5-1F-30-01-00-00", "/requests"));
      look(as(RunningService.AUDITOR, width), screen + "-auditor", List.of("/", "/audit"));
    }
    look(as(RunningService.OFFICER, DESKTOP, ColorScheme.DARK), "dark", officersPages());
  }

  private static List<String> officersPages() {
    return List.of(
        "/",
        "/requests",
        "/certificates",
        "/certificates?eui=" + RegisteredSupplier.SUPPLIER + "&role=SUPPLIER",
        "/certificates?eui=oops",
        "/revocation-lists",
        "/expiry",
        "/organisations");
  }

  private static void look(BrowserContext context, String screen, List<String> paths) {
    try (context) {
      Page page = context.newPage();
      for (String path : paths) {
        page.navigate(path);
        picture(page, screen + path.replaceAll("[^a-zA-Z]+", "-"));
        assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
            .as("no sideways scrolling on %s, %s", path, screen)
            .isEqualTo(true);
        assertThat(
                page.evaluate(
                    "[...document.querySelectorAll('input:not([type=hidden]),select,textarea')]"
                        + ".every(field => field.labels.length > 0)"))
            .as("every field on %s has a label", path)
            .isEqualTo(true);
        assertThat(page.locator("h1").count()).isEqualTo(1);
        assertThat(page.locator("script:not([src])").count()).isZero();
        assertThat(page.evaluate(NAVIGATION_IN_SIGHT))
            .as("every place of the navigation is in sight on %s, %s", path, screen)
            .isEqualTo(true);
      }
      // Whoever has no mouse gets past the navigation with one key.
      page.keyboard().press("Tab");
      assertThat(page.getByText("Skip to content")).isFocused();
    }
  }
}
