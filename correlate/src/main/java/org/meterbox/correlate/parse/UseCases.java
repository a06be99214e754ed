// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.parse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.ServiceReferenceVariant;

/**
 * The table of use cases that Parse knows: message code, name, and pairs of Service Request and MMC
 * element. It stands beside this class and is shared with nobody.
 */
final class UseCases {
  private static final String TABLE = "use-cases.table";
  private static final Pattern BAR = Pattern.compile("\\|");
  private static final Pattern BLANKS = Pattern.compile(" +");
  private static final UseCases ALL = load();

  private final Map<Integer, UseCase> byCode;

  private UseCases(Map<Integer, UseCase> byCode) {
    this.byCode = Map.copyOf(byCode);
  }

  static UseCases all() {
    return ALL;
  }

  Optional<UseCase> find(MessageCode code) {
    return Optional.ofNullable(byCode.get(code.value()));
  }

  List<UseCase> list() {
    return List.copyOf(byCode.values());
  }

  private static UseCases load() {
    Map<Integer, UseCase> byCode = new HashMap<>();
    try (InputStream table = UseCases.class.getResourceAsStream(TABLE)) {
      if (table == null) {
        throw new IllegalStateException("the table " + TABLE + " is missing from this build");
      }
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8));
      for (String line : lines.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList()) {
        UseCase useCase = row(line);
        if (byCode.put(useCase.code().value(), useCase) != null) {
          throw new IllegalStateException(
              String.format(Locale.ROOT, "%s names twice: %s", TABLE, line));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the table " + TABLE + " does not read", e);
    }
    return new UseCases(byCode);
  }

  private static UseCase row(String line) {
    List<String> cells = Arrays.stream(BAR.split(line, -1)).map(String::strip).toList();
    if (cells.size() != 3) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "%s: expected three cells: %s", TABLE, line));
    }
    List<UseCase.Service> services = new ArrayList<>();
    for (String service : BLANKS.split(cells.get(2), -1)) {
      if (!service.isEmpty()) {
        int equals = service.indexOf('=');
        services.add(
            new UseCase.Service(
                new ServiceReferenceVariant(service.substring(0, equals)),
                service.substring(equals + 1)));
      }
    }
    return new UseCase(new MessageCode(Integer.parseInt(cells.get(0), 16)), cells.get(1), services);
  }
}
