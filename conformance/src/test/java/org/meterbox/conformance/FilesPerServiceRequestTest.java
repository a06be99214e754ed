// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;

/**
 * In how many source files a Service Request stands: by its variant, its request element or its use
 * case. Whoever adds one touches as many. The numbers only shrink.
 */
final class FilesPerServiceRequestTest {
  private static final Path HOUSE = Path.of("..");

  /** Fewer files than this means that the scan went wrong. */
  private static final int FILES_MIN = 500;

  // What a request alone costs, and with a use case that nothing knows yet.
  @ParameterizedTest
  @CsvSource({
    // A read of a setting.
    "6.2.5, 4, 10",
    // A critical setting, which the user's side checks too.
    "7.12, 5, 10",
  })
  void aServiceRequestStandsInFewFiles(String variant, int requestFiles, int allFiles)
      throws IOException {
    ServiceRequestEntry entry =
        ServiceRequestCatalogue.current().find(new ServiceReferenceVariant(variant)).orElseThrow();
    Pattern request =
        Pattern.compile(
            String.format(
                Locale.ROOT, "\"%s\"|\\b%s\\b", Pattern.quote(variant), entry.requestElement()));
    Pattern all =
        Pattern.compile(
            request
                + entry.useCases().stream()
                    .map("|\\b%s\\b"::formatted)
                    .collect(Collectors.joining()));

    List<Path> forRequest = filesWith(request);
    List<Path> forAll = filesWith(all);

    System.out.printf(
        Locale.ROOT,
        "files per service request: %s stands in %d, with its use cases in %d%n",
        variant,
        forRequest.size(),
        forAll.size());
    assertThat(forRequest).hasSizeBetween(1, requestFiles);
    assertThat(forAll).hasSizeBetween(forRequest.size(), allFiles);
  }

  private static List<Path> filesWith(Pattern pattern) throws IOException {
    List<Path> sources = sources();
    assertThat(sources).hasSizeGreaterThan(FILES_MIN);
    return sources.stream().filter(file -> pattern.matcher(read(file)).find()).toList();
  }

  /** What ships, without the programs that only measure or show. */
  private static List<Path> sources() throws IOException {
    try (Stream<Path> rooms = Files.list(HOUSE)) {
      return rooms
          .filter(room -> !List.of("app", "bench").contains(room.getFileName().toString()))
          .map(room -> room.resolve("src/main"))
          .filter(Files::isDirectory)
          .flatMap(FilesPerServiceRequestTest::below)
          .toList();
    }
  }

  private static Stream<Path> below(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
