// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.gbcs;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.meterbox.app.files.InputFile;
import org.meterbox.app.files.InputPath;
import org.meterbox.app.files.MessageFile;
import org.meterbox.app.files.OutputPath;
import org.meterbox.gbcs.decode.DecodedMessage;
import org.meterbox.gbcs.transfer.RecordedTransfer;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes messages again from their decoded values: whoever compares sees that nothing was lost. */
@Command(
    name = "reencode",
    description = "Decode messages and write them again from the decoded values.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every message was read and written again to the same octets",
      "1:a message could not be read, or came out different",
      "2:wrong arguments"
    })
final class ReencodeCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|DIR",
      description = "Messages in hexadecimal text or octets; of a directory all *.HEX below it.")
  @InputPath(purpose = "the messages to encode again")
  private List<Path> paths = List.of();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where to write; below a directory the relative paths are kept.")
  @OutputPath
  private Path out = Path.of(".");

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    int written = 0;
    int wrong = 0;
    for (Path path : paths) {
      List<InputFile> sources = InputFile.of(path, MessageFile.ENDING);
      if (sources.isEmpty()) {
        err.println(path + ": there is no file named *.HEX in it");
        wrong++;
      }
      for (InputFile source : sources) {
        String relative = Files.isDirectory(path) ? source.name() : path.getFileName().toString();
        if (reencode(source, out.resolve(relative), err)) {
          written++;
        } else {
          wrong++;
        }
      }
    }
    spec.commandLine()
        .getOut()
        .printf(Locale.ROOT, "%d written again identically, %d not%n", written, wrong);
    spec.commandLine().getOut().flush();
    return wrong == 0 ? 0 : 1;
  }

  private static boolean reencode(InputFile source, Path target, PrintWriter err) {
    try {
      MessageFile file = MessageFile.read(source.path());
      // Of the blocks of a transfer it is the message in them that is written again.
      Octets message = RecordedTransfer.messageIn(file.octets());
      Octets again = DecodedMessage.decode(message).encode();
      Path directory = target.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      Files.write(target, file.written(again));
      if (!again.equals(message)) {
        err.printf(
            Locale.ROOT,
            "%s: at octet %d the message written again differs%n",
            source.name(),
            firstDifference(message, again));
        return false;
      }
      return true;
    } catch (IOException | MessageFile.UnreadableException | DecodeException unreadable) {
      err.println(source.name() + ": " + DecodedFile.reason(unreadable));
      return false;
    }
  }

  private static int firstDifference(Octets one, Octets other) {
    int common = Math.min(one.length(), other.length());
    for (int i = 0; i < common; i++) {
      if (one.at(i) != other.at(i)) {
        return i;
      }
    }
    return common;
  }
}
