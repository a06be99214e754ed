// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.desk;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.meterbox.smki.issuing.BatchResult;
import org.meterbox.smki.people.Person;

/** The results of a batch as a file: a line for each request in the order of the batch file. */
public final class BatchResultsFile {
  private BatchResultsFile() {}

  /** Writes the results so far, a part at a time, so that memory stays flat. */
  public static void write(RequestDesk desk, Person person, UUID batch, OutputStream out)
      throws IOException {
    int next = 1;
    while (desk.results(person, batch, next)
            instanceof Outcome.Done<List<BatchResult>>(List<BatchResult> results)
        && !results.isEmpty()) {
      for (BatchResult result : results) {
        out.write((result.line() + "\n").getBytes(StandardCharsets.UTF_8));
      }
      next += results.size();
    }
  }
}
