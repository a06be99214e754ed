// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.example;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.meterbox.correlate.Correlation.Match;
import org.meterbox.correlate.Correlation.Mismatch;
import org.meterbox.correlate.Correlation.Unusable;
import org.meterbox.correlate.Difference;
import org.meterbox.correlate.ParseAndCorrelate;
import org.meterbox.correlate.ParseResult.Parsed;
import org.meterbox.correlate.ParseResult.Refuted;
import org.meterbox.correlate.check.OriginalRequest;
import org.meterbox.correlate.keys.KeyDirectory;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading.Refused;
import org.meterbox.duis.Reading.Valid;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;

/** The example of docs/parse-correlate.md, word for word. */
final class UserProgram {
  // begin
  private final ParseAndCorrelate parseAndCorrelate;
  private final DuisReader duis = new DuisReader();

  UserProgram(Path keys) throws IOException {
    parseAndCorrelate = new ParseAndCorrelate(KeyDirectory.read(keys));
  }

  /** The MMC document of a response or alert. */
  String read(Octets gbcsPayload) throws DecodeException {
    return switch (parseAndCorrelate.parse(gbcsPayload)) {
      case Parsed parsed -> new String(parsed.document().toArray(), StandardCharsets.UTF_8);
      case Refuted refuted -> throw new SecurityException("forged: " + refuted.mac());
    };
  }

  /** Why a Pre-Command must not be signed; nothing where it may. */
  List<String> objections(Octets requestXml, Octets preCommand) {
    return switch (duis.readRequest(requestXml)) {
      case Refused<ServiceRequest>(var refusal, var _) -> List.of(refusal.toString());
      case Valid<ServiceRequest>(ServiceRequest request) ->
          switch (parseAndCorrelate.correlate(OriginalRequest.of(request), preCommand)) {
            case Match _ -> List.of();
            case Mismatch(List<Difference> differences) ->
                differences.stream().map(Difference::toString).toList();
            case Unusable(String reason) -> List.of(reason);
          };
    };
  }
  // end
}
