// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.duis;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.meterbox.app.files.InputFile;
import org.meterbox.app.files.InputPath;
import org.meterbox.app.files.OutputPath;
import org.meterbox.app.keys.SigningIdentity;
import org.meterbox.duis.DocumentCheck;
import org.meterbox.duis.DocumentVerdict;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.PartialHeader;
import org.meterbox.duis.Reading.Refused;
import org.meterbox.duis.Reading.Valid;
import org.meterbox.duis.signature.IssuerSerial;
import org.meterbox.duis.signature.XmlSigner;
import org.meterbox.duis.signature.XmlVerifier;
import org.meterbox.duis.xml.Refusal;
import org.meterbox.duis.xml.XmlLimits;
import org.meterbox.kernel.Octets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Signs a document with a key and certificate from files. */
@Command(
    name = "sign",
    description = {
      "Sign a document, in place of any signature or placeholder that it carries.",
      "What comes out is compact and canonical; nothing comes out where the document is not valid."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  ./meterbox duis sign docs/examples/read-supply-status.xml \\",
      "      --key 90b3d51f30010000-ds.key --certificate 90b3d51f30010000-ds.pem --out signed.xml"
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:signed",
      "1:the document is not valid, or key and certificate do not fit",
      "2:wrong arguments"
    })
final class SignCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "A request or response.")
  @InputPath(purpose = "the document to sign")
  private Path path = Path.of("-");

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "The signer's private key in PEM (PKCS#8 or SEC 1).")
  @InputPath(purpose = "the signer's private key", hint = InputPath.KEYS_HINT)
  private Path key = Path.of("-");

  @Option(
      names = "--certificate",
      required = true,
      paramLabel = "FILE",
      description = "The certificate of that key in PEM or DER; the document will name it.")
  @InputPath(purpose = "the certificate of the signer's key", hint = InputPath.KEYS_HINT)
  private Path certificate = Path.of("-");

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write there instead of to the standard output.")
  @OutputPath
  private @Nullable Path out;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    DocumentCheck check = new DocumentCheck(new DuisReader());
    SigningIdentity identity = SigningIdentity.read(key, certificate);
    XmlSigner signer = new XmlSigner(identity.key(), IssuerSerial.of(identity.certificate()));
    Octets document = InputFile.of(path, ".xml").getFirst().read(XmlLimits.DUIS.octets());
    switch (check.sign(document, signer)) {
      case Refused<Octets>(Refusal refusal, PartialHeader _) -> {
        err.println(path + ": not signed: " + refusal);
        return 1;
      }
      case Valid<Octets>(Octets signed) -> {
        warn(check, signed, identity, err);
        write(signed, spec.commandLine().getOut());
        return 0;
      }
    }
  }

  /** Whoever signs for tests may want a signature that is refused; nobody wants it unknowingly. */
  private void warn(DocumentCheck check, Octets signed, SigningIdentity identity, PrintWriter err) {
    XmlVerifier receiver = new XmlVerifier(SignerFiles.of(List.of(identity.certificate())));
    DocumentVerdict verdict = check.verify(path.toString(), signed, receiver);
    verdict
        .error()
        .ifPresent(
            why -> err.println(path + ": signed, but a receiver will refuse it: " + why.message()));
  }

  private void write(Octets signed, PrintWriter standardOutput) throws IOException {
    if (out == null) {
      standardOutput.println(new String(signed.toArray(), StandardCharsets.UTF_8));
      standardOutput.flush();
    } else {
      Files.write(out, signed.toArray());
    }
  }
}
