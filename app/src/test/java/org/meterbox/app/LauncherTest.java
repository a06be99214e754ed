// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher on machines of all kinds, played by a JDK and a Maven that only say how they were
 * called, in a checkout whose path has blanks.
 */
final class LauncherTest {
  private static final Path LAUNCHER = Path.of("../meterbox");

  @TempDir Path machine;

  private Path checkout = Path.of("");
  private Path bin = Path.of("");

  private record Outcome(int exitCode, String output, String errors) {}

  @BeforeEach
  void setUpTheMachine() throws IOException {
    checkout = Files.createDirectories(machine.resolve("my checkouts/meter box"));
    Files.copy(LAUNCHER, checkout.resolve("meterbox"), StandardCopyOption.COPY_ATTRIBUTES);
    Path sources = Files.createDirectories(checkout.resolve("app/src/main/java"));
    Files.writeString(sources.resolve("Some.java"), "");
    Files.writeString(checkout.resolve("pom.xml"), "");
    bin = Files.createDirectories(machine.resolve("bin"));
    for (String tool :
        List.of(
            "awk",
            "cat",
            "date",
            "dirname",
            "find",
            "flock",
            "grep",
            "head",
            "id",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sh",
            "sleep",
            "sort",
            "tail",
            "touch",
            "wc")) {
      script(bin.resolve(tool), "exec " + whereIs(tool) + " \"$@\"");
    }
  }

  // A newcomer without Java must read in one sentence how to get it.
  @Test
  void saysHowToGetAJdkWhereThereIsNone() throws Exception {
    Outcome outcome = launch(Map.of(), "demo");
    assertThat(outcome.exitCode()).isNotZero();
    assertThat(outcome.errors()).contains("needs a JDK 25").contains("Install one");
  }

  // Debian 12 has no package of the JDK; to be told to install it would be a dead end.
  @Test
  void namesOnlyPackagesThatTheDistributionHas() throws Exception {
    Path release = machine.resolve("os-release");
    Files.writeString(release, "ID=debian\nVERSION_CODENAME=bookworm\n");
    Map<String, String> environment = Map.of("METERBOX_OS_RELEASE", release.toString());

    script(bin.resolve("apt-cache"), "exit 100");
    Outcome without = launch(environment, "demo");
    assertThat(without.exitCode()).isNotZero();
    assertThat(without.errors())
        .doesNotContain("install openjdk")
        .contains("packages.adoptium.net")
        .contains("bookworm main")
        .contains("apt-get install temurin-25-jdk")
        .contains("https://adoptium.net");

    script(bin.resolve("apt-cache"), "exit 0");
    assertThat(launch(environment, "demo").errors())
        .contains("apt-get install openjdk-25-jdk-headless")
        .doesNotContain("packages.adoptium.net");
  }

  // Debian keeps several JDKs side by side; the first that is new enough will do.
  @Test
  void looksIntoTheDistributionsFolder() throws Exception {
    Path folder = Files.createDirectories(machine.resolve("jvm"));
    Files.move(jdk("21.0.4"), folder.resolve("java-21"));
    Files.move(jdk("25.0.1"), folder.resolve("java-25"));
    mavenThatBuilds();
    assertThat(launch(Map.of(), "demo").output()).contains("java 25.0.1");
  }

  // An old JAVA_HOME is common; it must not hide the new JDK behind it.
  @Test
  void passesOverAnOldJavaHome() throws Exception {
    Path old = jdk("17.0.2");
    putOnPath(jdk("25.0.1"));
    mavenThatBuilds();
    Outcome outcome = launch(Map.of("JAVA_HOME", old.toString()), "demo");
    assertThat(outcome.output()).contains("java 25.0.1").contains("org.meterbox.app.Meterbox demo");
  }

  // Maven must run on the JDK that was found, whatever the machine's default is.
  @Test
  void givesTheFoundJdkToMaven() throws Exception {
    Path found = jdk("26");
    mavenThatBuilds();
    launch(Map.of("JAVA_HOME", found.toString()), "demo");
    assertThat(Files.readString(checkout.resolve("maven.calls"))).contains("JAVA_HOME=" + found);
  }

  // Builds once, then not again until a source is newer, or gone.
  @Test
  void buildsWhatIsOlderThanItsSources() throws Exception {
    Map<String, String> environment = Map.of("JAVA_HOME", jdk("25.0.1").toString());
    mavenThatBuilds();
    launch(environment, "demo");
    assertThat(launch(environment, "demo").errors()).isEmpty();
    assertThat(mavenCalls()).hasSize(1);
    Path source = checkout.resolve("app/src/main/java/Some.java");
    Files.setLastModifiedTime(
        source, java.nio.file.attribute.FileTime.from(later(checkout.resolve(stampName()))));
    assertThat(launch(environment, "demo").errors()).contains("built in");
    assertThat(mavenCalls()).hasSize(2);
  }

