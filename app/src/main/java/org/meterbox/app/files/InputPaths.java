// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.files;

import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Looks for what a command is to read before the command begins. */
public final class InputPaths {
  private static final Path STANDARD_INPUT = Path.of("-");

  private InputPaths() {}

  /** What the command that was called cannot read: one line each, with what to do. */
  public static List<String> missing(ParseResult parsed) {
    ParseResult called = parsed;
    while (called.hasSubcommand()) {
      called = called.subcommand();
    }
    List<String> missing = new ArrayList<>();
    for (ArgSpec argument : called.commandSpec().args()) {
      if (argument.userObject() instanceof AnnotatedElement field) {
        @Nullable InputPath input = field.getAnnotation(InputPath.class);
        if (input != null && isGiven(called, argument)) {
          paths(argument.getValue()).forEach(path -> look(argument, input, path, missing));
        }
      }
    }
    return missing;
  }

  private static boolean isGiven(ParseResult called, ArgSpec argument) {
    return switch (argument) {
      case OptionSpec option -> called.hasMatchedOption(option);
      case PositionalParamSpec positional -> called.hasMatchedPositional(positional);
      default -> false;
    };
  }

  private static List<Path> paths(@Nullable Object value) {
    return switch (value) {
      case Path path -> List.of(path);
      case Collection<?> several ->
          several.stream().filter(Path.class::isInstance).map(Path.class::cast).toList();
      case Map<?, ?> several ->
          several.values().stream().filter(Path.class::isInstance).map(Path.class::cast).toList();
      case null -> List.of();
      default -> List.of();
    };
  }

  private static void look(ArgSpec argument, InputPath input, Path path, List<String> missing) {
    if (path.equals(STANDARD_INPUT)) {
      return;
    }
    String fault;
    if (!Files.exists(path)) {
      fault = input.folder() ? "there is no such folder" : "there is no such file";
    } else if (!Files.isReadable(path)) {
      fault = "it may not be read by " + System.getProperty("user.name");
    } else if (input.folder() && !Files.isDirectory(path)) {
      fault = "it is a file, and a folder is needed";
    } else {
      return;
    }
    missing.add(
        String.format(
            Locale.ROOT,
            "cannot read %s, %s (%s): %s; %s",
            path,
            input.purpose(),
            name(argument),
            fault,
            input.hint()));
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }
}
