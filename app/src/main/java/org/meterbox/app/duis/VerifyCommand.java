// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.duis;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.meterbox.app.files.InputPath;
import org.meterbox.app.keys.CertificateFiles;
import org.meterbox.duis.DocumentCheck;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.signature.XmlVerifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says of each document whether it is valid and signed by the right party. */
@Command(
    name = "verify",
    description = {
      "Check documents against the schema and verify their signatures: one line for each file.",
      "A request must be signed by the user that its RequestID names, with a certificate for XML"
          + " signing or of a user's role; a response by the DSP. Keys for other purposes are"
          + " refused."
    },
    footerHeading = "%nExample:%n",
    footer = "  ./meterbox duis verify signed.xml --certificates keys/",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every document is valid and its signature holds",
      "1:a document or its signature is not valid, or a file could not be read",
      "2:wrong arguments"
    })
final class VerifyCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|DIR",
      description = "Signed requests or responses; of a directory all files *.xml below it.")
  @InputPath(purpose = "the documents to verify")
  private List<Path> paths = List.of();

  @Option(
      names = {"--certificates", "--certificate"},
      required = true,
      paramLabel = "FILE|DIR",
      description = {
        "The certificates that are trusted, in PEM or DER; of a directory all files *.pem, *.crt,"
            + " *.cer and *.der below it. May be given more than once.",
        "Neither their dates nor their issuers are checked."
      })
  @InputPath(purpose = "the certificates that are trusted", hint = InputPath.KEYS_HINT)
  private List<Path> certificates = List.of();

  @Option(names = "--json", description = "Print one line of JSON for each file.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    CertificateFiles files = CertificateFiles.read(certificates);
    files.faults().forEach(err::println);
    SignerFiles signers = SignerFiles.of(files.certificates());
    if (signers.isEmpty()) {
      err.println("none of the certificates may sign DUIS documents");
    }
    XmlVerifier verifier = new XmlVerifier(signers);
    DocumentCheck check = new DocumentCheck(new DuisReader());
    boolean allValid =
        new VerdictLines(json, out, err)
            .print(paths, (file, document) -> check.verify(file, document, verifier));
    return allValid && files.faults().isEmpty() ? 0 : 1;
  }
}
