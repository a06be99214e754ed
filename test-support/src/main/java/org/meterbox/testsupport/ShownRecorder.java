// SPDX-License-Identifier: Apache-2.0
package org.meterbox.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Writes what each test class has shown into a file of its own, one line for each thing: its kind,
 * its name and the test, with tabs between them. A test that ran has a line of the kind {@code ran}
 * too, and one that was skipped for want of something a line {@code skipped}. What other tests of
 * the class showed in an earlier run stays. JUnit finds it by itself.
 */
public final class ShownRecorder implements TestExecutionListener {
  private static final String RAN = "ran";
  private static final String SKIPPED = "skipped";

  private static final Path FOLDER = Path.of("target", "coverage");

  private final Path folder;
  private final Map<String, Map<String, TestRecord>> byClass = new HashMap<>();

  /** What is known of one test method. */
  private static final class TestRecord {
    private boolean ran;
    private final Set<Shown.Item> shown = new HashSet<>();
  }

  /** Writes below the folder in which the tests of a room run. */
  public ShownRecorder() {
    this(FOLDER);
  }

  ShownRecorder(Path folder) {
    this.folder = folder;
  }

  @Override
  public synchronized void executionStarted(TestIdentifier test) {
    if (test.isTest()) {
      Set<Shown.Item> _ = Shown.take();
    }
  }

  @Override
  public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (test.isTest()) {
      Set<Shown.Item> shown = Shown.take();
      method(test).ifPresent(method -> finished(method, result.getStatus(), shown));
    } else if (test.getSource().orElse(null) instanceof ClassSource source) {
      write(source.getClassName());
    }
  }

  private static Optional<MethodSource> method(TestIdentifier test) {
    return test.getSource().orElse(null) instanceof MethodSource method
        ? Optional.of(method)
        : Optional.empty();
  }

  /** A parameterised test shows what all its runs show. */
  private void finished(
      MethodSource method, TestExecutionResult.Status status, Set<Shown.Item> shown) {
    TestRecord record =
        byClass
            .computeIfAbsent(method.getClassName(), _ -> new TreeMap<>())
            .computeIfAbsent(method.getMethodName(), _ -> new TestRecord());
    switch (status) {
      case SUCCESSFUL -> {
        record.ran = true;
        record.shown.addAll(shown);
      }
      case FAILED -> record.ran = true;
      case ABORTED -> {}
    }
  }

  private void write(String className) {
    Map<String, TestRecord> ran = byClass.remove(className);
    if (ran == null) {
      return;
    }
    Path file = folder.resolve(className + ".tsv");
    try {
      Set<String> lines = new TreeSet<>(others(file, className, ran.keySet()));
      ran.forEach((method, record) -> {
        String test = className + "." + method;
        lines.add(String.join("\t", record.ran ? RAN : SKIPPED, "", test));
        record.shown.forEach(item -> lines.add(String.join("\t", item.kind(), item.name(), test)));
      });
      Files.createDirectories(folder);
      Path fresh = folder.resolve(className + ".tsv.new");
      Files.write(fresh, lines);
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write what " + className + " showed", e);
    }
  }

  private static List<String> others(Path file, String className, Set<String> ran)
      throws IOException {
    return Files.exists(file)
        ? Files.readAllLines(file).stream()
            .filter(line -> ran.stream().noneMatch(m -> line.endsWith("\t" + className + "." + m)))
            .toList()
        : List.of();
  }
}
