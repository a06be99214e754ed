// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.app.correlate.CorrelateCommand;
import org.meterbox.app.parse.ParseCommand;
import org.meterbox.conformance.ReferenceData;
import org.meterbox.kernel.Octets;
import org.xml.sax.SAXException;
import picocli.CommandLine;

/** The commands {@code parse} and {@code correlate} over the whole official data. */
class CommandLineTest {
  private static final String PRE_COMMAND = "_PRECOMMAND_GBCS.HEX";
  private static final String REQUEST = "_REQUEST_DUIS.XML";

  @TempDir private Path folder;

  private record Outcome(int exitCode, String out, String err) {}

  @Test
  void everyMessageBecomesAValidDocumentAtItsPath() throws IOException, SAXException {
    Path messages = ReferenceData.path("rtds/gbcs");
    Outcome outcome =
        run(
            new ParseCommand(),
            messages.toString(),
            "--keys",
            ReferenceData.path("rtds/keystore").toString(),
            "--out",
            folder.toString());
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();

    MmcSchema schema = new MmcSchema();
    List<String> faults = new ArrayList<>();
    for (Path message : ReferenceData.messages(".HEX")) {
      String name = messages.relativize(message).toString().replace(".HEX", ".XML");
      try {
        schema.validate(Octets.of(Files.readAllBytes(folder.resolve(name))));
      } catch (SAXException | IOException e) {
        faults.add(name + ": " + e);
      }
    }
    assertThat(faults).isEmpty();
  }

  // An answer to 8.1.1 and one to 6.11 have the same octets; only the names tell them apart.
  @Test
  void everyAnswerGetsTheServiceOfItsName() throws IOException {
    List<String> wrong = new ArrayList<>();
    Path messages = ReferenceData.path("rtds/gbcs");
    run(new ParseCommand(), messages.toString(), "--out", folder.toString());
    for (Path message : ReferenceData.messages("_RESPONSE_GBCS.HEX")) {
      Path relative = messages.relativize(message);
      String service = relative.toString().substring(0, relative.toString().indexOf('_'));
      String document =
          Files.readString(folder.resolve(relative.toString().replace(".HEX", ".XML")));
      if (!service.equals("NA")
          && !document.contains(":ServiceReferenceVariant>" + service + "<")) {
        wrong.add(relative + " is not said to answer " + service);
      }
    }
    assertThat(wrong).isEmpty();
  }

  // Six pairs carry other certificates than their requests (see ReferencePreCommandsTest).
  @Test
  void everyPairIsCompared() throws IOException {
    List<String> pairs = new ArrayList<>();
    for (Path file : ReferenceData.messages(PRE_COMMAND)) {
      String name = file.getFileName().toString().replace(PRE_COMMAND, REQUEST);
      Path request = ReferenceData.path("rtds/duis").resolve(name);
      if (Files.exists(request)) {
        pairs.add(request + "\t" + file);
      }
    }
    Path list = Files.write(folder.resolve("pairs.tsv"), pairs);
    Outcome outcome = run(new CorrelateCommand(), "--pairs", list.toString());

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out().lines()).hasSameSizeAs(pairs);
    assertThat(outcome.out().lines().filter(line -> line.contains("\"match\":false")))
        .hasSize(6)
        .allMatch(line -> line.contains("ertificate"));
  }

  private static Outcome run(Object command, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        new CommandLine(command)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Outcome(exitCode, out.toString(), err.toString());
  }
}
