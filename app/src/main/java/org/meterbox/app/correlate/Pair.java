// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.correlate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.app.files.MessageFile;
import org.meterbox.correlate.Correlation;
import org.meterbox.correlate.ParseAndCorrelate;
import org.meterbox.correlate.check.OriginalRequest;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading.Refused;
import org.meterbox.duis.Reading.Valid;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.xml.XmlLimits;
import org.meterbox.kernel.Octets;

/** Compares the files of a request and its Pre-Command. */
final class Pair {
  private final ParseAndCorrelate correlator;
  private final DuisReader reader = new DuisReader(XmlLimits.ONE_DEVICE);

  Pair(ParseAndCorrelate correlator) {
    this.correlator = correlator;
  }

  /**
   * What comes of it; files that hold no request or no message are {@link Correlation.Unusable}.
   *
   * @param request a DUIS request; its signature is the user's own and is not looked at
   * @param preCommand the octets, or hexadecimal text
   */
  Correlation correlate(Path request, Path preCommand) {
    Octets document;
    try {
      document = document(request);
    } catch (IOException e) {
      return new Correlation.Unusable(
          String.format(Locale.ROOT, "%s cannot be read: %s", request, reason(e)));
    }
    return switch (reader.readRequest(document)) {
      case Refused<ServiceRequest>(var refusal, var _) ->
          new Correlation.Unusable(
              String.format(Locale.ROOT, "%s is no request: %s", request, refusal));
      case Valid<ServiceRequest>(ServiceRequest read) -> {
        try {
          yield correlator.correlate(
              OriginalRequest.of(read), MessageFile.read(preCommand).octets());
        } catch (IOException | MessageFile.UnreadableException e) {
          yield new Correlation.Unusable(
              String.format(Locale.ROOT, "%s cannot be read: %s", preCommand, reason(e)));
        }
      }
    };
  }

  private static Octets document(Path file) throws IOException {
    int max = XmlLimits.ONE_DEVICE.octets();
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] content = stream.readNBytes(max + 1);
      if (content.length > max) {
        throw new IOException(String.format(Locale.ROOT, "more than %d octets", max));
      }
      return Octets.of(content);
    }
  }

  private static String reason(Exception fault) {
    return fault instanceof java.nio.file.NoSuchFileException
        ? "there is no such file"
        : Optional.ofNullable(fault.getMessage()).orElse(fault.getClass().getSimpleName());
  }
}
