// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.gbcs;

import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.meterbox.app.keys.KeyFiles;
import org.meterbox.app.keys.KeyOption;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.gbcs.utrn.TokenCounter;
import org.meterbox.gbcs.utrn.TokenValue;
import org.meterbox.gbcs.utrn.Utrn;
import org.meterbox.kernel.Eui64;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes prepayment tokens, and checks those that somebody has. */
@Command(
    name = "utrn",
    description = {
      "Make a prepayment token, or check one.",
      "Make:  gbcs utrn --keys DIR --supplier EUI --meter EUI --counter N --pounds 12.50",
      "Check: gbcs utrn DIGITS [--keys DIR --supplier EUI --meter EUI [--counter N]]",
      "The supplier's key is EUI-pp-ka.key, the meter's EUI-ka.pem (or the private and public"
          + " halves the other way about)."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:made, or nothing is wrong with the token",
      "1:not a token, not authentic, or a key is missing",
      "2:wrong arguments"
    })
final class UtrnCommand implements Callable<Integer> {
  /** How many counters with the same low ten bits are tried where none is given. */
  private static final int MAX_COUNTERS_TRIED = 64;

  private static final int TRUNCATED_RANGE = 1024;
  private static final Pattern BETWEEN_GROUPS = Pattern.compile("[\\s\\u00A0-]");

  @Parameters(
      arity = "0..*",
      paramLabel = "DIGITS",
      description = "Twenty digits to check; blanks and hyphens between groups do not count.")
  private List<String> digits = List.of();

  @Mixin private KeyOption keys = new KeyOption();

  @Option(names = "--supplier", paramLabel = "EUI", description = "Who makes the token.")
  private @Nullable String supplier;

  @Option(names = "--meter", paramLabel = "EUI", description = "For which meter.")
  private @Nullable String meter;

  @Option(names = "--counter", paramLabel = "N", description = "Number of the token, from 1.")
  private @Nullable Long counter;

  @Option(names = "--pounds", paramLabel = "AMOUNT", description = "Credit, for example 12.50.")
  private @Nullable BigDecimal pounds;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    PrintWriter out = line.getOut();
    try {
      Optional<Pair> pair = pair(line);
      int exitCode =
          digits.isEmpty()
              ? make(line, pair, out)
              : check(ungrouped(digits), pair, out, line.getErr());
      out.flush();
      return exitCode;
    } catch (IllegalArgumentException wrong) {
      throw new CommandLine.ParameterException(line, DecodedFile.reason(wrong), wrong);
    }
  }

  /** Tokens are printed and read out in groups. */
  private static String ungrouped(List<String> groups) {
    return BETWEEN_GROUPS.matcher(String.join("", groups)).replaceAll("");
  }

  /** Supplier and meter, with the secret that they share. */
  private record Pair(Eui64 supplier, Eui64 meter, Optional<SharedSecret> secret) {}

  private Optional<Pair> pair(CommandLine line) throws IOException {
    if (supplier == null || meter == null) {
      return Optional.empty();
    }
    Eui64 issuer = Eui64.parse(supplier);
    Eui64 device = Eui64.parse(meter);
    KeyFiles files = keys.read(line.getErr());
    return Optional.of(new Pair(issuer, device, files.keys().topUpSecret(issuer, device)));
  }

  private int make(CommandLine line, Optional<Pair> pair, PrintWriter out) {
    if (pair.isEmpty() || counter == null || pounds == null) {
      throw new CommandLine.ParameterException(
          line, "a token needs --supplier, --meter, --counter and --pounds");
    }
    if (pair.get().secret().isEmpty()) {
      line.getErr().println(missingKey(pair.get()));
      return 1;
    }
    TokenValue value = TokenValue.ofPence(pence(pounds));
    Utrn token =
        Utrn.issue(
            pair.get().secret().get(),
            pair.get().supplier(),
            pair.get().meter(),
            new TokenCounter(counter),
            value);
    out.println(token.digits());
    return 0;
  }

  private int check(String given, Optional<Pair> pair, PrintWriter out, PrintWriter err) {
    Optional<Utrn.Fault> fault = Utrn.faultOf(given);
    if (fault.isPresent()) {
      err.println(
          switch (fault.get()) {
            case FORM -> "a token has twenty decimal digits";
            case CHECK_DIGIT -> "the last digit does not check the others";
            case RANGE -> "the digits lie outside what tokens can say";
          });
      return 1;
    }
    Utrn token = new Utrn(given);
    out.println(
        "value                   " + BigDecimal.valueOf(token.value().pence(), 2) + " pounds");
    out.println("counter, low ten bits   " + token.truncatedCounter());
    if (pair.isEmpty()) {
      out.println("authentic               not checked: --supplier and --meter say for whom");
      return 0;
    }
    if (pair.get().secret().isEmpty()) {
      err.println(missingKey(pair.get()));
      return 1;
    }
    Optional<TokenCounter> found = authenticCounter(token, pair.get(), pair.get().secret().get());
    out.println(
        found
            .map(c -> "authentic               yes, under counter " + c.value())
            .orElse("authentic               NO"));
    return found.isPresent() ? 0 : 1;
  }

  private Optional<TokenCounter> authenticCounter(Utrn token, Pair pair, SharedSecret secret) {
    if (counter != null) {
      if (counter < 1) {
        throw new IllegalArgumentException("--counter: the counter of a token is at least 1");
      }
      TokenCounter only = new TokenCounter(counter);
      return Optional.of(only)
          .filter(c -> token.isAuthentic(secret, pair.supplier(), pair.meter(), c));
    }
    // The first token has the counter 1.
    for (int i = token.truncatedCounter() == 0 ? 1 : 0; i < MAX_COUNTERS_TRIED; i++) {
      TokenCounter tried = new TokenCounter(token.truncatedCounter() + (long) i * TRUNCATED_RANGE);
      if (token.isAuthentic(secret, pair.supplier(), pair.meter(), tried)) {
        return Optional.of(tried);
      }
    }
    return Optional.empty();
  }

  private static int pence(BigDecimal pounds) {
    try {
      return pounds.movePointRight(2).intValueExact();
    } catch (ArithmeticException notWhole) {
      throw new IllegalArgumentException("an amount has at most two decimal places", notWhole);
    }
  }

  private static String missingKey(Pair pair) {
    return String.format(
        Locale.ROOT,
        "no shared secret: it needs %s-pp-ka.key and %s-ka.pem, or the other halves",
        pair.supplier().hex(),
        pair.meter().hex());
  }
}