  // Arguments with blanks and quotes arrive as they were given.
  @Test
  void passesArgumentsAsTheyAre() throws Exception {
    mavenThatBuilds();
    Outcome outcome =
        launch(Map.of("JAVA_HOME", jdk("25").toString()), "send", "my request.xml", "it's");
    assertThat(outcome.output()).contains("<my request.xml>").contains("<it's>");
  }

  // Called through a symbolic link from somewhere else, as from ~/bin.
  @Test
  void findsItsHomeThroughALink() throws Exception {
    mavenThatBuilds();
    Path link = Files.createSymbolicLink(machine.resolve("mb"), checkout.resolve("meterbox"));
    Outcome outcome = run(link, Map.of("JAVA_HOME", jdk("25").toString()), "demo");
    assertThat(outcome.output()).contains(checkout.resolve("app/target/meterbox.jar").toString());
  }

  // The build's own words must be in front of the person, not only in a file.
  @Test
  void showsTheEndOfTheLogWhereTheBuildFails() throws Exception {
    script(bin.resolve("mvn"), "echo '[ERROR] the reason'; exit 1");
    Outcome outcome = launch(Map.of("JAVA_HOME", jdk("25").toString()), "demo");
    assertThat(outcome.exitCode()).isNotZero();
    assertThat(outcome.errors()).contains("[ERROR] the reason").contains("build.log");
    assertThat(outcome.output()).isEmpty();
  }

  // A missing Maven is named, not met as "command not found".
  @Test
  void saysThatMavenIsMissing() throws Exception {
    Outcome outcome = launch(Map.of("JAVA_HOME", jdk("25").toString()), "demo");
    assertThat(outcome.exitCode()).isNotZero();
    assertThat(outcome.errors()).contains("needs Maven");
  }

  // The totals come from the reports of all rooms; one failure anywhere fails the whole.
  @Test
  void addsUpTheTestsOfAllRooms() throws Exception {
    mavenThatTests(0);
    Outcome good = launch(Map.of("JAVA_HOME", jdk("25").toString()), "test");
    assertThat(good.exitCode()).isZero();
    assertThat(good.output().lines()).last().isEqualTo("18 passed, 0 failed, 1 skipped");
    assertThat(good.output())
        .contains("gbcs")
        .contains("kernel")
        .containsOnlyOnce("skipped: no token here");
  }

  // As above, the other way round: failures and errors both count, and the exit code tells.
  @Test
  void failsWhereATestFails() throws Exception {
    mavenThatTests(2);
    Outcome bad = launch(Map.of("JAVA_HOME", jdk("25").toString()), "test");
    assertThat(bad.exitCode()).isNotZero();
    assertThat(bad.output().lines()).last().isEqualTo("14 passed, 4 failed, 1 skipped");
  }

  // Maven passes over all that stands on a room that failed: silence would look like success.
  @Test
  void namesTheRoomsThatWereNotTested() throws Exception {
    mavenThatTests(2);
    String summary =
        """
        echo '[INFO] Meterbox kernel .................................... SUCCESS [  1.0 s]'
        echo '[INFO] Meterbox gbcs ...................................... FAILURE [  2.0 s]'
        echo '[INFO] Meterbox duis ...................................... FAILURE [  0.1 s]'
        echo '[INFO] Meterbox smki ...................................... SKIPPED'
        """;
    Path maven = bin.resolve("mvn");
    script(maven, summary + Files.readString(maven));

    Outcome bad = launch(Map.of("JAVA_HOME", jdk("25").toString()), "test");

    assertThat(bad.output())
        .containsPattern("gbcs +its build failed\n")
        .containsPattern("duis +NOT RUN: its build failed before its tests\n")
        .containsPattern("smki +NOT RUN: Maven skipped it after a failure before it\n")
        .doesNotContainPattern("kernel +NOT RUN");
    assertThat(bad.output().lines()).last().isEqualTo("14 passed, 4 failed, 1 skipped");
  }

