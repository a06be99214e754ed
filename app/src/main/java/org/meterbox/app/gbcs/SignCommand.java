// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.gbcs;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.meterbox.app.files.InputPath;
import org.meterbox.app.files.MessageFile;
import org.meterbox.app.files.OutputPath;
import org.meterbox.app.keys.KeyFiles;
import org.meterbox.app.keys.KeyOption;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.crypto.SigningKey;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GbcsMessage.PreCommand;
import org.meterbox.gbcs.envelope.GbcsMessage.SignedPreCommand;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Signs a Pre-Command as its originator and, where asked to, adds the broker's MAC. */
@Command(
    name = "sign",
    description = {
      "Sign a Pre-Command with its originator's private key.",
      "Look at it first with 'gbcs decode': whoever signs answers for what the device does."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:signed", "1:no Pre-Command, or a key is missing", "2:wrong arguments"})
final class SignCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "A Pre-Command in hexadecimal text or octets.")
  @InputPath(purpose = "the Pre-Command to sign")
  private Path path = Path.of("-");

  @Mixin private KeyOption keys = new KeyOption();

  @Option(
      names = "--broker",
      paramLabel = "EUI",
      description = "Also add the MAC of this Access Control Broker, ready for the device.")
  private @Nullable String broker;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write there, in the form of the input, instead of hexadecimal to the output.")
  @OutputPath
  private @Nullable Path out;

  @Spec private @Nullable CommandSpec spec;

  /** Why nothing was signed. */
  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    KeyFiles keyFiles = keys.read(err);
    try {
      MessageFile file = MessageFile.read(path);
      Octets signed = sign(file.octets(), keyFiles);
      if (out == null) {
        spec.commandLine().getOut().println(signed.hex());
        spec.commandLine().getOut().flush();
      } else {
        Files.write(out, file.written(signed));
      }
      return 0;
    } catch (MessageFile.UnreadableException
        | DecodeException
        | RefusedException
        | IllegalArgumentException refused) {
      err.println(path + ": " + DecodedFile.reason(refused));
      return 1;
    }
  }

  private Octets sign(Octets octets, KeyFiles keyFiles) throws DecodeException, RefusedException {
    if (!(GbcsMessage.decode(octets) instanceof PreCommand preCommand)) {
      throw new RefusedException("only a Pre-Command can be signed");
    }
    Eui64 originator = preCommand.header().messageId().originator();
    SigningKey key =
        keyFiles
            .keys()
            .ownSigningKey(originator)
            .orElseThrow(() ->
                new RefusedException(
                    String.format(Locale.ROOT, "no private key %s-ds.key", originator.hex())));
    if (preCommand.header().messageCode().mayGoWithoutBrokerMac() && broker == null) {
      return MessageProtection.signDirect(preCommand, key).encode();
    }
    SignedPreCommand signed = MessageProtection.sign(preCommand, key);
    return broker == null ? signed.encode() : withMac(signed, Eui64.parse(broker), keyFiles);
  }

  private static Octets withMac(SignedPreCommand signed, Eui64 broker, KeyFiles keyFiles)
      throws RefusedException {
    Eui64 device = signed.header().messageId().target();
    SharedSecret secret =
        keyFiles
            .keys()
            .secret(broker, device)
            .orElseThrow(() ->
                new RefusedException(
                    String.format(
                        Locale.ROOT,
                        "no shared secret of %s and %s: one needs a -ka.key, the other a -ka.pem",
                        broker.hex(),
                        device.hex())));
    return MessageProtection.addMac(signed, secret).encode();
  }
}
