// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.parse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.meterbox.app.files.MessageFile;
import org.meterbox.correlate.ParseAndCorrelate;
import org.meterbox.correlate.ParseResult;
import org.meterbox.correlate.ParseResult.Parsed;
import org.meterbox.correlate.ParseResult.Refuted;
import org.meterbox.correlate.Verdict;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;

/** Turns one file with a message into one with its document. */
final class FileParser {
  private final ParseAndCorrelate parser;
  private final Optional<ServiceReferenceVariant> service;

  /**
   * Parses files.
   *
   * @param service which request the messages answer, where the user says it
   */
  FileParser(ParseAndCorrelate parser, Optional<ServiceReferenceVariant> service) {
    this.parser = parser;
    this.service = service;
  }

  /** Why there is no document, where there is none. */
  Optional<String> parse(Path source, Path target) {
    try {
      return switch (parse(MessageFile.read(source).octets(), source)) {
        case Parsed parsed -> {
          Files.createDirectories(Objects.requireNonNull(target.toAbsolutePath().getParent()));
          Files.write(target, parsed.document().toArray());
          yield Optional.empty();
        }
        case Refuted refuted -> Optional.of(reason(refuted));
      };
    } catch (IOException | MessageFile.UnreadableException | DecodeException fault) {
      return Optional.of(Optional.ofNullable(fault.getMessage()).orElse("cannot be read"));
    }
  }

  private ParseResult parse(Octets message, Path source) throws DecodeException {
    if (service.isPresent()) {
      return parser.parse(message, service.get());
    }
    ParseResult result = parser.parse(message);
    if (result instanceof Parsed parsed && parsed.service().isEmpty()) {
      List<ServiceReferenceVariant> possible = parser.servicesAnswered(parsed.header());
      if (!possible.isEmpty()) {
        return parser.parse(message, ServiceOfFile.among(possible, source));
      }
    }
    return result;
  }

  private static String reason(Refuted refuted) {
    if (refuted.mac().refutes()) {
      return "the MAC does not hold" + tried(refuted.mac());
    }
    return refuted.signature().refutes()
        ? "the signature does not hold" + tried(refuted.signature())
        : "the encrypted part does not open" + tried(refuted.sensitiveContent());
  }

  private static String tried(Verdict verdict) {
    return verdict instanceof Verdict.Invalid invalid
        ? " with any key of its originator: " + invalid.tried()
        : "";
  }
}
