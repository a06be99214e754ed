// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.gbcs;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.meterbox.app.files.InputFile;
import org.meterbox.app.files.InputPath;
import org.meterbox.app.files.MessageFile;
import org.meterbox.app.keys.KeyFiles;
import org.meterbox.app.keys.KeyOption;
import org.meterbox.gbcs.decode.MessageVerifier;
import org.meterbox.gbcs.dump.MessageDump;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows messages so that a person can read them, or a program one line of JSON each. */
@Command(
    name = "decode",
    description = "Show messages in words, with verdicts on MAC, signature and encrypted parts.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every message was read and nothing is wrong with it",
      "1:a message could not be read, or a MAC, signature or encrypted part is not valid",
      "2:wrong arguments"
    })
final class DecodeCommand implements Callable<Integer> {
  private static final Path STANDARD_INPUT = Path.of("-");

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|DIR|-",
      description = {
        "Messages in hexadecimal text or octets; of a directory all files named *.HEX below it;"
            + " - is the standard input. The blocks of a transfer, one behind the other, are read"
            + " as the message that they hold."
      })
  @InputPath(purpose = "the messages to decode")
  private List<Path> paths = List.of();

  @Mixin private KeyOption keys = new KeyOption();

  @Option(
      names = "--json",
      description = "Print one line of JSON for each message, with the payload's values.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    KeyFiles keyFiles = keys.read(err);
    MessageVerifier verifier = new MessageVerifier(keyFiles.keys());
    boolean wentWell = keyFiles.faults().isEmpty();
    for (Path path : paths) {
      List<InputFile> sources =
          path.equals(STANDARD_INPUT)
              ? List.of(new InputFile("-", STANDARD_INPUT, STANDARD_INPUT))
              : InputFile.of(path, MessageFile.ENDING);
      if (sources.isEmpty()) {
        err.println(path + ": there is no file named *.HEX in it");
        wentWell = false;
      }
      for (InputFile source : sources) {
        wentWell &= show(decode(source, verifier), out, err);
      }
    }
    out.flush();
    return wentWell ? 0 : 1;
  }

  private static DecodedFile decode(InputFile source, MessageVerifier verifier) {
    try {
      MessageFile file =
          source.path().equals(STANDARD_INPUT)
              ? MessageFile.read(System.in)
              : MessageFile.read(source.path());
      return DecodedFile.of(source.name(), file.octets(), verifier);
    } catch (IOException | MessageFile.UnreadableException unreadable) {
      return new DecodedFile.Unreadable(source.name(), DecodedFile.reason(unreadable));
    }
  }

  /** Prints one message, and says whether all is well with it. */
  private boolean show(DecodedFile file, PrintWriter out, PrintWriter err) {
    if (json) {
      out.println(file.toJson());
    }
    return switch (file) {
      case DecodedFile.Read read -> {
        if (!json) {
          out.println("file                    " + read.name());
          out.println(MessageDump.of(read.message(), Optional.of(read.verification())));
        }
        yield read.verification().nothingWrong();
      }
      case DecodedFile.Unreadable unreadable -> {
        if (!json) {
          out.flush();
          err.println(unreadable.name() + ": " + unreadable.reason());
        }
        yield false;
      }
    };
  }
}