  @Test
  void helpFitsATerminal() throws Exception {
    assertThat(launch(Map.of(), "help").output().lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  // The launcher's help is what a newcomer reads first: no build, no JDK, and nothing left out.
  @Test
  void helpNamesEveryCommandWithoutABuild() throws Exception {
    Outcome outcome = launch(Map.of(), "--help");
    assertThat(outcome.exitCode()).isZero();
    Map<String, String> described = new TreeMap<>();
    outcome
        .output()
        .lines()
        .filter(line -> line.matches("  [a-z-]+ +[A-Z].*"))
        .map(line -> line.strip().split(" +", 2))
        .forEach(parts -> described.put(parts[0], parts[1]));
    Map<String, String> registered = new TreeMap<>();
    Meterbox.commandLine()
        .getSubcommands()
        .forEach((name, command) ->
            registered.put(name, command.getCommandSpec().usageMessage().description()[0]));
    // Of the launcher itself, and of the room that measures the others.
    assertThat(described).containsKeys("test", "help", "bench");
    described.keySet().removeAll(List.of("test", "help", "bench"));
    assertThat(described).isEqualTo(registered);
  }

  private Outcome launch(Map<String, String> environment, String... arguments) throws Exception {
    return run(checkout.resolve("meterbox"), environment, arguments);
  }

  private Outcome run(Path launcher, Map<String, String> environment, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    Path output = machine.resolve("output");
    Path errors = machine.resolve("errors");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(machine.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", bin.toString());
    builder.environment().put("METERBOX_JVM_FOLDER", machine.resolve("jvm").toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    int exitCode = process.waitFor();
    return new Outcome(exitCode, Files.readString(output), Files.readString(errors));
  }

  private Path jdk(String version) throws IOException {
    Path home = Files.createDirectories(machine.resolve("jdks/jdk-" + version));
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    script(home.resolve("bin/javac"), "exit 0");
    script(
        home.resolve("bin/java"),
        "echo java " + version + " \"$@\"; for given; do printf '<%s>' \"$given\"; done");
    return home;
  }

  private void putOnPath(Path jdk) throws IOException {
    Files.createSymbolicLink(bin.resolve("javac"), jdk.resolve("bin/javac"));
  }

  private void mavenThatBuilds() throws IOException {
    String target = "'" + checkout.resolve("app/target") + "'";
    script(
        bin.resolve("mvn"),
        String.format(
            Locale.ROOT,
            """
            echo "JAVA_HOME=$JAVA_HOME $*" >>'%s'
            echo '[INFO] Building Meterbox app 0.1.0-SNAPSHOT                    [2/2]'
            mkdir -p %s && touch %s/meterbox.jar
            """,
            checkout.resolve("maven.calls"),
            target,
            target));
  }

  private void mavenThatTests(int broken) throws IOException {
    report("kernel", "A", 12, 0, 0, 1);
    String kernel =
        reportText(12, 0, 0, 1)
            + "\n<skipped type=\"a.B\"><![CDATA[a.B: Assumption failed: no token here\n]]></skipped>";
    String gbcs = reportText(7, broken, broken, 0);
    // The reports that lie there from before must not be counted.
    script(
        bin.resolve("mvn"),
        String.format(
            Locale.ROOT,
            """
            for room in kernel gbcs; do mkdir -p '%1$s'/$room/target/surefire-reports; done
            echo '%2$s' >'%1$s'/kernel/target/surefire-reports/TEST-B.xml
            echo '%3$s' >'%1$s'/gbcs/target/surefire-reports/TEST-C.xml
            exit %4$d
            """,
            checkout,
            kernel,
            gbcs,
            broken == 0 ? 0 : 1));
  }

  private void report(String room, String test, int run, int errors, int failures, int skipped)
      throws IOException {
    Path reports = Files.createDirectories(checkout.resolve(room + "/target/surefire-reports"));
    Files.writeString(
        reports.resolve("TEST-" + test + ".xml"), reportText(run, errors, failures, skipped));
  }

  private static String reportText(int run, int errors, int failures, int skipped) {
    return String.format(
        Locale.ROOT,
        "<testsuite xmlns:xsi=\"x\" name=\"a.B\" time=\"0.1\" tests=\"%d\" errors=\"%d\" skipped=\"%d\" failures=\"%d\">",
        run,
        errors,
        skipped,
        failures);
  }

  private List<String> mavenCalls() throws IOException {
    return Files.readAllLines(checkout.resolve("maven.calls"), StandardCharsets.UTF_8);
  }

  private static String stampName() {
    return "app/target/quick-build.stamp";
  }

  private static java.time.Instant later(Path file) throws IOException {
    return Files.getLastModifiedTime(file).toInstant().plusSeconds(1);
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path whereIs(String tool) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("this machine lacks " + tool));
  }
}
